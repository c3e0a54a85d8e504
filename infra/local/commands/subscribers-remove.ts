/** `watchword subscribers remove`: ends subscriptions for somebody who asked the operator, not the pages. */
import { parseArgs } from 'node:util';
import { endSubscriptions } from '../../../shared/store/consents.ts';
import { subscriberId } from '../../../shared/store/subscribers.ts';
import type { Command } from '../command.ts';
import { digestNamed } from '../digest-named.ts';
import { oneAddress } from '../one-address.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { openPeople } from '../open-people.ts';
import { stageHelp, stageOptions } from '../stage-options.ts';
import { defaultData } from './start.ts';

export const subscribersRemove: Command = {
  summary: 'end one digest of somebody, or all',
  help: `watchword subscribers remove ADDRESS [--digest NAME] [--watch FILE] [--data DIR | --stage X [--region R]]

Ends the subscriptions of an address, as its own unsubscribe link does: neither the watch file nor “add” brings them back, a
new sign-up does.

  --digest NAME  this digest alone, by its name in the watch file
  --watch FILE   the watch file (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData}); no host may run on it meanwhile
${stageHelp}

Exit code: 0 ended, 1 nothing was subscribed, or the data cannot be used.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        digest: { type: 'string' },
        watch: { type: 'string', default: defaultWatchFile },
        data: { type: 'string', default: defaultData },
        ...stageOptions,
      },
    });
    const address = oneAddress(positionals);
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const only = values.digest === undefined ? null : digestNamed(config, values.digest).id;
    const { people, keys, close } = await openPeople(values, config);
    try {
      const ended = await endSubscriptions(people, subscriberId(address, keys), only, Date.now());
      if (ended.length === 0) {
        terminal.err(`${address}: nothing to end.`);
        return 1;
      }
      const names = ended.map((id) => config.digests.find((digest) => digest.id === id)?.name ?? id);
      terminal.out(`${address}: unsubscribed from ${names.join(', ')}.`);
      return 0;
    } finally {
      await close();
    }
  },
};
