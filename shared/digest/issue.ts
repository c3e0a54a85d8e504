/**
 * An issue is one frozen digest, like one number of a newspaper. What it holds is decided once, from what is pending and
 * not listed before, never by a window of time: a hit that is stored a moment later belongs to the next issue.
 */
import { assert } from '../assert.ts';
import { idOf } from '../id.ts';
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import type { Digest } from '../watch/config.ts';
import type { Receipt } from './receipt.ts';
import type { Slot } from './slot.ts';

export interface Issue {
  /** `idOf('issue', edition, number, slot)`: a slot comes again with another zone, a number with a table that was restored */
  readonly id: string;
  /** Id of the digest. */
  readonly digest: string;
  /** Id of the edition; the digest's own has the digest's id. */
  readonly edition: string;
  /** Rises by one from issue to issue of an edition; 0 only marks where a timed one starts. */
  readonly number: number;
  readonly slot: string;
  readonly slotAt: Instant;
  readonly frozenAt: Instant;
  /** What it lists, and what no other issue of the digest will. */
  readonly hits: readonly { readonly entry: string; readonly watch: string }[];
  readonly receipt: Receipt;
  /** How many entries of each feed (by its mark) had been scanned when it froze: the next receipt counts on from here. */
  readonly scanned: Readonly<Record<string, number>>;
  /** When the last issue before it froze that was sent; null when there was none. */
  readonly toldAt?: Instant | null;
  /** Whether mail goes out: an issue with nothing to tell may be silent and still closes its slot. */
  readonly sends: boolean;
  readonly finished: boolean;
}

/** What to do about a digest at this moment. */
export type Plan =
  /** Its time has not come, or nothing is to be told at once. */
  | { readonly kind: 'wait' }
  /** An edition with fixed times that never had an issue, or begins anew: its first comes at its next time. */
  | { readonly kind: 'start'; readonly slot: Slot; readonly number: number }
  | { readonly kind: 'freeze'; readonly slot: Slot; readonly number: number };

/** Whether the edition has had its issue of this slot, or of a later one: then nothing need be read to know what to do. */
export function isClosed(slot: Slot, last: Pick<Issue, 'slotAt'> | null): boolean {
  return last !== null && slot.at <= last.slotAt;
}

/**
 * Silence is planned too: a timed digest closes each of its slots, told or not, so that a hit found a moment later waits
 * for the next one; a digest that comes at once, or that an operator asks for, comes only when there is something to tell.
 *
 * @param of what comes when; the digest, or an edition of it
 * @param last the newest issue, finished; null when there was none
 * @param slot the latest slot of the digest, or this very moment when an operator asks
 * @param asked whether an operator asks for an issue now, whatever the schedule
 * @param pending whether anything waits to be told
 * @param bornAt when people chose the edition; what was due before then is none of its issues
 */
export function planIssue(
  of: Pick<Digest, 'when' | 'empty'>,
  last: Pick<Issue, 'number' | 'slotAt'> | null,
  slot: Slot,
  asked: boolean,
  pending: boolean,
  bornAt: Instant = Number.NEGATIVE_INFINITY,
): Plan {
  if (isClosed(slot, last)) return { kind: 'wait' };
  if (asked) {
    const firstReceipt = last === null && of.empty === 'send';
    if (!pending && !firstReceipt) return { kind: 'wait' };
  } else if (of.when.kind === 'at once') {
    if (!pending) return { kind: 'wait' };
  } else if (last === null || slot.at < bornAt) {
    return { kind: 'start', slot, number: last === null ? 0 : last.number + 1 };
  }
  return { kind: 'freeze', slot, number: (last?.number ?? 0) + 1 };
}

/**
 * Freezes: all that this issue will ever say is fixed by its arguments.
 *
 * @param digest with what holds for the edition when there is nothing to tell
 * @param edition id of the edition that it is an issue of
 */
export function freeze(
  digest: Pick<Digest, 'id' | 'empty'>,
  plan: Extract<Plan, { kind: 'start' | 'freeze' }>,
  found: Pick<Issue, 'hits' | 'receipt' | 'scanned' | 'toldAt'>,
  now: Instant,
  edition: string = digest.id,
): Issue {
  const starts = plan.kind === 'start';
  const { number } = plan;
  const hits = starts ? [] : found.hits;
  assert(hits.length <= limits.hitsPerIssueMax, 'an issue fits into one item of the table');
  return {
    id: idOf('issue', edition, String(number), plan.slot.id),
    digest: digest.id,
    edition,
    number,
    slot: plan.slot.id,
    slotAt: plan.slot.at,
    frozenAt: now,
    hits,
    receipt: found.receipt,
    scanned: found.scanned,
    toldAt: found.toldAt ?? null,
    sends: !starts && (hits.length > 0 || digest.empty === 'send'),
    finished: false,
  };
}
