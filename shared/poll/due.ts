/**
 * When a feed is looked at: a function of time and of when its shard was last looked at. A feed is due when one of its
 * slots lies since then, so a tick that comes late, twice or not at all heals with the next one.
 */
import { createHash } from 'node:crypto';
import { idOf } from '../id.ts';
import { limits } from '../limits.ts';
import { HOUR, type Instant, MINUTE } from '../time.ts';
import type { Feed } from '../watch/config.ts';
import type { FeedState } from './feed-state.ts';
import { intervalMinutes } from './interval.ts';
import { urgencyOf } from './latency.ts';
import { isAhead, type Look } from './look.ts';
import { isSkipped } from './rest.ts';

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
  if (!isAllowed(feed, state, at)) return false;
  if (since === null) return state.failing?.endedAt === undefined;
  return lastSlot(feed, at, intervalMinutes(feed, state, at)) > since;
}

/**
 * Whom a poll looks at. Who was missed last time comes first, in the order in which turns did not come: nobody starves. Then
 * who takes longest.
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
  const isWanted = (feed: Feed) => {
    const state = stateOf(feed);
    const wished = everything && !isFresh(feed, state, span);
    const outOfTurn = (wished || missed.has(feed.id)) && state?.failing?.endedAt === undefined;
    return outOfTurn ? isAllowed(feed, state, at) : isDue(feed, state, span);
  };
  const place = (feed: Feed) => missed.get(feed.id) ?? missed.size;
  const urgency = (feed: Feed) => urgencyOf(stateOf(feed));
  return feeds.filter(isWanted).sort((a, b) => place(a) - place(b) || urgency(b) - urgency(a));
}

/** Whether a look in turn, of which nothing is noted, was so lately that its publisher wants rest from it still. */
function isFresh(feed: Feed, state: FeedState | null, { since, at }: Span): boolean {
  const rest = (state?.rest?.freshMinutes ?? 0) * MINUTE;
  if (state === null || since === null || rest === 0 || state.failing !== null) return false;
  const slot = lastSlot(feed, at, intervalMinutes(feed, state, at));
  return slot <= since && at < slot + rest && isAllowed(feed, state, slot);
}

/**
 * What a poll leaves word of for the next one: until which tick none of its feeds is due, as far as its states say. Never
 * longer than `limits.ticksTogether`, so that whatever the states did not say yet costs a feed no more than that.
 */
export function restAfter(
  feeds: readonly Feed[],
  stateOf: (feed: Feed) => FeedState | null,
  look: Look,
): NonNullable<Look['rest']> {
  const tick = limits.tickMinutes * MINUTE;
  let until = tickOf(look.tickAt) + tick;
  const last = tickOf(look.tickAt) + limits.ticksTogether * tick;
  while (until < last && dueFeeds(feeds, stateOf, look, null, until).length === 0) until += tick;
  return { until, feeds: nameOf(feeds) };
}

/** Whether the last look left word that no feed is due yet, of these very feeds at these intervals. */
export function isAtRest(feeds: readonly Feed[], lastLook: Look | null, at: Instant): boolean {
  if (lastLook?.rest === undefined || lastLook.missed.length > 0 || isAhead(lastLook, at)) return false;
  return at < lastLook.rest.until && lastLook.rest.feeds === nameOf(feeds);
}

function nameOf(feeds: readonly Feed[]): string {
  return idOf('feeds', ...feeds.map(({ id, everyMinutes, atMostMinutes }) => `${id} ${everyMinutes} ${atMostMinutes}`));
}

/** Whether the publisher lets itself be asked: it may have said "not before", or "not at this time of the day". */
export function isAllowed(feed: Feed, state: FeedState | null, at: Instant): boolean {
  if (state === null) return true;
  const waitMs = (state.notBeforeAt ?? at) - at;
  // Nothing that a publisher asks for lasts longer, clocks that differ by an hour included: such a wait is a mistake of ours.
  const tooSoon = waitMs > 0 && waitMs <= (limits.restHoursMax + 1) * HOUR;
  return !tooSoon && !isSkipped(state.rest, at, intervalMinutes(feed, state, at));
}

/**
 * Until when a feed that was just looked at is to be left alone, where its slots alone would bring us back too soon: after a
 * look out of turn. Null where they do not, so that a look in turn need not be remembered.
 */
export function restUntil(feed: Feed, state: FeedState, now: Instant): Instant | null {
  const rest = (state.rest?.freshMinutes ?? 0) * MINUTE;
  if (rest === 0 || state.failing !== null) return null;
  const interval = intervalMinutes(feed, state, now);
  const next = lastSlot(feed, now, interval) + wholeTicks(interval) * limits.tickMinutes * MINUTE;
  // In turn, looks are an interval apart but for the moment that each begins within its tick.
  return next + limits.tickMinutes * MINUTE <= now + rest ? now + rest : null;
}

/**
 * Whether a look is the feed's weekly one without validators: some servers answer "not changed" for ever. A function of
 * time like the slots, so that no count of looks is kept.
 */
export function isWholeLook(feed: Feed, state: FeedState | null, at: Instant): boolean {
  if (state === null) return true;
  const interval = intervalMinutes(feed, state, at);
  const slot = lastSlot(feed, at, interval);
  return lastSlot(feed, at, limits.wholeLookDays * 24 * 60) > slot - wholeTicks(interval) * limits.tickMinutes * MINUTE;
}

/**
 * The feed's latest slot at or before an instant. A hash spreads slots over the quarters of an hour of the interval; within
 * the quarter they fall together, so that a shard's feeds are read by one invocation: three would each read all that is
 * remembered of the shard, and each wait for their slowest publisher.
 */
export function lastSlot(feed: Feed, at: Instant, everyMinutes: number): Instant {
  const tick = limits.tickMinutes * MINUTE;
  const ticks = wholeTicks(everyMinutes);
  const now = Math.floor(at / tick);
  return (now - ((now + spread(feed.id) * limits.ticksTogether) % ticks)) * tick;
}

function wholeTicks(minutes: number): number {
  return Math.max(1, Math.ceil(minutes / limits.tickMinutes));
}

/** How many shards a number of feeds is cut into: a power of two, so that growing moves a feed to one known place. */
export function shardsFor(feeds: number): number {
  let shards = 1;
  while (shards * limits.feedsPerShard < feeds) shards *= 2;
  return shards;
}

/** Feeds of one host share a shard: one connection, one politeness budget. */
export function shardOf(feed: { readonly url: string }, shards: number): number {
  return spread(new URL(feed.url).host) % shards;
}

/** The shards in which a feed's state may stand from times when there were fewer or more of them; its own is not among them. */
export function formerShards(feed: { readonly url: string }, shards: number): readonly number[] {
  const former = new Set<number>();
  for (let count = 1; count <= limits.shardsMax; count *= 2) former.add(shardOf(feed, count));
  former.delete(shardOf(feed, shards));
  return [...former];
}

function spread(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0);
}
