/**
 * An edition is a digest at one cadence in one zone. Issues are frozen, numbered and rendered once per edition, however
 * many people read it and however few chose it.
 */
import { idOf } from '../id.ts';
import type { Instant } from '../time.ts';
import type { Digest, Schedule } from '../watch/config.ts';
import { sayWhen } from '../watch/when.ts';
import type { Subscription } from './consent.ts';

export interface Edition {
  /** The digest's own id for its own edition; else `idOf('edition', digest, when in words, zone)`. */
  readonly id: string;
  /** Id of the digest. */
  readonly digest: string;
  readonly when: Schedule;
  /** IANA name. */
  readonly zone: string;
  /**
   * Which life of the edition this is: one that nobody read any more ends, and begins anew when somebody chooses it again.
   * What was noted for an earlier life is not told in a later one.
   */
  readonly life: number;
}

/** The edition that the watch file defines. */
export function ownEdition({ id, when, zone }: Pick<Digest, 'id' | 'when' | 'zone'>): Edition {
  return { id, digest: id, when, zone, life: 1 };
}

/**
 * The edition for a person's choice.
 *
 * @param when null for the digest's own times
 * @param zone null for the digest's own zone
 * @returns the digest's own edition when the choice comes to the same
 */
export function editionFor(
  digest: Pick<Digest, 'id' | 'when' | 'zone'>,
  when: Schedule | null,
  zone: string | null,
): Edition {
  const own = ownEdition(digest);
  const chosen = { when: when ?? own.when, zone: zone ?? own.zone };
  const said = sayWhen(chosen.when);
  if (said === sayWhen(own.when) && chosen.zone === own.zone) return own;
  return { ...own, ...chosen, id: idOf('edition', digest.id, said, chosen.zone) };
}

/** Every edition of a digest: its own, then those that people chose, always in the same order. */
export function editionsOf(
  digest: Pick<Digest, 'id' | 'when' | 'zone'>,
  chosen: readonly Edition[],
): readonly Edition[] {
  return [ownEdition(digest), ...chosen.toSorted((a, b) => (a.id < b.id ? -1 : 1))];
}

export function isOwn({ id, digest }: Pick<Edition, 'id' | 'digest'>): boolean {
  return id === digest;
}

/**
 * Whether an issue of this edition goes out with nothing to tell. What the operator wants of a daily digest would be a
 * nuisance to who chose to hear of it every hour.
 */
export function emptyOf(edition: Edition, digest: Pick<Digest, 'empty'>): Digest['empty'] {
  return isOwn(edition) || edition.when.kind === 'times' ? digest.empty : 'skip';
}

/**
 * Whether an issue of this edition is one that the subscription is owed: it is of the edition that they read, or of one that
 * they left when no later issue had frozen than the one before it. So whoever leaves gets what had frozen by then, and one
 * issue more, with all that the edition had noted and not told.
 *
 * @param before when the issue before it froze; null when there was none
 */
export function isOwed(
  subscription: Pick<Subscription, 'edition' | 'left'>,
  edition: string,
  before: Instant | null,
): boolean {
  if (subscription.edition === edition) return true;
  return subscription.left.some((each) => each.edition === edition && (before === null || before <= each.at));
}

/** What the pending hits of this life of the edition are filed under. */
export function shelfOf({ id, life }: Pick<Edition, 'id' | 'life'>): string {
  return life === 1 ? id : `${id}~${life}`;
}
