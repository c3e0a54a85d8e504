/** `watchword subscribers erase`: erases somebody who asked the operator, not the pages. */
import { parseArgs } from 'node:util';
import { eraseFormer, eraseSubscriber } from '../../../shared/store/erasures.ts';
import { profileOf, subscriberId } from '../../../shared/store/subscribers.ts';
import type { Command } from '../command.ts';
import { oneAddress } from '../one-address.ts';
import { openPeople } from '../open-people.ts';
import { stageHelp, stageOptions } from '../stage-options.ts';
import { defaultData } from './start.ts';

export const subscribersErase: Command = {
  summary: 'erase somebody',
  help: `watchword subscribers erase ADDRESS --yes [--data DIR | --stage X [--region R]]

Deletes the address and all that stands with it. What remains is a code that names nobody to who has not the keys: that it
was erased, a suppression where there was one, and the states of mails that were sent. An address that the watch file names
stays erased, too; take it out of there. Mails that this machine keeps in DIR/mail are yours to delete.

  --yes          do it; without it only what would be erased is said
  --data DIR     where everything is kept (default: ${defaultData}); no host may run on it meanwhile
${stageHelp}

Exit code: 0 erased, 1 nobody has this address, or --yes was not said.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', default: false },
        data: { type: 'string', default: defaultData },
        ...stageOptions,
      },
    });
    const address = oneAddress(positionals);
    const { people, keys, close } = await openPeople(values);
    try {
      const subscriber = subscriberId(address, keys);
      if ((await profileOf(people, subscriber)) === null) {
        if (values.yes) await eraseFormer(people, address);
        terminal.err(`${address}: nobody here has this address.`);
        return 1;
      }
      if (!values.yes) {
        terminal.err(`${address} would be erased, for good. To do it, say --yes.`);
        return 1;
      }
      await eraseSubscriber(people, subscriber, Date.now());
      terminal.out(`${address}: erased.`);
      return 0;
    } finally {
      await close();
    }
  },
};
