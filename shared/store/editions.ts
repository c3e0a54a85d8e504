/**
 * Editions that people chose. The list stands in `people`, beside who reads them; the digest function keeps a copy in
 * `news`, without any person, for the poll, which notes each hit for each of them.
 *
 * A sign-up writes the reader's row, then the edition's, then the subscription: whoever finds a subscription finds the
 * other two, and whoever ends an edition that nobody reads, on condition of its `rev`, sees that somebody came.
 */
import { assert } from '../assert.ts';
import type { Subscription } from '../delivery/consent.ts';
import { type Edition, isOwn } from '../delivery/edition.ts';
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import type { Item, Table, Value } from '../world.ts';
import { expiresAt, peopleKeys } from './keys.ts';
import { addReader } from './readers.ts';
import { moveSubscription } from './subscribers.ts';
import { queryAll } from './whole.ts';

/** As it stands in `people`. */
export interface ChosenEdition extends Edition {
  /** When this life of it began. */
  readonly since: Instant;
  /** Rises with each sign-up, and when it ends. */
  readonly rev: number;
}

/** The editions of a digest that somebody chose and that have not ended. */
export async function chosenEditions(people: Table, digest: string): Promise<readonly ChosenEdition[]> {
  const chosen: ChosenEdition[] = [];
  for await (const item of queryAll(people, { pk: peopleKeys.edition(digest, '').pk })) {
    if (item.ended !== true) chosen.push(editionOf(item));
  }
  return chosen;
}

/**
 * Gives a person a digest in an edition. The one way to write a subscription with a new edition, whoever does it.
 *
 * @param change.before the subscription as it was read; null when there was none
 * @param change.after of this edition; the one it had before belongs into `left`
 * @returns `full` when the digest has as many editions as it may have and this would be one more; `changed` when somebody
 *   else changed the subscription since it was read. Nothing is subscribed then.
 */
export async function joinEdition(
  people: Table,
  edition: Edition,
  change: { readonly before: Subscription | null; readonly after: Subscription },
  now: Instant,
): Promise<'joined' | 'full' | 'changed'> {
  const { before, after } = change;
  assert(after.edition === edition.id && after.digest === edition.digest, 'a subscription is of its edition');
  if (!(await hasRoomFor(people, edition))) return 'full';
  await addReader(people, edition.id, after.subscriber, now);
  await openEdition(people, edition, now);
  return (await moveSubscription(people, before, after)) ? 'joined' : 'changed';
}

async function hasRoomFor(people: Table, edition: Edition): Promise<boolean> {
  if (isOwn(edition)) return true;
  const chosen = await chosenEditions(people, edition.digest);
  return chosen.length < limits.editionsPerDigestMax || chosen.some(({ id }) => id === edition.id);
}

/** Begins an edition, or a new life of one that had ended; one that lives is marked as chosen once more. */
async function openEdition(people: Table, edition: Edition, now: Instant): Promise<void> {
  if (isOwn(edition)) return;
  const { digest, id, when, zone } = edition;
  const key = peopleKeys.edition(digest, id);
  for (let attempt = 0; attempt < limits.conflictsMax; attempt++) {
    const stored = await people.get(key);
    const rev = 1 + (stored === null ? 0 : Number(stored.rev));
    const lives = stored !== null && stored.ended !== true;
    const { since, life } = lives ? editionOf(stored) : { since: now, life: rev };
    const row = { ...key, when: when as unknown as Value, zone, since, life, rev };
    if (await people.putIf(row, stored === null ? 'absent' : { rev: rev - 1 })) return;
  }
  throw new Error('an edition could not be opened; others kept changing it');
}

/**
 * Ends an edition that nobody reads.
 *
 * @param edition as it was read before it was seen that it has no readers
 * @returns false when somebody chose it since
 */
export async function endEdition(people: Table, edition: ChosenEdition, now: Instant): Promise<boolean> {
  const { digest, id, when, zone, since, life, rev } = edition;
  const row = { ...peopleKeys.edition(digest, id), when: when as unknown as Value, zone, since, life, rev: rev + 1 };
  return people.putIf({ ...row, ended: true, expires: expiresAt(now, limits.endedEditionDays) }, { rev });
}

function editionOf({ pk, sk, when, zone, since, rev, life }: Item): ChosenEdition {
  return {
    id: sk,
    digest: pk.slice(peopleKeys.edition('', '').pk.length),
    when: when as unknown as Edition['when'],
    zone: String(zone),
    since: Number(since),
    rev: Number(rev),
    life: Number(life ?? 1),
  };
}
