/** `watchword feeds`: every feed of the watch file and how it is; and what else can be done with feeds. */
import { parseArgs } from 'node:util';
import { iso } from '../../../shared/time.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { type FeedReport, feedReports } from '../operator/feed-health.ts';
import { openStoredNews } from '../stored-news.ts';
import { defaultData } from './start.ts';

/** What may stand behind `watchword feeds`; nothing lists them. Loaded when asked for. */
const subcommands: Readonly<Record<string, () => Promise<Command>>> = {};

export const feeds: Command = {
  summary: 'list the feeds and how each of them is',
  help: `watchword feeds [--watch FILE] [--data DIR] [--json]

Lists every feed of the watch file with its state at the last look: what fails comes first. Nothing is asked of any
publisher.

  --watch FILE   the watch file (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData})
  --json         one object a line for each feed

Exit code: 0 listed, whatever the feeds are like; 1 the watch file is not right, or the data cannot be read.`,
  async run(args, terminal) {
    const [name = '', ...rest] = args;
    const load = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    return load === undefined ? list(args, terminal) : (await load()).run(rest, terminal);
  },
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
  if (positionals[0] !== undefined) throw new Usage(`There is nothing called “feeds ${positionals[0]}”.`);
  const config = openConfig(values.watch, terminal);
  if (config === null) return 1;
  const stored = await openStoredNews(values.data);
  try {
    const reports = await feedReports({ config, news: stored.news, clock: { now: Date.now } });
    for (const report of reports) terminal.out(values.json ? JSON.stringify(lineOf(report)) : textOf(report));
    return 0;
  } finally {
    await stored.close();
  }
}

function lineOf({ feed, health }: FeedReport): object {
  const since = 'since' in health ? { since: iso(health.since), why: health.why, detail: health.detail } : {};
  return { name: feed.name, url: feed.url, state: health.kind, ...since };
}

function textOf({ feed, health }: FeedReport): string {
  const why = 'since' in health ? ` since ${iso(health.since)}: ${health.detail}` : '';
  return `${feed.name}: ${health.kind}${why}`;
}
