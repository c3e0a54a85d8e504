/** The coverage report of an issue: that zero hits means "looked, and found none". */
import type { LookFailure } from '../feed/outcome.ts';
import { limits } from '../limits.ts';
import { isAllowed } from '../poll/due.ts';
import type { Failing, FeedState } from '../poll/feed-state.ts';
import { foundHealth, quietAt } from '../poll/health.ts';
import { intervalMinutes } from '../poll/interval.ts';
import { feedMark, type Look } from '../poll/look.ts';
import { DAY, type Instant, MINUTE } from '../time.ts';
import type { Feed, Watch } from '../watch/config.ts';
import { quietTiding, type Tiding, tidingsOf } from './tiding.ts';

export interface Receipt {
  /** What the issue before this one covered ends here; null for the first issue of a digest. */
  readonly from: Instant | null;
  readonly to: Instant;
  readonly feeds: {
    /** How many the watches of this digest look at. */
    readonly watched: number;
    /** Answered when it was last their turn, and not failing. */
    readonly read: number;
    /** Of those read: had no new entry in this time. */
    readonly unchanged: number;
    /** The longest failing first, at most `limits.receiptNamesMax` of them. */
    readonly failing: readonly FailingFeed[];
    readonly failingCount: number;
    /** Names of feeds whose turn passed without a look, and that are not known to fail; as many at most. */
    readonly unread: readonly string[];
    readonly unreadCount: number;
    /** Read, and quiet for longer than their own rate lets expect: names of those that an earlier mail told of; as many at most. */
    readonly stillQuiet?: readonly string[];
    /** Of all that are quiet, told before or not. */
    readonly quietCount?: number;
  };
  /** What has changed since the last issue that was sent: each is told once. As many at most. */
  readonly tidings?: readonly Tiding[];
  readonly tidingsCount?: number;
  /** New entries that every watch was held against. */
  readonly entriesScanned: number;
  /** Entries that the first reading of a feed in this time set aside, as too old or without a date: not held against watches. */
  readonly entriesRemembered: number;
  /** Of those scanned: their feeds want whole articles, and these could not be read, so that the feed's text was scanned. */
  readonly entriesNotWhole?: number;
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
  /** An earlier mail has told of it at length. */
  readonly isOld?: true;
}

/** What is known of one feed at the freeze. */
export interface FeedReading {
  readonly feed: Feed;
  readonly state: FeedState | null;
}

/** What the issue before knew when it froze. */
export interface Before {
  readonly at: Instant;
  /** Entries of each feed (by its mark) that had been scanned. */
  readonly scanned: Readonly<Record<string, number>>;
  /** When the last issue froze that was sent: a silent one tells nobody anything. Null when there was none. */
  readonly toldAt: Instant | null;
}

/** Polls may be so late that a feed's turn comes a tick after its interval, and end in the tick after that. */
const slackMinutes = 2 * limits.tickMinutes;

/** From when on looks must be known for a receipt that counts from `from`: a daily feed may have had its turn long ago. */
export function looksNeededSince(from: Instant | null, to: Instant, readings: readonly FeedReading[]): Instant {
  return readings.reduce((since, reading) => Math.min(since, oldestThatCounts(to, reading)), from ?? to);
}

/**
 * @param before null for the first issue of a digest
 * @param readings one for each feed that a watch of the digest looks at
 * @param looks since {@link looksNeededSince}, of all shards
 * @param watches the digest's watches with how many hits of each this issue lists
 */
export function receiptOf(
  before: Before | null,
  to: Instant,
  readings: readonly FeedReading[],
  looks: readonly Look[],
  watches: Receipt['watches'],
): Receipt {
  const from = before?.at ?? null;
  const toldAt = before?.toldAt ?? null;
  const lastLooks = lastLookOfEach(looks);
  const failing: FailingFeed[] = [];
  const unread: string[] = [];
  const stillQuiet: string[] = [];
  const tidings: Tiding[] = [];
  let quietCount = 0;
  let unchanged = 0;
  let entriesScanned = 0;
  let entriesRemembered = 0;
  let lastLookAt: Instant | null = null;
  for (const reading of readings) {
    const { feed, state } = reading;
    const mark = feedMark(feed.id);
    // Of a feed that the digest did not look at nobody was told by it.
    const wasThere = before !== null && Object.hasOwn(before.scanned, mark);
    entriesScanned += scannedSince(before, mark, state);
    if (state?.firstReadAt != null && state.firstReadAt > (from ?? 0)) entriesRemembered += state.remembered;
    const lookedAt = lastLooks.get(mark) ?? null;
    if (lookedAt !== null) lastLookAt = Math.max(lastLookAt ?? lookedAt, lookedAt);
    if (state !== null) tidings.push(...tidingsOf(feed.name, state, toldAt));
    if (state?.failing) failing.push(failingFeed(feed.name, state, state.failing, wasThere ? toldAt : null));
    else if (lookedAt === null || lookedAt < oldestThatCounts(to, reading)) unread.push(feed.name);
    else {
      if (!hasNewsSince(state, from)) unchanged++;
      if (state === null || to < quietAt(state)) continue;
      quietCount += 1;
      if (toldAt !== null && quietAt(state) <= toldAt) stillQuiet.push(feed.name);
      else tidings.push(quietTiding(feed.name, state));
    }
  }
  failing.sort((a, b) => a.since - b.since);
  const watched = readings.length;
  return {
    from,
    to,
    feeds: {
      watched,
      read: watched - failing.length - unread.length,
      unchanged,
      failing: failing.slice(0, limits.receiptNamesMax),
      failingCount: failing.length,
      unread: unread.slice(0, limits.receiptNamesMax),
      unreadCount: unread.length,
      stillQuiet: stillQuiet.slice(0, limits.receiptNamesMax),
      quietCount,
    },
    tidings: tidings.slice(0, limits.receiptNamesMax),
    tidingsCount: tidings.length,
    entriesScanned,
    entriesRemembered,
    entriesNotWhole: notWholeSince(from, readings, looks),
    lastLookAt,
    watches,
  };
}

/** Counted by looks, as "checked" is by feed states: a look that was not written down is done again. */
function notWholeSince(from: Instant | null, readings: readonly FeedReading[], looks: readonly Look[]): number {
  const marks = readings.map(({ feed }) => feedMark(feed.id));
  return looks
    .filter(({ endedAt }) => from === null || endedAt > from)
    .reduce((sum, { notWhole = {} }) => marks.reduce((ofLook, mark) => ofLook + (notWhole[mark] ?? 0), sum), 0);
}

function lastLookOfEach(looks: readonly Look[]): ReadonlyMap<string, Instant> {
  const last = new Map<string, Instant>();
  for (const { looked, endedAt } of looks) {
    for (const mark of looked) last.set(mark, Math.max(last.get(mark) ?? endedAt, endedAt));
  }
  return last;
}

/**
 * A feed counts as read when its last look is no older than its interval: an hourly feed is not "unread" in a mail that
 * covers five minutes, and one that was read in the morning is not "read" in the evening after a day without polls. Time in
 * which its publisher wants no visit does not count against it.
 */
function oldestThatCounts(to: Instant, { feed, state }: FeedReading): Instant {
  const tick = limits.tickMinutes * MINUTE;
  let wanted = to;
  while (!isAllowed(feed, state, wanted) && wanted > to - DAY) wanted -= tick;
  return wanted - (intervalMinutes(feed, state, wanted) + slackMinutes) * MINUTE;
}

function failingFeed(name: string, state: FeedState, failing: Failing, toldAt: Instant | null): FailingFeed {
  const { why, since, endedAt } = failing;
  const changedAt = Math.max(since, endedAt ?? since, state.turns.at(-1)?.at ?? since);
  const isOld = toldAt !== null && changedAt <= toldAt && { isOld: true as const };
  return { name, why, detail: foundHealth(state)?.sentence ?? failing.detail, since, ...isOld };
}

/** Without an earlier count nothing is claimed: the feed may have a long past in other digests. */
function scannedSince(before: Before | null, mark: string, state: FeedState | null): number {
  if (state === null) return 0;
  if (before === null || (state.firstReadAt !== null && state.firstReadAt > before.at)) return state.scanned;
  const baseline = before.scanned[mark] ?? state.scanned;
  return Math.max(0, state.scanned - baseline);
}

/** Which feeds a watch looks at. */
export function feedsOf(watch: Pick<Watch, 'feeds'>, feeds: readonly Feed[]): readonly Feed[] {
  const { feeds: wanted } = watch;
  if (wanted === null) return feeds;
  return feeds.filter((feed) => wanted.includes(feed.name) || feed.tags.some((tag) => wanted.includes(tag)));
}

function hasNewsSince(state: FeedState | null, from: Instant | null): boolean {
  return state?.newsAt != null && (from === null || state.newsAt > from);
}
