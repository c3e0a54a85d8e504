/**
 * When a feed is looked at: a pure function of time, so a schedule needs no memory, and a tick that comes late, twice or
 * not at all heals by itself.
 */
import { createHash } from 'node:crypto';
import { limits } from '../limits.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../time.ts';
import type { Feed } from '../watch/config.ts';
import type { FeedState } from './feed-state.ts';

/** The tick that an instant belongs to, as its first instant. */
export function tickOf(at: Instant): Instant {
  const tick = limits.tickMinutes * MINUTE;
  return Math.floor(at / tick) * tick;
}

/**
 * Whether the feed's own interval falls on this tick. Feeds are spread over the ticks of their interval by a hash, so
 * that a thousand of them do not call at the same minute.
 */
export function isSlotOf(feed: Feed, tickAt: Instant, everyMinutes: number = feed.everyMinutes): boolean {
  const ticks = Math.max(1, Math.round(everyMinutes / limits.tickMinutes));
  return (tickOf(tickAt) / (limits.tickMinutes * MINUTE) + spread(feed.id)) % ticks === 0;
}

/**
 * Whether a feed is to be looked at in this tick: at once when it never was, not before its publisher allows, and ever
 * more seldom while it fails.
 */
export function isDue(feed: Feed, state: FeedState | null, tickAt: Instant): boolean {
  if (state === null) return true;
  if (state.notBeforeAt !== null && tickAt < state.notBeforeAt) return false;
  const failingFor = state.failing === null ? 0 : tickAt - state.failing.since;
  return isSlotOf(feed, tickAt, Math.max(feed.everyMinutes, backOffMinutes(failingFor)));
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
