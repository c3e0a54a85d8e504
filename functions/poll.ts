/** poll: reads one shard of feeds and keeps the hits. It never sees an address and cannot send mail. */
import type { Entry } from '../shared/feed/entry.ts';
import { wholeEntries } from '../shared/fetch/fetch-article.ts';
import { fetchFeed } from '../shared/fetch/fetch-feed.ts';
import { eachHostInTurn } from '../shared/fetch/host-turns.ts';
import { limits } from '../shared/limits.ts';
import { dueFeeds, shardOf, tickOf } from '../shared/poll/due.ts';
import type { FeedState } from '../shared/poll/feed-state.ts';
import { judge, lastRead } from '../shared/poll/judge.ts';
import { feedMark, togetherWith } from '../shared/poll/look.ts';
import { historyDay, packScanned, scannedOf } from '../shared/poll/scanned.ts';
import { putFeedState, shardMemory } from '../shared/store/feed-states.ts';
import { putHit, putPending } from '../shared/store/hits.ts';
import { putLook } from '../shared/store/looks.ts';
import { type Instant, localDay, SECOND } from '../shared/time.ts';
import type { Feed } from '../shared/watch/config.ts';
import { hitOf } from '../shared/watch/hit.ts';
import type { Matcher } from '../shared/watch/match.ts';
import type { PollConfig } from '../shared/watch/poll-config.ts';
import type { Clock, History, Http, Log, Table } from '../shared/world.ts';
import { awsPollWorld } from './aws-worlds.ts';
import { type PollJob, readJob } from './job.ts';
import { onAws, onMessage, type QueueHandler } from './lambda.ts';

export interface PollWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly http: Http;
  readonly news: Table;
  /** Null where none is kept. */
  readonly history: History | null;
  readonly config: PollConfig;
  readonly matcher: Matcher;
}

/** What became of the looks of one poll. */
interface Tally {
  read: number;
  unchanged: number;
  failed: number;
  entriesSeen: number;
  entriesNew: number;
  hits: number;
  /** Pages of entries that were read, and that were wanted and could not be. */
  articlesRead: number;
  articlesNotRead: number;
}

/** Reads what is due in one shard. Hits are stored before the feed's state: a crash repeats work, it never loses a hit. */
export async function poll(world: PollWorld, message: PollJob, endsAt: Instant | null): Promise<void> {
  // A message may have waited: what counts is now, or a backlog would ask publishers once for each of its ticks.
  const now = world.clock.now();
  const job = { ...message, tickAt: Math.max(message.tickAt, message.whole ? now : tickOf(now)) };
  const feeds = world.config.feeds.filter((feed) => shardOf(feed, job.shards) === job.shard);
  const { states, lastLook } = await shardMemory(world.news, job, feeds);
  const stateOf = (feed: Feed) => states.get(feed.id) ?? null;
  const wish = message.whole ? message.tickAt : null;
  const due = dueFeeds(feeds, stateOf, lastLook, wish, job.tickAt);
  if (due.length === 0) return;
  const lastStart = endsAt === null ? Number.POSITIVE_INFINITY : endsAt - limits.pollReserveSeconds * SECOND;
  const tally: Tally = {
    read: 0,
    unchanged: 0,
    failed: 0,
    entriesSeen: 0,
    entriesNew: 0,
    hits: 0,
    articlesRead: 0,
    articlesNotRead: 0,
  };
  const { faults, left } = await eachHostInTurn(
    due,
    () => world.clock.now() < lastStart,
    (feed) => look(world, job, feed, stateOf(feed), lastStart + limits.lookSecondsMax * SECOND, tally),
  );
  for (const { feed, fault } of faults) world.log.error('look failed', fault, { feed: feed.id });
  // Those whose turn did not come go first next time; one that makes faults keeps nobody waiting.
  const missed = [...left.map(({ id }) => id), ...faults.map(({ feed }) => feed.id)];
  const looked = due.filter(({ id }) => !missed.includes(id)).map(({ id }) => feedMark(id));
  const { read, unchanged, failed } = tally;
  const ended = { ...job, endedAt: world.clock.now(), looked: new Set(looked), missed, read, unchanged, failed };
  await putLook(world.news, togetherWith(lastLook, ended));
  world.log.info('polled', { shard: job.shard, ...tally, missed: missed.length });
}

/** One feed: fetch → judge → pages → match → hits → pending → history → state, in this order and no other. */
async function look(
  world: PollWorld,
  job: PollJob,
  feed: Feed,
  state: FeedState | null,
  until: Instant,
  tally: Tally,
): Promise<void> {
  const outcome = await fetchFeed(world, feed, lastRead(state));
  const now = world.clock.now();
  const verdict = judge(feed, state, outcome, now);
  const whole = await wholeEntries(world, feed, verdict.news, until);
  for (const { entry } of whole) {
    const found = await keepHits(world, feed, entry, now);
    tally.hits += found; // not in one step: other looks count meanwhile
  }
  if (verdict.news.length > 0) {
    const scanned = verdict.news.map((entry, n) => scannedOf(now, feed, entry, whole[n]?.article ?? null));
    await world.history?.append(historyDay(now), packScanned(scanned));
  }
  if (verdict.state !== null) await putFeedState(world.news, job, feed, state, verdict.state);
  tally[outcome.kind === 'read' && outcome.document.flaw !== null ? 'failed' : outcome.kind] += 1;
  tally.entriesSeen += verdict.entriesInDocument;
  tally.entriesNew += verdict.news.length;
  const wanted = whole.filter(({ article }) => article !== null);
  const read = wanted.filter(({ article }) => article === 'read').length;
  tally.articlesRead += read;
  tally.articlesNotRead += wanted.length - read;
}

/** @returns how many hits are new */
async function keepHits(world: PollWorld, feed: Feed, entry: Entry, now: Instant): Promise<number> {
  const day = localDay(entry.publishedAt ?? now, world.config.zone);
  let found = 0;
  for (const match of world.matcher.match(entry, { feed, day })) {
    const hit = hitOf(feed, entry, match, now);
    if (await putHit(world.news, hit)) found++;
    const digests = world.config.digestsOf[hit.watch] ?? [];
    await putPending(
      world.news,
      digests.map((digest) => ({ digest, hit })),
    );
  }
  return found;
}

export const serve = (world: PollWorld): QueueHandler =>
  onMessage(world, (body, { endsAt }) => poll(world, readJob('poll', body), endsAt));

export const handler = onAws(() => serve(awsPollWorld()));
