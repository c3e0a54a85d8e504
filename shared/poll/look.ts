/** What one poll of one shard did: the evidence behind every "unchanged" and every "not looked at" of a receipt. */
import { limits } from '../limits.ts';
import { type Instant, MINUTE } from '../time.ts';

export interface Look {
  readonly shard: number;
  readonly tickAt: Instant;
  readonly endedAt: Instant;
  /** Marks of the feeds that were asked, whatever they answered (see {@link feedMark}); none where only the last look was read. */
  readonly looked: ReadonlySet<string>;
  /** Ids of feeds whose turn it was and who were not asked: time ran out, or a fault of ours. */
  readonly missed: readonly string[];
  readonly read: number;
  readonly unchanged: number;
  readonly failed: number;
  /** By mark of the feed, where there were any: how many articles of new entries were wanted and could not be read. */
  readonly notWhole?: Readonly<Record<string, number>>;
  /** Until when none of the shard's feeds is due, and which feeds these are; rows of an earlier Watchword do not say so. */
  readonly rest?: { readonly until: Instant; readonly feeds: string };
}

/**
 * A feed's id, cut to 48 bits: a look names hundreds of feeds in one small row. Among 20,000 feeds the chance that any two
 * share a mark is one in a million.
 */
export function feedMark(feed: string): string {
  return feed.slice(0, feedMarkChars);
}

export const feedMarkChars = 8;

/** A look that a clock ahead of time wrote down. It is no reason to wait until the time comes. */
export function isAhead(look: Look, at: Instant): boolean {
  return look.tickAt >= at + limits.tickMinutes * MINUTE;
}

/** A second poll of the same tick adds to what the first did. */
export function togetherWith(lastLook: Look | null, look: Look): Look {
  if (lastLook === null || lastLook.tickAt < look.tickAt || isAhead(lastLook, look.tickAt)) return look;
  const notWhole = { ...lastLook.notWhole };
  for (const [mark, count] of Object.entries(look.notWhole ?? {})) notWhole[mark] = (notWhole[mark] ?? 0) + count;
  return {
    shard: look.shard,
    tickAt: lastLook.tickAt,
    endedAt: look.endedAt,
    looked: new Set([...lastLook.looked, ...look.looked]),
    missed: look.missed,
    read: lastLook.read + look.read,
    unchanged: lastLook.unchanged + look.unchanged,
    failed: lastLook.failed + look.failed,
    ...(Object.keys(notWhole).length === 0 ? {} : { notWhole }),
  };
}
