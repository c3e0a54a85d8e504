/**
 * When a feed is looked at: a function of time and of when its shard was last looked at. A feed is due when one of its
 * slots lies since then, so a tick that comes late, twice or not at all heals with the next one.
 */
import { createHash } from 'node:crypto';
import { limits } from '../limits.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../time.ts';
import type { Feed } from '../watch/config.ts';
import type { FeedState } from './feed-state.ts';
import { isAhead, type Look } from './look.ts';

/** The tick that an instant belongs to, as its first instant. */
export function tickOf(at: Instant): Instant {
  const tick = limits.tickMinutes * MINUTE;
  return Math.floor(at / tick) * tick;
}

/** Which time a poll is about: since the last look at the shard (null: there was none), up to now. */
export interface Span {
  readonly since: Instant | null;
  readonly at: Instant;
}

/**
 * Whether a feed is to be looked at: at once when it never was, not before its publisher allows, and ever more seldom while
 * it fails.
 */
export function isDue(feed: Feed, state: FeedState | null, { since, at }: Span): boolean {
  if (state === null) return true;
  if (!isAllowed(state, at)) return false;
  if (since === null) return true;
  // What is read in part is read as often as before: only what gives nothing is asked more seldom.
  const failingFor = state.failing === null || state.failing.partial ? 0 : at - state.failing.since;
  return lastSlot(feed, at, Math.max(feed.everyMinutes, backOffMinutes(failingFor))) > since;
}

/**
 * Whom a poll looks at. Who was missed last time comes first, in the order in which turns did not come: nobody starves.
 *
 * @param wish when an operator asked for every feed, whatever its interval; null when nobody did
 * @param at the tick of the poll
 */
export function dueFeeds(
  feeds: readonly Feed[],
  stateOf: (feed: Feed) => FeedState | null,
  lastLook: Look | null,
  wish: Instant | null,
  at: Instant,
): readonly Feed[] {
  const span = { since: lastLook === null || isAhead(lastLook, at) ? null : lastLook.tickAt, at };
  const missed = new Map(lastLook?.missed.map((id, place) => [id, place]));
  // A wish has been granted when a look came after it.
  const everything = wish !== null && (span.since === null || span.since < wish);
  const isWanted = (feed: Feed) =>
    everything || missed.has(feed.id) ? isAllowed(stateOf(feed), at) : isDue(feed, stateOf(feed), span);
  const place = (feed: Feed) => missed.get(feed.id) ?? missed.size;
  return feeds.filter(isWanted).sort((a, b) => place(a) - place(b));
}

/** Whether the publisher lets itself be asked: it may have said "not before". */
function isAllowed(state: FeedState | null, at: Instant): boolean {
  return state === null || state.notBeforeAt === null || at >= state.notBeforeAt;
}

/**
 * The feed's latest slot at or before an instant. Slots are spread over the ticks of the interval by a hash, so that a
 * thousand feeds do not call at the same minute.
 */
export function lastSlot(feed: Feed, at: Instant, everyMinutes: number): Instant {
  const tick = limits.tickMinutes * MINUTE;
  const ticks = Math.max(1, Math.ceil(everyMinutes / limits.tickMinutes));
  const now = Math.floor(at / tick);
  return (now - ((now + spread(feed.id)) % ticks)) * tick;
}

/** Back-off from how long the failure lasts, not from a count: so a further failure needs no write. */
function backOffMinutes(failingFor: number): number {
  if (failingFor < HOUR) return 0;
  if (failingFor < DAY) return 60;
  return failingFor < 7 * DAY ? 4 * 60 : 24 * 60;
}

/** How many shards a number of feeds is cut into: a power of two, so that growing moves a feed to one known place. */
export function shardsFor(feeds: number): number {
  let shards = 1;
  while (shards * limits.feedsPerShard < feeds) shards *= 2;
  return shards;
}

/** Feeds of one host share a shard: one connection, one politeness budget. */
export function shardOf(feed: Feed, shards: number): number {
  return spread(new URL(feed.url).host) % shards;
}

/** The shards in which a feed's state may stand from times when there were fewer or more of them; its own is not among them. */
export function formerShards(feed: Feed, shards: number): readonly number[] {
  const former = new Set<number>();
  for (let count = 1; count <= limits.shardsMax; count *= 2) former.add(shardOf(feed, count));
  former.delete(shardOf(feed, shards));
  return [...former];
}

function spread(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0);
}
