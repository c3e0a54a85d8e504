/** The coverage report of an issue: that zero hits means "looked, and found none". */
import type { LookFailure } from '../feed/outcome.ts';
import { isSlotOf } from '../poll/due.ts';
import type { FeedState } from '../poll/feed-state.ts';
import type { Instant } from '../time.ts';
import type { Feed, Watch } from '../watch/config.ts';

export interface Receipt {
  /** What the issue before this one covered ends here; null for the first issue of a digest. */
  readonly from: Instant | null;
  readonly to: Instant;
  readonly feeds: {
    /** How many the watches of this digest look at. */
    readonly watched: number;
    /** Answered at least once in this time, and not failing at its end. */
    readonly read: number;
    /** Of those read: had no new entry in this time. */
    readonly unchanged: number;
    readonly failing: readonly FailingFeed[];
    /** Names of feeds that were not looked at in this time, and are not known to fail. */
    readonly unread: readonly string[];
  };
  /** New entries that every watch was held against. */
  readonly entriesScanned: number;
  /** When a poll of these feeds last ended; null when there was none in this time. */
  readonly lastLookAt: Instant | null;
  /** Every watch of the digest in its order, zeros included. */
  readonly watches: readonly { readonly name: string; readonly hits: number }[];
}

export interface FailingFeed {
  readonly name: string;
  readonly why: LookFailure;
  readonly detail: string;
  readonly since: Instant;
}

/** A poll of a shard, as far as a receipt needs to know it. */
export interface LookRecord {
  readonly tickAt: Instant;
  readonly whole: boolean;
  readonly endedAt: Instant;
  readonly missed: readonly string[];
}

/** What is known of one feed at the freeze. */
export interface FeedReading {
  readonly feed: Feed;
  readonly state: FeedState | null;
  /** The looks of the feed's shard since the issue before. */
  readonly looks: readonly LookRecord[];
}

/**
 * @param from when the issue before froze
 * @param readings one for each feed that a watch of the digest looks at
 * @param scannedBefore entries scanned of each feed (by id) when the issue before froze
 * @param watches the digest's watches with how many hits of each this issue lists
 */
export function receiptOf(
  from: Instant | null,
  to: Instant,
  readings: readonly FeedReading[],
  scannedBefore: Readonly<Record<string, number>>,
  watches: Receipt['watches'],
): Receipt {
  const failing: FailingFeed[] = [];
  const unread: string[] = [];
  let unchanged = 0;
  let entriesScanned = 0;
  let lastLookAt: Instant | null = null;
  for (const { feed, state, looks } of readings) {
    entriesScanned += (state?.scanned ?? 0) - (scannedBefore[feed.id] ?? 0);
    for (const look of looks) lastLookAt = Math.max(lastLookAt ?? look.endedAt, look.endedAt);
    if (state?.failing) failing.push({ name: feed.name, ...state.failing });
    else if (!looks.some((look) => covers(look, feed, state))) unread.push(feed.name);
    else if (!hasNewsSince(state, from)) unchanged++;
  }
  const watched = readings.length;
  const read = watched - failing.length - unread.length;
  failing.sort((a, b) => a.since - b.since);
  return {
    from,
    to,
    feeds: { watched, read, unchanged, failing, unread },
    entriesScanned: Math.max(0, entriesScanned),
    lastLookAt,
    watches,
  };
}

/** Which feeds a watch looks at. */
export function feedsOf(watch: Watch, feeds: readonly Feed[]): readonly Feed[] {
  const { feeds: wanted } = watch;
  if (wanted === null) return feeds;
  return feeds.filter((feed) => wanted.includes(feed.name) || feed.tags.some((tag) => wanted.includes(tag)));
}

/** Whether a poll of the shard looked at this feed: it was due then, or first read in it. */
function covers(look: LookRecord, feed: Feed, state: FeedState | null): boolean {
  if (state === null || state.firstReadAt === null || look.missed.includes(feed.id)) return false;
  if (look.endedAt < state.firstReadAt) return false;
  return look.whole || look.tickAt <= state.firstReadAt || isSlotOf(feed, look.tickAt);
}

function hasNewsSince(state: FeedState | null, from: Instant | null): boolean {
  return state?.newsAt != null && (from === null || state.newsAt > from);
}
