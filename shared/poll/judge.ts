/**
 * What a look at a feed means: which entries are news, and what to remember. Pure: (feed, state, outcome, now) → verdict.
 * It knows nothing of tables and queues; the story of a poll is in `functions/poll.ts`.
 */
import { assert, unreachable } from '../assert.ts';
import type { Entry } from '../feed/entry.ts';
import type { Manner, Outcome } from '../feed/outcome.ts';
import { type Slices, unsliced } from '../feed/slices.ts';
import { limits } from '../limits.ts';
import { HOUR, type Instant, SECOND } from '../time.ts';
import type { Feed } from '../watch/config.ts';
import { restUntil } from './due.ts';
import { type Failing, type FeedState, neverLookedAt, type Turn } from './feed-state.ts';
import { foundHealth } from './health.ts';
import { latencyNext, latencyOf } from './latency.ts';
import { movedAfterFailure, movedNext } from './moved.ts';
import { firstRate, nextRate } from './rate.ts';
import { freshMinutes, restOf } from './rest.ts';
import { type Compared, compareWithSeen, stillKnown } from './seen.ts';

export interface Verdict {
  /** To be held against the watches: new entries, and known ones whose text was edited. */
  readonly news: readonly Entry[];
  /** Those of the news that are known: a hit of theirs is brought up to date and told no second time. */
  readonly edited: ReadonlySet<Entry>;
  /** Those of the edited whose name is new, so that a hit of theirs is known by its link only. */
  readonly renamed: ReadonlySet<Entry>;
  /** How many entries the document holds; 0 when it was not read. */
  readonly entriesInDocument: number;
  /** What to remember; null when nothing changed and so nothing is to be written. */
  readonly state: FeedState | null;
}

const nothing = { news: [], edited: new Set<Entry>(), renamed: new Set<Entry>(), entriesInDocument: 0 } as const;

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
  const before = state ?? neverLookedAt(feed.id);
  switch (outcome.kind) {
    case 'failed':
      return { ...nothing, state: changed(feed, before, afterFailure(before, outcome, now), now) };
    case 'unchanged':
      // A failing feed is asked without validators (see `lastRead`), so "unchanged" cannot clear a failure by mistake.
      assert(before.failing === null, 'a failing feed is read whole, not compared');
      return { ...nothing, state: changed(feed, before, afterAnswer(feed, before, outcome, now), now) };
    case 'read':
      return afterReading(feed, before, outcome, now);
    default:
      return unreachable(outcome);
  }
}

/**
 * What a look may be compared with: nothing while the feed fails, so that only a document that was read and understood
 * ends a failure; nor while entries are held back, since their names must be seen again.
 */
export function lastRead(state: FeedState | null): Pick<FeedState, 'validators' | 'bodyHash'> {
  if (state === null || state.failing !== null || state.held !== null) return { validators: null, bodyHash: null };
  return { validators: state.validators, bodyHash: state.bodyHash };
}

/**
 * What a look may pass over: what the stored state knows as it stands in the slices, so that nothing is passed over of
 * which the hits are not stored, however old the slices are and whoever wrote the state. Nothing where a look is compared
 * with nothing, nor while the feed is about to move.
 */
export function mayPassOver(state: FeedState | null, slices: Slices): Slices {
  if (state === null || state.moved !== null || lastRead(state).bodyHash === null) return unsliced;
  return stillKnown(slices, state.marks);
}

type Read = Extract<Outcome, { kind: 'read' }>;

function afterReading(feed: Feed, before: FeedState, outcome: Read, now: Instant): Verdict {
  const { document, passedOver } = outcome;
  const entriesInDocument = document.entries.length + passedOver.length;
  const first = before.firstReadAt === null;
  const failing =
    document.flaw === null ? null : { ...failingSince(before, document.flaw, now), partial: true as const };
  const answered: FeedState = {
    ...afterAnswer(feed, before, outcome, now),
    failing: isSame(before.failing, failing) ? before.failing : failing,
  };
  // A document without entries has nothing to say of those we know: they, and the validators, stay as they are.
  if (entriesInDocument === 0 && !first) return { ...nothing, state: changed(feed, before, answered, now) };

  const compared = compareWithSeen(document.entries, before.marks, passedOver);
  const isRecent = ({ publishedAt }: Entry) => publishedAt !== null && now - publishedAt <= feed.firstLookHours * HOUR;
  const held = heldNext(before, compared, now);
  const renamed = new Set(before.held !== null && held === null ? compared.rewritten : []);
  const edited = new Set([...compared.edited, ...renamed]);
  const news = first ? compared.fresh.filter(isRecent) : [...compared.fresh, ...edited];
  // Without a hash there is nothing to compare the next look with, as after a move: this one is to be remembered.
  const isKnown = !first && before.bodyHash !== null;
  if (isKnown && news.length === 0 && changed(feed, before, { ...answered, held }, now) === null) {
    return { ...nothing, entriesInDocument, state: null };
  }
  const isGap = !first && before.marks.length > 0 && !compared.overlaps && entriesInDocument >= limits.gapEntriesMin;
  const settles = answered.moved?.settled === true && before.moved?.settled !== true;
  const next: FeedState = {
    ...answered,
    held,
    title: document.title?.slice(0, limits.titleCharsMax).toWellFormed() ?? null,
    validators: settles ? null : outcome.validators,
    bodyHash: settles ? null : outcome.bodyHash,
    marks: held === null ? compared.seen.renamed : compared.seen.held,
    firstReadAt: before.firstReadAt ?? now,
    remembered: first ? compared.fresh.length - news.length : before.remembered,
    newsAt: news.length > 0 ? now : before.newsAt,
    scanned: before.scanned + news.length,
    rate: first ? firstRate(document.entries, now) : nextRate(before.rate, compared.fresh.length, now),
    rest: restOf(outcome.freshSeconds, document.pace),
    latency: latencyOf(outcome.tookMs),
    gap: isGap ? { from: null, to: now } : before.gap,
  };
  return { news, edited, renamed, entriesInDocument, state: changed(feed, before, next, now) };
}

/** What any answer that is no failure tells of a feed beside its document. Only what is worth a write differs from before. */
function afterAnswer(feed: Feed, before: FeedState, outcome: Manner & Outcome, now: Instant): FeedState {
  const moved = movedNext(feed, before.moved, outcome.movedTo, now);
  const settles = moved?.settled === true && before.moved?.settled !== true;
  const fresh = freshMinutes(outcome.freshSeconds);
  const rest =
    fresh > (before.rest?.freshMinutes ?? 0)
      ? { advisedMinutes: 0, skipHours: [], skipDays: [], ...before.rest, freshMinutes: fresh }
      : before.rest;
  const given = outcome.kind === 'unchanged' ? outcome.validators : null;
  return {
    ...before,
    moved,
    validators: settles ? null : (given ?? before.validators),
    bodyHash: settles ? null : before.bodyHash,
    rest,
    latency: latencyNext(before.latency, outcome.tookMs),
  };
}

/** Whoever comes back under new names is held back until the old names return or a day has passed. */
function heldNext(before: FeedState, { renamed }: Compared, now: Instant): FeedState['held'] {
  if (renamed.length === 0) return null;
  if (before.held === null) return { since: now, entries: renamed.length };
  return now - before.held.since < limits.heldHours * HOUR ? before.held : null;
}

function afterFailure(before: FeedState, outcome: Extract<Outcome, { kind: 'failed' }>, now: Instant): FeedState {
  const { why, detail, retryAfterSeconds } = outcome;
  const failing = failingSince(before, { why, detail }, now);
  const waits = retryAfterSeconds === null ? null : now + retryAfterSeconds * SECOND;
  return {
    ...before,
    failing: isSame(before.failing, failing) ? before.failing : failing,
    moved: movedAfterFailure(before, now),
    notBeforeAt: waits ?? before.notBeforeAt,
  };
}

/** A run of failures goes on, whatever their reasons. That it is gone counts from when it first said so. */
function failingSince(before: FeedState, { why, detail }: Omit<Failing, 'since'>, now: Instant): Failing {
  const runs = before.failing !== null && (why !== 'gone' || before.failing.why === 'gone');
  const since = runs ? (before.failing?.since ?? now) : now;
  const isOver = why === 'gone' && now - since >= limits.goneHours * HOUR;
  return { since, why, detail, ...(isOver && { endedAt: before.failing?.endedAt ?? now }) };
}

function isSame(one: Failing | null, other: Failing | null): boolean {
  return one?.why === other?.why && one?.detail === other?.detail && one?.endedAt === other?.endedAt;
}

/**
 * What to write: null when nothing differs. A look that was out of turn is remembered as well, where the publisher wants
 * rest after it and the feed's next turn would come too soon.
 */
function changed(feed: Feed, before: FeedState, after: FeedState, now: Instant): FeedState | null {
  const notBeforeAt = restUntil(feed, after, now) ?? after.notBeforeAt;
  const next: FeedState = { ...after, notBeforeAt, turns: turnsWith(before, after, now) };
  const fields = Object.keys(next) as (keyof FeedState)[];
  return fields.every((field) => next[field] === before[field]) ? null : { ...next, rev: before.rev + 1 };
}

function turnsWith(before: FeedState, after: FeedState, now: Instant): readonly Turn[] {
  const was = foundHealth(before)?.kind ?? 'fine';
  const is = foundHealth(after)?.kind ?? 'fine';
  return was === is ? before.turns : [...before.turns, { at: now, to: is }].slice(-limits.healthTurnsMax);
}
