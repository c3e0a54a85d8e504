/** `watchword feeds`: every feed of the watch file and how it is; and what else can be done with feeds. */
import { parseArgs } from 'node:util';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { localTime } from '../../../shared/digest/local-time.ts';
import { limits } from '../../../shared/limits.ts';
import { type Instant, iso } from '../../../shared/time.ts';
import { didYouMean } from '../../../shared/watch/nearest.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { everyInWords, type FeedReport, feedReports, turnsInWords } from '../operator/feed-health.ts';
import { openStoredNews } from '../stored-news.ts';
import { defaultData } from './start.ts';

const subcommands = {
  add: async () => (await import('./feeds-add.ts')).feedsAdd,
  import: async () => (await import('./feeds-import.ts')).feedsImport,
  export: async () => (await import('./feeds-export.ts')).feedsExport,
  check: async () => (await import('./feeds-check.ts')).feedsCheck,
};

export const feeds: Command = {
  summary: 'list the feeds and how each of them is; add, import, export, check',
  help: `watchword feeds [--watch FILE] [--data DIR] [--json]

Lists every feed of the watch file with its state at the last look, how often it is looked at, and what changed lately.
What fails comes first. Nothing is asked of any publisher.

  --watch FILE   the watch file (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData})
  --json         one object a line for each feed: {name, url, state, since, why, sentence, everyMinutes, newsAt, movedTo,
                 heldBack, gap: {from, to}, changes: [{at, to}]}

fine         something new within the last day
unchanged    nothing new for longer, which is no wonder at its rate
quiet        nothing new for longer than its own rate lets expect
slow         takes more than ${limits.slowLookSeconds} seconds to answer
held back    what was known came back under new names, and is not taken for news yet
moved        read at another address, which belongs into the watch file
failing      cannot be read; blocked: it does not let us in; not a feed; gone: it says so itself; refused: not asked

  watchword feeds add URL         put the feed of a site into the watch file
  watchword feeds import FILE     put the feeds of an OPML file into the watch file
  watchword feeds export [FILE]   write all feeds as OPML
  watchword feeds check           ask each feed once and say what it answers

Exit code: 0 listed, whatever the feeds are like; 1 the watch file is not right, or the data cannot be read.`,
  subcommands,
  run: list,
};

async function list(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      watch: { type: 'string', default: defaultWatchFile },
      data: { type: 'string', default: defaultData },
      json: { type: 'boolean', default: false },
    },
  });
  const [unknown] = positionals;
  if (unknown !== undefined) {
    throw new Usage(
      `There is no command “feeds ${unknown}”: ${didYouMean(unknown, Object.keys(subcommands), 'commands')}`,
    );
  }
  const config = openConfig(values.watch, terminal);
  if (config === null) return 1;
  const stored = await openStoredNews(values.data);
  try {
    const clock = { now: Date.now };
    const reports = await feedReports({ config, news: stored.news, clock });
    if (values.json) for (const report of reports) terminal.out(JSON.stringify(lineOf(report)));
    else show(reports, config.deliver.zone, clock.now(), terminal);
    return 0;
  } finally {
    await stored.close();
  }
}

function lineOf({ feed, state, health, everyMinutes }: FeedReport): object {
  const { kind, since, sentence } = health;
  const { newsAt = null, gap = null, moved = null, held = null, turns = [] } = state ?? {};
  return {
    name: feed.name,
    url: feed.url,
    state: kind,
    since: isoOrNull(since),
    why: state?.failing?.why ?? null,
    sentence,
    everyMinutes,
    newsAt: isoOrNull(newsAt),
    movedTo: moved?.settled ? moved.to : null,
    heldBack: held?.entries ?? 0,
    gap: gap === null ? null : { from: isoOrNull(gap.from), to: iso(gap.to) },
    changes: turns.map(({ at, to }) => ({ at: iso(at), to })),
  };
}

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at));

function show(reports: readonly FeedReport[], zone: string, now: Instant, terminal: Terminal): void {
  const time = localTime(zone, now);
  const kinds = Map.groupBy(reports, ({ health }) => health.kind);
  const counts = [...kinds].map(([kind, { length }]) => `${length} ${kind}`);
  terminal.out(`${count(reports.length, 'feed')}: ${counts.join(', ')}. Times in ${zone}.`);
  const widest = Math.max(...reports.map(({ feed }) => feed.name.length));
  for (const report of reports) {
    const { feed, state, health } = report;
    const since = health.since === null ? '' : ` since ${time.nearSlot(health.since)}`;
    const news = state?.newsAt == null ? '' : `, last new entry ${time.nearSlot(state.newsAt)}`;
    terminal.out(`${feed.name.padEnd(widest)}  ${health.kind}${since}; ${everyInWords(report)}${news}`);
    if (health.sentence !== null) terminal.out(`  ${health.sentence}`);
    const turns = turnsInWords(report, zone, now);
    if (turns.length > 0) terminal.out(`  Changes: ${turns.join('; ')}`);
  }
}
