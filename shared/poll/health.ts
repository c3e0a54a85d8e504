/** How a feed is, in a word that people see everywhere alike and a sentence that says what it means. Pure: (state, now) → health. */
import { unreachable } from '../assert.ts';
import type { LookFailure } from '../feed/outcome.ts';
import { limits } from '../limits.ts';
import { DAY, type Instant } from '../time.ts';
import type { FeedState } from './feed-state.ts';
import { isSlow } from './latency.ts';
import type { Rate } from './rate.ts';

export type HealthKind =
  | 'not looked at yet'
  /** Read, and something new within the last day. */
  | 'fine'
  /** Read, and nothing new for longer, which is no wonder at its rate. */
  | 'unchanged'
  /** Read, and nothing new for longer than its own rate lets expect. */
  | 'quiet'
  /** Read, and takes long to answer. */
  | 'slow'
  | 'failing'
  /** Somebody is there and does not let us in. */
  | 'blocked'
  | 'not a feed'
  /** Read at another address than the watch file has. */
  | 'moved'
  /** Read, and what came under new names is not taken for news yet. */
  | 'held back'
  | 'gone'
  /** Its address may not be asked. */
  | 'refused';

/** The words for a feed that cannot be read, or not to its end. */
export const failingKinds: ReadonlySet<HealthKind> = new Set(['failing', 'blocked', 'not a feed', 'gone', 'refused']);

export interface Health {
  readonly kind: HealthKind;
  /** Since when it is so; null where that is not known. */
  readonly since: Instant | null;
  /** What is known beyond the word, and what to do; without times. Null when there is nothing to add. */
  readonly sentence: string | null;
}

export function healthOf(state: FeedState | null, now: Instant): Health {
  const looked = state === null ? null : foundHealth(state);
  if (state === null || looked === null) return { kind: 'not looked at yet', since: null, sentence: null };
  if (looked.kind !== 'fine' && looked.kind !== 'slow') return looked;
  const newsAt = state.newsAt ?? state.firstReadAt ?? now;
  if (now >= quietAt(state)) return { kind: 'quiet', since: newsAt, sentence: quietSentence(state.rate) };
  if (looked.kind === 'slow') return looked;
  return { kind: now - newsAt > DAY ? 'unchanged' : 'fine', since: newsAt, sentence: null };
}

/** What a look found, of which a turn is remembered: not what comes of itself as time goes by. Null: never looked at. */
export function foundHealth(state: FeedState): Health | null {
  const { failing, held, moved } = state;
  if (failing !== null) {
    const kind = kindOf(failing.why);
    const sentence =
      failing.endedAt !== undefined
        ? `${failing.detail} It said so twice, a day apart, and is asked no longer: take it out of the watch file.`
        : failing.detail;
    return { kind, since: failing.since, sentence };
  }
  if (state.firstReadAt === null) return null;
  if (held !== null) return { kind: 'held back', since: held.since, sentence: heldSentence(held.entries) };
  if (moved?.settled) {
    return { kind: 'moved', since: moved.since, sentence: `Write its new address into the watch file: ${moved.to}` };
  }
  const since = state.turns.at(-1)?.at ?? state.firstReadAt;
  if (isSlow(state))
    return { kind: 'slow', since, sentence: `It takes longer than ${limits.slowLookSeconds} seconds to answer.` };
  return { kind: 'fine', since, sentence: null };
}

/** Whether it gives nothing, or not all of it: what a receipt counts as not read. */
export function isFailing(state: FeedState | null): boolean {
  return state !== null && state.failing !== null;
}

/**
 * From when on its silence is longer than chance: by then `limits.quietEntries` were to be expected. The rate counts as it
 * was at the last entry, for silence lowers it.
 */
export function quietAt({ newsAt, firstReadAt, rate }: FeedState): Instant {
  const days = rate === null || rate.perDay === 0 ? limits.quietDaysMax : limits.quietEntries / rate.perDay;
  const bounded = Math.min(Math.max(days, limits.quietDaysMin), limits.quietDaysMax);
  return (newsAt ?? firstReadAt ?? 0) + bounded * DAY;
}

function kindOf(why: LookFailure): HealthKind {
  switch (why) {
    case 'not allowed':
      return 'refused';
    case 'blocked':
    case 'gone':
    case 'not a feed':
      return why;
    case 'unreachable':
    case 'timeout':
    case 'not found':
    case 'server error':
    case 'bad answer':
    case 'too large':
    case 'cut off':
    case 'unreadable':
      return 'failing';
    default:
      return unreachable(why);
  }
}

function quietSentence(rate: Rate | null): string {
  if (rate === null || rate.perDay === 0) return 'It answers, and has had nothing new since.';
  return `It answers, and has had nothing new since, where ${rhythm(rate.perDay)} was usual.`;
}

/** `some 12 a day`, `some 3 a week`, `one in 20 days` */
export function rhythm(perDay: number): string {
  if (perDay >= 1) return `some ${Math.round(perDay)} a day`;
  if (perDay * 7 >= 1) return `some ${Math.round(perDay * 7)} a week`;
  return `one in ${Math.round(1 / perDay)} days`;
}

function heldSentence(entries: number): string {
  return (
    `${entries} articles that were known came back under new names. They are not sent again. ` +
    `If they keep the new names for ${limits.heldHours} hours, these are taken over, and what was rewritten is held against the watches.`
  );
}
