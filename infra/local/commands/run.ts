/** `watchword run`: one pass over everything, now. */
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { Command } from '../command.ts';
import { openHost } from '../host.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { emptyTally, tallyLog } from '../tally.ts';
import { defaultData, defaultPort, webBaseAt } from './start.ts';

export const run: Command = {
  summary: 'one pass: look at every feed, send what is found, exit',
  help: `watchword run [--watch FILE] [--data DIR] [--json]

Looks at every feed now, makes an issue of each digest that has something to tell, delivers, and exits. What is known
from earlier passes on the same data is not told again.

  --watch FILE   the watch file (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData})
  --json         one object on standard output:
                 {feeds: {read, unchanged, failed}, entries: {seen, new}, articles: {read, notRead}, hits,
                  issues: [{digest, hits}], mails: [path]}

Mail is kept as files in DIR/mail. With SMTP_URL in the environment it goes out by SMTP instead.

Exit code: 0 done (a feed that fails is a line of the receipt), 1 something here went wrong, or a mail was not sent.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        watch: { type: 'string', default: defaultWatchFile },
        data: { type: 'string', default: defaultData },
        json: { type: 'boolean', default: false },
      },
    });
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const tally = emptyTally();
    const host = await openHost({
      config,
      data: values.data,
      clock: { now: Date.now },
      log: tallyLog(tally, config, values.json ? terminal.err : terminal.out),
      webBase: webBaseAt(defaultPort),
      smtpUrl: process.env.SMTP_URL || null,
    });
    try {
      const before = host.mails().length;
      await host.pass();
      const mails = host
        .mails()
        .slice(before)
        .map(({ file }) => relative(process.cwd(), file));
      const { faults, sent, notSent, ...counts } = tally;
      if (values.json) terminal.out(JSON.stringify({ ...counts, mails }));
      else if (mails.length > 0 || faults === 0) for (const line of toldOf(mails, sent, notSent)) terminal.out(line);
      return faults + notSent === 0 ? 0 : 1;
    } finally {
      await host.close();
    }
  },
};

/** @param mails those that were kept here; without SMTP these are all that were sent */
function toldOf(mails: readonly string[], sent: number, notSent: number): readonly string[] {
  if (sent + notSent === 0) return ['No mail: nothing to tell.'];
  const gone = sent - mails.length;
  return gone > 0 ? [...mails, `${gone} ${gone === 1 ? 'mail was' : 'mails were'} sent by SMTP.`] : mails;
}
