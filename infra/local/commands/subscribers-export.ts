/** `watchword subscribers export`: all that is held of somebody. */
import { parseArgs } from 'node:util';
import { heldOf } from '../../../shared/store/held.ts';
import { subscriberId } from '../../../shared/store/subscribers.ts';
import type { Command } from '../command.ts';
import { oneAddress } from '../one-address.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { openPeople } from '../open-people.ts';
import { stageHelp, stageOptions } from '../stage-options.ts';
import { defaultData } from './start.ts';

export const subscribersExport: Command = {
  summary: 'write all that is held of somebody, as JSON',
  help: `watchword subscribers export ADDRESS [--watch FILE] [--data DIR | --stage X [--region R]]

Writes one JSON object to standard output: the address, what is subscribed, asked and suppressed, and the mails of the
newest issues. People get the same by a link on their preferences page.

  --watch FILE   the watch file, for the names of digests (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData}); no host may run on it meanwhile
${stageHelp}

Exit code: 0 written, 1 nobody has this address, or the data cannot be read.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        watch: { type: 'string', default: defaultWatchFile },
        data: { type: 'string', default: defaultData },
        ...stageOptions,
      },
    });
    const address = oneAddress(positionals);
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const { close, keys, ...tables } = await openPeople(values, config);
    try {
      const held = await heldOf(tables, subscriberId(address, keys), config.digests);
      if (held === null) terminal.err(`${address}: nobody here has this address.`);
      else terminal.out(JSON.stringify(held, null, 2));
      return held === null ? 1 : 0;
    } finally {
      await close();
    }
  },
};
