/** poll: reads one shard of feeds and keeps the hits. It never sees an address and cannot send mail. */
import { countPages, type WholeEntry } from '../shared/article/whole-entry.ts';
import { shelfOf } from '../shared/delivery/edition.ts';
import { wholeEntries } from '../shared/fetch/fetch-article.ts';
import { fetchFeed } from '../shared/fetch/fetch-feed.ts';
import { eachHostInTurn } from '../shared/fetch/host-turns.ts';
import type { SliceMemory } from '../shared/fetch/slice-memory.ts';
import { idOf } from '../shared/id.ts';
import { limits } from '../shared/limits.ts';
import { dueFeeds, isAtRest, isWholeLook, restAfter, shardOf, tickOf } from '../shared/poll/due.ts';
import { addressOf, type FeedState } from '../shared/poll/feed-state.ts';
import { judge, lastRead, mayPassOver, type Verdict } from '../shared/poll/judge.ts';
import { feedMark, togetherWith } from '../shared/poll/look.ts';
import { historyDay, packScanned, scannedOf } from '../shared/poll/scanned.ts';
import { putFeedState, putMoved, shardStates } from '../shared/store/feed-states.ts';
import { formerEntryOf, knownHit, putEditedHit, putHit, putPending } from '../shared/store/hits.ts';
import { knownEditions } from '../shared/store/known-editions.ts';
import { lastLookAt, lastLookedAt, putLook, withFeedsAsked } from '../shared/store/looks.ts';
import { type Instant, localDay, MINUTE, SECOND } from '../shared/time.ts';
import type { Feed } from '../shared/watch/config.ts';
import { hitOf } from '../shared/watch/hit.ts';
import type { Matcher } from '../shared/watch/match.ts';
import type { PollConfig } from '../shared/watch/poll-config.ts';
import type { Clock, GroupedHttp, History, Log, Table } from '../shared/world.ts';
import { awsPollWorld } from './aws-worlds.ts';
import { type PollJob, readJob } from './job.ts';
import { onAws, onMessage, type QueueHandler } from './lambda.ts';

export interface PollWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly http: GroupedHttp;
  readonly news: Table;
  /** Null where none is kept. */
  readonly history: History | null;
  readonly config: PollConfig;
  readonly matcher: Matcher;
  /** What this process remembers; its polls may overlap. */
  readonly slices: SliceMemory;
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

/** For a digest, what its hits are filed under: its own edition, and each that people chose. */
type ShelvesOf = (digest: string) => Promise<readonly string[]>;

/** Reads what is due in one shard. Hits are stored before the feed's state: a crash repeats work, it never loses a hit. */
export async function poll(world: PollWorld, message: PollJob, endsAt: Instant | null): Promise<void> {
  // A message may have waited: what counts is now, or a backlog would ask publishers once for each of its ticks.
  const now = world.clock.now();
  const job = { ...message, tickAt: Math.max(message.tickAt, message.whole ? now : tickOf(now)) };
  const feeds = world.config.feeds.filter((feed) => shardOf(feed, job.shards) === job.shard);
  const lastLook = await lastLookAt(world.news, job.shard);
  if (!message.whole && isAtRest(feeds, lastLook, job.tickAt)) return;
  const states = await shardStates(world.news, job, feeds, { mayLag: true });
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
  const notWhole: Record<string, number> = {};
  const shelvesOf = shelvesKnown(world.news, world.clock);
  const { faults, left } = await eachHostInTurn(
    world.http,
    due.map((feed) => ({ feed, url: addressOf(feed, stateOf(feed)) })),
    () => world.clock.now() < lastStart,
    async ({ feed }, http) => {
      const until = lastStart + limits.lookSecondsMax * SECOND;
      const count = await look({ ...world, http, shelvesOf }, job, feed, states, until, tally);
      if (count > 0) notWhole[feedMark(feed.id)] = count;
    },
  );
  for (const { feed: turn, fault } of faults) world.log.error('look failed', fault, { feed: turn.feed.id });
  // Those whose turn did not come go first next time; one that makes faults keeps nobody waiting.
  const missed = [...left, ...faults.map(({ feed }) => feed)].map(({ feed }) => feed.id);
  const looked = due.filter(({ id }) => !missed.includes(id)).map(({ id }) => feedMark(id));
  const { read, unchanged, failed } = tally;
  const ended = { ...job, endedAt: world.clock.now(), looked: new Set(looked), missed, read, unchanged, failed };
  const noted = Object.keys(notWhole).length === 0 ? ended : { ...ended, notWhole };
  const isRepeated = lastLook !== null && lastLook.tickAt >= job.tickAt;
  const before = isRepeated ? await withFeedsAsked(world.news, lastLook) : lastLook;
  const whole = togetherWith(before, noted);
  await putLook(world.news, { ...whole, rest: restAfter(feeds, stateOf, whole) });
  world.log.info('polled', { shard: job.shard, ...tally, missed: missed.length });
}

/**
 * One feed: fetch → judge → pages → match → hits → pending → history → state, in this order and no other.
 *
 * @param until when the last page must be there
 * @returns how many articles were wanted whole and could not be read
 */
async function look(
  world: PollWorld & { readonly shelvesOf: ShelvesOf },
  job: PollJob,
  feed: Feed,
  states: Map<string, FeedState>,
  until: Instant,
  tally: Tally,
): Promise<number> {
  const state = states.get(feed.id) ?? null;
  const at = { url: addressOf(feed, state) };
  const all = { ...lastRead(state), known: () => mayPassOver(state, world.slices.of(at.url)) };
  const last = isWholeLook(feed, state, job.tickAt) ? { ...all, validators: null } : all;
  const asker = { ...world, contact: world.config.contact };
  const outcome = await fetchFeed(asker, at, last);
  const now = world.clock.now();
  const verdict = judge(feed, state, outcome, now);
  const keyedAs = state?.keyedAs ?? feed.id;
  const whole = await wholeEntries(asker, feed, verdict.news, until);
  for (const each of whole) {
    const found = await keepHits(world, feed, each, verdict, keyedAs, now);
    tally.hits += found; // not in one step: other looks count meanwhile
  }
  if (verdict.news.length > 0) {
    const scanned = whole.map(({ entry, article }) => scannedOf(now, feed, entry, article));
    await world.history?.append(historyDay(now), packScanned(scanned));
  }
  if (verdict.state !== null) {
    await keepState(world, job, feed, state, verdict.state);
    states.set(feed.id, verdict.state);
  }
  if (outcome.kind === 'read') world.slices.keep(at.url, outcome.slices);
  tally[outcome.kind === 'read' && outcome.document.flaw !== null ? 'failed' : outcome.kind] += 1;
  tally.entriesSeen += verdict.entriesInDocument;
  tally.entriesNew += verdict.news.length;
  const pages = countPages(whole);
  tally.articlesRead += pages.read;
  tally.articlesNotRead += pages.notRead;
  return pages.notRead;
}

/** @returns how many hits are new */
async function keepHits(
  world: PollWorld & { readonly shelvesOf: ShelvesOf },
  feed: Feed,
  { entry, read }: WholeEntry,
  { edited, renamed }: Verdict,
  keyedAs: string,
  now: Instant,
): Promise<number> {
  const day = localDay(entry.publishedAt ?? now, world.config.zone);
  let found = 0;
  const matches = world.matcher.match(read, { feed, day });
  if (world.matcher.leftOut)
    world.log.info('places left out', { feed: feed.id, entry: idOf('entry', feed.id, entry.id) });
  for (const match of matches) {
    const hit = hitOf(feed, read, match, now, keyedAs);
    const former = formerEntryOf(keyedAs, entry);
    const known = edited.has(entry) ? await knownHit(world.news, hit, former, renamed.has(entry)) : null;
    if (known !== null) await putEditedHit(world.news, known, hit);
    else if (await putHit(world.news, hit)) found++;
    // Also of one that is known: it may have been stored by a poll that died before it came here.
    const shelves = await Promise.all((world.config.digestsOf[hit.watch] ?? []).map(world.shelvesOf));
    await putPending(
      world.news,
      shelves.flat().map((shelf) => ({ digest: shelf, hit: known ?? hit })),
    );
  }
  return found;
}

/** Read when the first hit of a digest is found, and again when that was too long ago to rely on. */
function shelvesKnown(news: Table, clock: Clock): ShelvesOf {
  const known = new Map<string, { readonly at: Instant; readonly shelves: readonly string[] }>();
  return async (digest) => {
    const before = known.get(digest);
    const at = clock.now();
    if (before !== undefined && at - before.at < limits.editionsKnownMinutes * MINUTE) return before.shelves;
    const { editions } = await knownEditions(news, digest);
    const shelves = [digest, ...editions.map(shelfOf)];
    known.set(digest, { at, shelves });
    return shelves;
  };
}

async function keepState(
  world: PollWorld,
  job: PollJob,
  feed: Feed,
  before: FeedState | null,
  state: FeedState,
): Promise<void> {
  const { gap, moved } = state;
  const isNewGap = gap !== null && gap.to !== before?.gap?.to;
  const from = isNewGap ? await lastLookedAt(world.news, feed.id, before?.failing?.since ?? job.tickAt) : null;
  if (moved?.settled && !before?.moved?.settled) await putMoved(world.news, feed, moved.to, moved.since);
  await putFeedState(world.news, job, feed, before, isNewGap ? { ...state, gap: { ...gap, from } } : state);
}

export const serve = (world: PollWorld): QueueHandler =>
  onMessage(world, (traced, body, { endsAt }) => poll(traced, readJob('poll', body), endsAt));

export const handler = onAws(() => serve(awsPollWorld()));
