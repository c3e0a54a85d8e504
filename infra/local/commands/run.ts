/** `watchword run`: one pass over everything, now. */
import { relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { shardOf, shardsFor } from '../../../shared/poll/due.ts';
import type { Look } from '../../../shared/poll/look.ts';
import { looksBetween } from '../../../shared/store/looks.ts';
import { type Instant, SECOND } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import type { Table } from '../../../shared/world.ts';
import { functions } from '../../topology.ts';
import type { Command, Terminal } from '../command.ts';
import { openHost } from '../host.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { stageHelp, stageOptions } from '../stage-options.ts';
import { emptyTally, tallyLog } from '../tally.ts';
import { defaultData, defaultPort, webBaseAt } from './start.ts';

export const run: Command = {
  summary: 'one pass: look at every feed, send what is found, exit',
  help: `watchword run [--watch FILE] [--data DIR | --stage X [--region R]] [--json]

Looks at every feed now, makes an issue of each digest that has something to tell, delivers, and exits. What is known
from earlier passes on the same data is not told again.

  --watch FILE   the watch file (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData})
${stageHelp}
  --json         on this machine, one object on standard output:
                 {feeds: {read, unchanged, failed}, entries: {seen, new}, articles: {read, notRead}, hits,
                  issues: [{digest, hits}], mails: [path]}

Mail is kept as files in DIR/mail. With SMTP_URL in the environment it goes out by SMTP instead.

Of a stage, its functions are asked to do the same; the mails go out in their own time, as npx watchword status --stage X
tells.

Exit code: 0 done (a feed that fails is a line of the receipt), 1 something here went wrong, or a mail was not sent.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        watch: { type: 'string', default: defaultWatchFile },
        data: { type: 'string', default: defaultData },
        ...stageOptions,
        json: { type: 'boolean', default: false },
      },
    });
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    if (values.stage !== undefined) return runStage(values.stage, values.region, config, terminal);
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

/** As a pass on this machine: look at everything, then make the issues. */
async function runStage(name: string, region: string | undefined, config: Config, terminal: Terminal): Promise<number> {
  const { openStage } = await import('../stage.ts');
  const stage = await openStage(name, region, config);
  try {
    const askedAt = Date.now();
    await stage.ask('dispatch', askedAt);
    const looks = await looksSince(stage.news, config, askedAt);
    const sum = (of: (look: Look) => number) => looks.reduce((total, look) => total + of(look), 0);
    const [read, unchanged, failed] = [
      sum((look) => look.read),
      sum((look) => look.unchanged),
      sum((look) => look.failed),
    ];
    terminal.out(
      `Looked at ${read + unchanged + failed} feeds: ${read} read, ${unchanged} unchanged, ${failed} failing.`,
    );
    if (looks.length < shardsIn(config)) {
      terminal.err('Some feeds are still being looked at: what is found there is told in its turn.');
    }
    await stage.ask('digest', Date.now());
    terminal.out(`Issues are made and on their way: npx watchword status --stage ${name} tells what becomes of them.`);
    return 0;
  } finally {
    await stage.close();
  }
}

/** One for each shard, or as many as there are when the poll's own time is over twice. */
async function looksSince(news: Table, config: Config, since: Instant): Promise<readonly Look[]> {
  const until = Date.now() + 2 * functions.poll.timeoutSeconds * SECOND;
  for (;;) {
    const looks = new Map((await looksBetween(news, since, Date.now())).map((look) => [look.shard, look]));
    if (looks.size >= shardsIn(config) || Date.now() > until) return [...looks.values()];
    await delay(SECOND);
  }
}

function shardsIn({ feeds }: Config): number {
  const shards = shardsFor(feeds.length);
  return new Set(feeds.map((feed) => shardOf(feed, shards))).size;
}

/** @param mails those that were kept here; without SMTP these are all that were sent */
function toldOf(mails: readonly string[], sent: number, notSent: number): readonly string[] {
  if (sent + notSent === 0) return ['No mail: nothing to tell.'];
  const gone = sent - mails.length;
  return gone > 0 ? [...mails, `${gone} ${gone === 1 ? 'mail was' : 'mails were'} sent by SMTP.`] : mails;
}
