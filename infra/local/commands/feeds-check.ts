/** `watchword feeds check`: each feed is asked once, now, and what it answers is told. Nothing is remembered. */
import { parseArgs } from 'node:util';
import type { FeedFormat } from '../../../shared/feed/entry.ts';
import type { Outcome } from '../../../shared/feed/outcome.ts';
import { fetchFeed, type LookWorld } from '../../../shared/fetch/fetch-feed.ts';
import { findFeeds, newest } from '../../../shared/fetch/find-feeds.ts';
import { eachHostInTurn } from '../../../shared/fetch/host-turns.ts';
import { createHttp } from '../../../shared/fetch/http.ts';
import { NoTurn } from '../../../shared/fetch/pace.ts';
import { type Instant, iso } from '../../../shared/time.ts';
import type { Config, Feed } from '../../../shared/watch/config.ts';
import type { GroupedHttp } from '../../../shared/world.ts';
import type { Command, Terminal } from '../command.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';

interface Checked {
  readonly feed: Feed;
  /** Null when it could not be read. */
  readonly read: {
    readonly format: FeedFormat;
    readonly entries: number;
    readonly newestAt: Instant | null;
    readonly mended: boolean;
  } | null;
  /** What is wrong with it; it may be read in part all the same. */
  readonly problem: { readonly kind: string; readonly message: string } | null;
  /** Feeds that were found where it leads, when that is a page and no feed. */
  readonly found: readonly string[];
}

export const feedsCheck: Command = {
  summary: 'ask each feed once and say what it answers',
  help: `watchword feeds check [--watch FILE] [--json]

Asks each feed of the watch file once, each host one question at a time, and says what came: the format, how many articles,
the newest, and what is wrong. Where an address leads to a page and not to a feed, the feeds of that page are looked for.
Nothing is remembered, stored or sent.

  --watch FILE   the watch file (default: ${defaultWatchFile})
  --json         one object a line for each feed, in the order of the file:
                 {name, url, format, entries, newest, mended, problem: {kind, message}, found: [url]}
                 format, entries, newest and mended are null for a feed that could not be read, problem for one without

Exit code: 0 all were read, 1 some were not or only in part, or the watch file is not right.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { watch: { type: 'string', default: defaultWatchFile }, json: { type: 'boolean', default: false } },
    });
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const checked = await checkAll(config, terminal);
    if (values.json) for (const each of checked) terminal.out(JSON.stringify(lineOf(each)));
    else show(checked, terminal);
    return checked.every(({ problem }) => problem === null) ? 0 : 1;
  },
};

/** In the order of the file. */
async function checkAll({ feeds, network, poll }: Config, terminal: Terminal): Promise<readonly Checked[]> {
  const http = createHttp({ allow: network.allow, clock: Date });
  const tenth = Math.ceil(feeds.length / 10);
  const progress = (asked: number) => {
    if (terminal.interactive && asked % tenth === 0) terminal.err(`${asked} of ${feeds.length} asked …`);
  };
  try {
    return await checkFeeds({ http, clock: Date, contact: poll.contact ?? null }, feeds, progress);
  } finally {
    http.close();
  }
}

/** @param progress takes how many feeds have been asked */
export async function checkFeeds(
  world: LookWorld & { readonly http: GroupedHttp },
  feeds: readonly Feed[],
  progress: (asked: number) => void,
): Promise<readonly Checked[]> {
  const checked = new Map<string, Checked>();
  const { faults } = await eachHostInTurn(
    world.http,
    feeds,
    () => true,
    async (feed, http) => {
      checked.set(feed.id, await check({ ...world, http }, feed));
      progress(checked.size);
    },
  );
  for (const { feed, fault } of faults) {
    if (!(fault instanceof NoTurn)) throw fault;
    checked.set(feed.id, { feed, read: null, problem: notAsked, found: [] });
  }
  return feeds.flatMap(({ id }) => checked.get(id) ?? []);
}

const notAsked = { kind: 'not asked', message: 'Others kept the host busy that it leads to: check again.' };

async function check(world: LookWorld, feed: Feed): Promise<Checked> {
  const outcome = await fetchFeed(world, feed, { validators: null, bodyHash: null });
  if (outcome.kind === 'read') return { feed, ...readingOf(outcome), found: [] };
  if (outcome.kind === 'unchanged') {
    const message = 'The server answered "not changed" to a first question.';
    return { feed, read: null, problem: { kind: 'bad answer', message }, found: [] };
  }
  const problem = { kind: outcome.why, message: outcome.detail };
  if (outcome.why !== 'not a feed') return { feed, read: null, problem, found: [] };
  const finding = await findFeeds(world, feed.url);
  return { feed, read: null, problem, found: finding.kind === 'feeds' ? finding.feeds.map(({ url }) => url) : [] };
}

function readingOf({ document }: Extract<Outcome, { kind: 'read' }>): Pick<Checked, 'read' | 'problem'> {
  const { format, entries, repaired: mended, flaw } = document;
  const newestAt = newest(entries.map(({ publishedAt }) => publishedAt));
  const problem = flaw === null ? null : { kind: flaw.why, message: flaw.detail };
  return { read: { format, entries: entries.length, newestAt, mended }, problem };
}

function lineOf({ feed: { name, url }, read, problem, found }: Checked): object {
  const { format = null, entries = null, newestAt = null, mended = null } = read ?? {};
  return { name, url, format, entries, newest: newestAt === null ? null : iso(newestAt), mended, problem, found };
}

/** What is well first, what is not last: there it is seen. */
function show(checked: readonly Checked[], terminal: Terminal): void {
  const widest = Math.max(...checked.map(({ feed }) => feed.name.length));
  for (const { feed, read, problem } of checked) {
    if (read !== null && problem === null) terminal.out(`${feed.name.padEnd(widest)}  ${wordsOf(read)}`);
  }
  const bad = checked.filter(({ problem }) => problem !== null);
  const well = checked.length - bad.length;
  terminal.out(`${well} of ${checked.length} ${checked.length === 1 ? 'feed' : 'feeds'} read.`);
  for (const { feed, problem, found } of bad) {
    terminal.err(`${feed.name}: ${problem?.message}`);
    terminal.err(`  ${feed.url}`);
    if (found.length > 0)
      terminal.err(`  The page leads to ${found.length === 1 ? 'this feed' : 'these feeds'}: ${found.join(' ')}`);
  }
}

function wordsOf({ format, entries, newestAt, mended }: NonNullable<Checked['read']>): string {
  const newestWords = entries === 0 ? '' : newestAt === null ? ', without dates' : `, the newest of ${iso(newestAt)}`;
  return `${format}, ${entries} ${entries === 1 ? 'article' : 'articles'}${newestWords}${mended ? ', mended' : ''}`;
}
