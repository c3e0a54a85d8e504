/** `watchword mail test`: one mail by the way that digests take, so that an operator sees whether it arrives. */
import { parseArgs } from 'node:util';
import { writeLetter } from '../../../shared/delivery/letter.ts';
import { idOf } from '../../../shared/id.ts';
import { composeLetter } from '../../../shared/mail/compose.ts';
import { parseAddress } from '../../../shared/watch/address.ts';
import type { OutgoingMail, SendOutcome } from '../../../shared/world.ts';
import { type Command, Usage } from '../command.ts';
import { openDataFolder } from '../data-folder.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { openOutbox } from '../outbox.ts';
import { smtpMailer } from '../smtp-mailer.ts';
import { defaultData, defaultPort, webBaseAt } from './start.ts';

export const mailTest: Command = {
  summary: 'send a test mail',
  help: `watchword mail test ADDRESS [--watch FILE] [--data DIR]

Sends one short mail to ADDRESS, by the way that digests take and from the same sender.

  --watch FILE   the watch file, for the sender (default: ${defaultWatchFile})
  --data DIR     where mail is kept (default: ${defaultData})

With SMTP_URL in the environment it goes out by SMTP; without, it is kept as a file in DIR/mail.

Exit code: 0 sent or kept; 1 not, and why.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        watch: { type: 'string', default: defaultWatchFile },
        data: { type: 'string', default: defaultData },
      },
    });
    const [typed, ...more] = positionals;
    if (typed === undefined || more.length > 0) throw new Usage('Name one address.');
    const address = parseAddress(typed);
    if ('problem' in address) throw new Usage(address.problem);
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const { from } = config.deliver;
    const now = Date.now();
    const site = new URL(webBaseAt(defaultPort)).host;
    const letterId = idOf('letter', 'test', address.address, String(now));
    const raw = await composeLetter({
      ...writeLetter({ kind: 'test' }, site),
      from,
      to: address.address,
      letterId,
      date: now,
    });
    const mail: OutgoingMail = { from, to: address.address, raw, tags: { letter: letterId } };
    const smtpUrl = process.env.SMTP_URL || null;
    const outcome = await (smtpUrl === null ? keep(values.data, mail) : sendBySmtp(smtpUrl, mail));
    if (outcome.kind === 'sent') {
      terminal.out(smtpUrl === null ? `Kept as ${outcome.file}` : `Sent to ${mail.to}: look whether it arrives.`);
      return 0;
    }
    terminal.err(
      `Not sent: the mail server said ${outcome.detail}${outcome.kind === 'unknown' ? ', if anything' : ''}.`,
    );
    return 1;
  },
};

type Kept = Exclude<SendOutcome, { kind: 'sent' }> | { readonly kind: 'sent'; readonly file: string };

async function sendBySmtp(url: string, mail: OutgoingMail): Promise<Kept> {
  const mailer = smtpMailer(url);
  try {
    const outcome = await mailer.send(mail);
    return outcome.kind === 'sent' ? { kind: 'sent', file: '' } : outcome;
  } finally {
    mailer.close();
  }
}

/** Where the host keeps its mails, which it shows on its page when it runs next. */
async function keep(data: string, mail: OutgoingMail): Promise<Kept> {
  const folder = await openDataFolder(data);
  try {
    const outbox = await openOutbox(folder.file('mail'));
    const envelope = { source: mail.from, destinations: [mail.to], tags: mail.tags, configurationSet: null };
    const { file } = await outbox.store(envelope, mail.raw, Date.now());
    return { kind: 'sent', file };
  } finally {
    await folder.close();
  }
}
