/** `watchword subscribers erasures` and `replay-erasures`: who was erased stays so when tables are restored from before. */
import { parseArgs } from 'node:util';
import { erasuresOf } from '../../../shared/store/erasures.ts';
import { type Command, Usage } from '../command.ts';
import { replayErasures } from '../erasure-file.ts';
import { openPeople } from '../open-people.ts';
import { stageHelp, stageOptions } from '../stage-options.ts';
import { defaultData } from './start.ts';

export const erasures: Command = {
  summary: 'list who was erased, without a name',
  help: `watchword subscribers erasures [--data DIR | --stage X [--region R]]

Writes a line of JSON for each erasure: {subscriber, at, version}. Keep it beside the backups of the tables; it holds no
address. A host on this machine keeps the same list in DIR/erasures.jsonl, and erases again by itself at its start.

  --data DIR     where everything is kept (default: ${defaultData}); no host may run on it meanwhile
${stageHelp}

Exit code: 0 listed, 1 the data cannot be read.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: 'string', default: defaultData }, ...stageOptions },
    });
    const { people, close } = await openPeople(values);
    try {
      for (const erasure of await erasuresOf(people)) terminal.out(JSON.stringify(erasure));
      return 0;
    } finally {
      await close();
    }
  },
};

export const replay: Command = {
  summary: 'erase again whom restored tables brought back',
  help: `watchword subscribers replay-erasures FILE [--data DIR | --stage X [--region R]]

Reads what “subscribers erasures” wrote, and erases everybody in it who is there again. Who signed up anew after the erasure
is left alone. Do so before any mail goes out.

  --data DIR     where everything is kept (default: ${defaultData}); no host may run on it meanwhile
${stageHelp}

Exit code: 0 done, 1 the file or the data cannot be read.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string', default: defaultData }, ...stageOptions },
    });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new Usage('Name one file.');
    const { people, close } = await openPeople(values);
    try {
      const back = await replayErasures(people, file);
      terminal.out(
        back === 0 ? 'Nobody had come back.' : `${back} had come back, and ${back === 1 ? 'is' : 'are'} erased again.`,
      );
      return 0;
    } finally {
      await close();
    }
  },
};
