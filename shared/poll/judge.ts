/**
 * What a look at a feed means: which entries are news, and what to remember. Pure: (feed, state, outcome, now) → verdict.
 * It knows nothing of tables and queues; the story of a poll is in `functions/poll.ts`.
 */
import { assert, unreachable } from '../assert.ts';
import type { Entry } from '../feed/entry.ts';
import type { Outcome } from '../feed/outcome.ts';
import { limits } from '../limits.ts';
import { HOUR, type Instant, SECOND } from '../time.ts';
import type { Feed } from '../watch/config.ts';
import type { Failing, FeedState } from './feed-state.ts';
import { compareWithSeen } from './seen.ts';

export interface Verdict {
  /** To be held against the watches: new entries, and known ones whose text was edited. */
  readonly news: readonly Entry[];
  /** How many entries the document holds; 0 when it was not read. */
  readonly entriesInDocument: number;
  /** What to remember; null when nothing changed and so nothing is to be written. */
  readonly state: FeedState | null;
}

/**
 * Judges one look.
 *
 * On the first reading of a feed only entries published within the feed's `firstLookHours` are news; the others, and
 * those without a date, are remembered: a subscriber does not want last year's archive on the first morning.
 *
 * @param state what was remembered; null when the feed was never looked at
 * @param now when the look ended
 */
export function judge(feed: Feed, state: FeedState | null, outcome: Outcome, now: Instant): Verdict {
  const before = state ?? neverLookedAt(feed);
  switch (outcome.kind) {
    case 'failed':
      return { news: [], entriesInDocument: 0, state: afterFailure(before, outcome, now) };
    case 'unchanged':
      // A failing feed is asked without validators (see `lastRead`), so "unchanged" cannot clear a failure by mistake.
      assert(before.failing === null, 'a failing feed is read whole, not compared');
      return { news: [], entriesInDocument: 0, state: null };
    case 'read':
      return afterReading(feed, before, outcome, now);
    default:
      return unreachable(outcome);
  }
}

/**
 * What a look may be compared with: nothing while the feed fails, so that only a document that was read and understood
 * ends a failure.
 */
export function lastRead(state: FeedState | null): Pick<FeedState, 'validators' | 'bodyHash'> {
  if (state === null || state.failing !== null) return { validators: null, bodyHash: null };
  return { validators: state.validators, bodyHash: state.bodyHash };
}

function afterReading(
  feed: Feed,
  before: FeedState,
  outcome: Extract<Outcome, { kind: 'read' }>,
  now: Instant,
): Verdict {
  const { document } = outcome;
  const first = before.firstReadAt === null;
  const compared = compareWithSeen(document.entries, before.seen);
  const news = first
    ? compared.fresh.filter(
        (entry) => entry.publishedAt !== null && now - entry.publishedAt <= feed.firstLookHours * HOUR,
      )
    : [...compared.fresh, ...compared.edited];
  const entriesInDocument = document.entries.length;
  const failing =
    document.flaw === null ? null : { ...failingSince(before, document.flaw, now), partial: true as const };
  if (!first && news.length === 0 && isSame(before.failing, failing)) return { news, entriesInDocument, state: null };
  return {
    news,
    entriesInDocument,
    state: {
      ...before,
      title: document.title?.slice(0, limits.titleCharsMax).toWellFormed() ?? null,
      validators: outcome.validators,
      bodyHash: outcome.bodyHash,
      seen: compared.seen,
      firstReadAt: before.firstReadAt ?? now,
      remembered: first ? compared.fresh.length - news.length : before.remembered,
      newsAt: news.length > 0 ? now : before.newsAt,
      scanned: before.scanned + news.length,
      failing,
      notBeforeAt: null,
      rev: before.rev + 1,
    },
  };
}

function afterFailure(
  before: FeedState,
  outcome: Extract<Outcome, { kind: 'failed' }>,
  now: Instant,
): FeedState | null {
  const { why, detail, retryAfterSeconds } = outcome;
  const failing = failingSince(before, { why, detail }, now);
  if (isSame(before.failing, failing) && retryAfterSeconds === null) return null;
  return {
    ...before,
    failing,
    notBeforeAt: retryAfterSeconds === null ? null : now + retryAfterSeconds * SECOND,
    rev: before.rev + 1,
  };
}

/** A run of failures goes on, whatever their reasons. */
function failingSince(before: FeedState, { why, detail }: Omit<Failing, 'since'>, now: Instant): Failing {
  return { since: before.failing?.since ?? now, why, detail };
}

function isSame(one: Failing | null, other: Failing | null): boolean {
  return one?.why === other?.why && one?.detail === other?.detail;
}

function neverLookedAt(feed: Feed): FeedState {
  return {
    feed: feed.id,
    title: null,
    validators: null,
    bodyHash: null,
    seen: new Uint8Array(),
    firstReadAt: null,
    remembered: 0,
    newsAt: null,
    scanned: 0,
    failing: null,
    notBeforeAt: null,
    rev: 0,
  };
}
