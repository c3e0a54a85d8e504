/** `watchword keys`: what links in mails are signed with; and a new one. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { limits } from '../../../shared/limits.ts';
import { iso } from '../../../shared/time.ts';
import { didYouMean } from '../../../shared/watch/nearest.ts';
import { type Command, Usage } from '../command.ts';
import { openDataFolder } from '../data-folder.ts';
import { HostProblem } from '../host-problem.ts';
import { type KeysFile, keysIn, rotateKeys } from '../keys-file.ts';
import { openPeople } from '../open-people.ts';
import { stageHelp, stageOptions } from '../stage-options.ts';
import { defaultData } from './start.ts';

const rotate: Command = {
  summary: 'sign links with a new key from now on',
  help: `watchword keys rotate [--data DIR] [--force]

Makes a new key that signs links from now on. Links of the key before it still work; those of the key before that end. So a
second change within ${limits.linkDays} days is refused: unsubscribe links in mails of that time would end.

  --data DIR   where everything is kept (default: ${defaultData}); no host may run on it meanwhile
  --force      all the same, for a key that others may know: twice, to end its links at once

Exit code: 0 changed, 1 refused, or the keys cannot be used.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: 'string', default: defaultData }, force: { type: 'boolean', default: false } },
    });
    return withFolder(values.data, async (folder) => {
      const keys = await rotateKeys(folder, Date.now(), values.force);
      if (keys !== null) terminal.out(told(keys));
      else {
        terminal.err(
          `The last change is less than ${limits.linkDays} days ago, and links of the key before it would end. To change it all the same, say --force.`,
        );
      }
      return keys === null ? 1 : 0;
    });
  },
};

export const keys: Command = {
  summary: 'tell which key signs links in mails; rotate',
  help: `watchword keys [--data DIR | --stage X [--region R]]

Tells which key signs the links in mails, and which other is still read. What the keys are is never shown.

  --data DIR   where everything is kept (default: ${defaultData}); no host may run on it meanwhile
${stageHelp}

  watchword keys rotate   sign with a new one from now on; for a stage, the runbook says how

Exit code: 0 told, 1 the keys cannot be used.`,
  subcommands: { rotate: async () => rotate },
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string', default: defaultData }, ...stageOptions },
    });
    const [unknown] = positionals;
    if (unknown !== undefined) {
      throw new Usage(`There is no command “keys ${unknown}”: ${didYouMean(unknown, ['rotate'], 'commands')}`);
    }
    if (values.stage !== undefined) {
      const { keys: ofStage, close } = await openPeople(values);
      await close();
      terminal.out(told({ ...ofStage, since: null }));
      return 0;
    }
    return withFolder(values.data, async (folder) => {
      terminal.out(told(await keysIn(folder, Date.now())));
      return 0;
    });
  },
};

async function withFolder(
  data: string,
  work: (folder: Awaited<ReturnType<typeof openDataFolder>>) => Promise<number>,
): Promise<number> {
  if (!existsSync(data)) throw new HostProblem(`There is no ${data} yet: npx watchword start makes it.`);
  const folder = await openDataFolder(data);
  try {
    return await work(folder);
  } finally {
    await folder.close();
  }
}

function told({ current, previous, since }: KeysFile): string {
  const when = since === null ? '' : ` since ${iso(since)}`;
  const before = previous === null ? '' : `; links of key ${previous.id} still work`;
  return `Links are signed with key ${current.id}${when}${before}.`;
}
