/** `watchword subscribers add`: somebody gets a digest by the operator's word. */
import { parseArgs } from 'node:util';
import { unreachable } from '../../../shared/assert.ts';
import { confirmOne, type OperatorsWord, subscriberId } from '../../../shared/store/subscribers.ts';
import { type Command, Usage } from '../command.ts';
import { digestNamed } from '../digest-named.ts';
import { oneAddress } from '../one-address.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { openPeople } from '../open-people.ts';
import { stageHelp, stageOptions } from '../stage-options.ts';
import { defaultData } from './start.ts';

export const subscribersAdd: Command = {
  summary: 'subscribe somebody by your word',
  help: `watchword subscribers add ADDRESS --digest NAME [--watch FILE] [--data DIR | --stage X [--region R]]

Subscribes an address to a digest without a confirmation: only do so for people who told you that they want it. Who has
unsubscribed, complained or was erased stays so, whatever you say; they can sign up again themselves.

  --digest NAME  the digest, by its name in the watch file
  --watch FILE   the watch file (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData}); no host may run on it meanwhile
${stageHelp}

Exit code: 0 subscribed, now or before; 1 not, for the reason that is said.`,
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
    if (values.digest === undefined) throw new Usage('Name the digest with --digest.');
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const digest = digestNamed(config, values.digest);
    const { people, keys, close } = await openPeople(values, config);
    try {
      const word = await confirmOne(
        people,
        { address, subscriber: subscriberId(address, keys), by: 'added' },
        digest,
        Date.now(),
      );
      const done = word === 'added' || word === 'subscribed before';
      (done ? terminal.out : terminal.err)(`${address}: ${saying(word, digest.name)}`);
      return done ? 0 : 1;
    } finally {
      await close();
    }
  },
};

function saying(word: OperatorsWord, digest: string): string {
  switch (word) {
    case 'added':
      return `subscribed to ${digest}.`;
    case 'subscribed before':
      return `was subscribed to ${digest} before.`;
    case 'unsubscribed':
      return `has unsubscribed from ${digest}. Only a new sign-up on the pages, with its confirmation, brings it back.`;
    case 'erased':
      return 'was erased. Only a new sign-up on the pages, with its confirmation, begins again.';
    case 'complained':
      return 'reported a mail as spam, and is not written to any more.';
    case 'bounced':
      return 'mail to it came back for good, so nothing is sent there any more.';
    case 'unreachable':
      return 'mail to it came back for days. A new sign-up on the pages, with its confirmation, ends that.';
    default:
      return unreachable(word);
  }
}
