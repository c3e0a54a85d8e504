/** poll: reads one shard of feeds and keeps the hits. It never sees an address and cannot send mail. */
import type { Entry } from '../shared/feed/entry.ts';
import { fetchFeed } from '../shared/fetch/fetch-feed.ts';
import { eachHostInTurn } from '../shared/fetch/host-turns.ts';
import { limits } from '../shared/limits.ts';
import { isAllowed, isDue, shardOf, tickOf } from '../shared/poll/due.ts';
import type { FeedState } from '../shared/poll/feed-state.ts';
import { judge, lastRead } from '../shared/poll/judge.ts';
import { feedMark, type Look } from '../shared/poll/look.ts';
import { putFeedState, shardMemory } from '../shared/store/feed-states.ts';
import { putHit, putPending } from '../shared/store/hits.ts';
import { putLook } from '../shared/store/looks.ts';
import { type Instant, localDay, SECOND } from '../shared/time.ts';
import type { Config, Feed } from '../shared/watch/config.ts';
import { hitOf } from '../shared/watch/hit.ts';
import type { Matcher } from '../shared/watch/match.ts';
import type { Clock, Http, Log, Table } from '../shared/world.ts';
import { awsPollWorld } from './aws-worlds.ts';
import { type PollJob, readJob } from './job.ts';
import { onAws, onMessage, type QueueHandler } from './lambda.ts';

export interface PollWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly http: Http;
  readonly news: Table;
  readonly config: Pick<Config, 'feeds'> & {
    /** Which digests list a watch's hits: ids of digests by id of the watch. */
    readonly digestsOf: Readonly<Record<string, readonly string[]>>;
    /** The zone of an entry's day. */
    readonly zone: string;
  };
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
}

/** Reads what is due in one shard. Hits are stored before the feed's state: a crash repeats work, it never loses a hit. */
export async function poll(world: PollWorld, message: PollJob, endsAt: Instant | null): Promise<void> {
  // A message may have waited: what counts is now, or a backlog would ask publishers once for each of its ticks.
  const now = world.clock.now();
  const job = { ...message, tickAt: Math.max(message.tickAt, message.whole ? now : tickOf(now)) };
  const feeds = world.config.feeds.filter((feed) => shardOf(feed, job.shards) === job.shard);
  const { states, lastLook } = await shardMemory(world.news, job, feeds);
  const stateOf = (feed: Feed) => states.get(feed.id) ?? null;
  const due = dueFeeds(message, job.tickAt, feeds, stateOf, lastLook);
  if (due.length === 0) return;
  const lastStart = endsAt === null ? Number.POSITIVE_INFINITY : endsAt - limits.pollReserveSeconds * SECOND;
  const tally: Tally = { read: 0, unchanged: 0, failed: 0, entriesSeen: 0, entriesNew: 0, hits: 0 };
  const { faults, left } = await eachHostInTurn(
    due,
    () => world.clock.now() < lastStart,
    (feed) => look(world, job, feed, stateOf(feed), tally),
  );
  for (const { feed, fault } of faults) world.log.error('look failed', fault, { feed: feed.id });
  const missed = [...faults.map(({ feed }) => feed.id), ...left.map(({ id }) => id)];
  const looked = due.filter(({ id }) => !missed.includes(id)).map(({ id }) => feedMark(id));
  const { read, unchanged, failed } = tally;
  const ended = { ...job, endedAt: world.clock.now(), looked: new Set(looked), missed, read, unchanged, failed };
  await putLook(world.news, togetherWith(lastLook, ended));
  world.log.info('polled', { shard: job.shard, ...tally, missed: missed.length });
  // The queue brings the message again, and then only these are looked at.
  if (faults.length > 0) throw new Error(`${faults.length} feeds of shard ${job.shard} were not looked at`);
}

/** A second poll of the same tick adds to what the first did. */
function togetherWith(lastLook: Look | null, { shard, tickAt, ...look }: Look): Look {
  if (lastLook === null || lastLook.tickAt < tickAt) return { shard, tickAt, ...look };
  return {
    shard,
    tickAt: lastLook.tickAt,
    endedAt: look.endedAt,
    looked: new Set([...lastLook.looked, ...look.looked]),
    missed: look.missed,
    read: lastLook.read + look.read,
    unchanged: lastLook.unchanged + look.unchanged,
    failed: lastLook.failed + look.failed,
  };
}

/** Who was missed last time comes first; a message of a tick that has passed brings nobody's turn a second time. */
function dueFeeds(
  message: PollJob,
  at: Instant,
  feeds: readonly Feed[],
  stateOf: (feed: Feed) => FeedState | null,
  lastLook: Look | null,
): readonly Feed[] {
  const span = { since: lastLook?.tickAt ?? null, at };
  const missed = new Set(lastLook?.missed);
  // "Everything now" has been done when a look came after the wish.
  const everything = message.whole && (span.since === null || span.since < message.tickAt);
  const isWanted = (feed: Feed) =>
    everything || missed.has(feed.id) ? isAllowed(stateOf(feed), at) : isDue(feed, stateOf(feed), span);
  return feeds.filter(isWanted).sort((a, b) => Number(missed.has(b.id)) - Number(missed.has(a.id)));
}

/** One feed: fetch → judge → match → hits → pending → state, in this order and no other. */
async function look(world: PollWorld, job: PollJob, feed: Feed, state: FeedState | null, tally: Tally): Promise<void> {
  const outcome = await fetchFeed(world, feed, lastRead(state));
  const verdict = judge(feed, state, outcome, world.clock.now());
  for (const entry of verdict.news) tally.hits += await keepHits(world, feed, entry);
  if (verdict.state !== null) await putFeedState(world.news, job, feed, state, verdict.state);
  tally[outcome.kind === 'read' && outcome.document.flaw !== null ? 'failed' : outcome.kind] += 1;
  tally.entriesSeen += verdict.entriesInDocument;
  tally.entriesNew += verdict.news.length;
}

/** @returns how many hits are new */
async function keepHits(world: PollWorld, feed: Feed, entry: Entry): Promise<number> {
  const now = world.clock.now();
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
