/**
 * Whom a fan-out asks for their consent: a row for each reader of an edition, and what stands of many people at once.
 * A row is only an index. It may be there without a subscription, never the other way round: it is written first.
 */
import type { Profile, Subscription, Suppression } from '../delivery/consent.ts';
import { limits } from '../limits.ts';
import { DAY, type Instant } from '../time.ts';
import type { Item, Key, Table } from '../world.ts';
import { expiresAt, peopleKeys } from './keys.ts';
import { profileIn, subscriptionIn, suppressionIn } from './person-rows.ts';
import { getAll } from './whole.ts';

export interface Reader {
  readonly subscriber: string;
  /** When they last chose the edition. */
  readonly since: Instant;
  /** Rises with each change of the row, so that who takes it away sees that somebody came back. */
  readonly rev: number;
}

/** Writes the reader's row, anew for one who comes back: whoever takes stale rows away then leaves it. */
export async function addReader(people: Table, edition: string, subscriber: string, now: Instant): Promise<void> {
  const key = peopleKeys.reader(edition, subscriber);
  for (let attempt = 0; attempt < limits.conflictsMax; attempt++) {
    const stored = await people.get(key);
    const row = { ...key, since: now, rev: 1 + (stored === null ? 0 : Number(stored.rev)) };
    if (await people.putIf(row, stored === null ? 'absent' : { rev: Number(stored.rev) })) return;
  }
  throw new Error('a reader could not be noted; somebody else kept changing the row');
}

/** The same for a reader whom the operator names: a row that is there, or was taken away, stays as it is. */
export async function addNamedReader(people: Table, edition: string, subscriber: string, now: Instant): Promise<void> {
  await people.putIf({ ...peopleKeys.reader(edition, subscriber), since: now, rev: 1 }, 'absent');
}

/** Takes a reader's row away, unless it was written again since it was read. What is left of it goes by itself. */
export async function dropReader(people: Table, edition: string, reader: Reader, now: Instant): Promise<void> {
  const key = peopleKeys.reader(edition, reader.subscriber);
  const rev = reader.rev + 1;
  await people.putIf({ ...key, since: now, rev, gone: true, expires: expiresAt(now, 1) }, { rev: reader.rev });
}

/**
 * A page of readers, in the order of their ids.
 *
 * @param after the reader that the page before ended with; null for the first page
 * @returns `next` is what to go on after; null when there is nobody left
 */
export async function readersOf(
  people: Table,
  edition: string,
  after: string | null,
  max: number,
): Promise<{ readonly readers: readonly Reader[]; readonly next: string | null }> {
  const readers: Reader[] = [];
  let last = after === null ? null : peopleKeys.reader(edition, after);
  do {
    const { pk } = peopleKeys.reader(edition, '');
    const limit = max - readers.length;
    const page: { items: readonly Item[]; next: Key | null } = await people.query(
      last === null ? { pk, limit } : { pk, limit, after: last },
    );
    readers.push(...page.items.filter(({ gone }) => gone !== true).map(readerOf));
    last = page.next;
  } while (last !== null && readers.length < max);
  return { readers, next: last?.sk ?? null };
}

/** What is known of a person as far as a mail of a digest is concerned. */
export interface Standing {
  readonly profile: Profile | null;
  readonly subscription: Subscription | null;
  readonly suppression: Suppression | null;
}

/** Of many people at once; of each of them there is one. */
export async function standingsOf(
  people: Table,
  digest: string,
  subscribers: readonly string[],
): Promise<(subscriber: string) => Standing> {
  const keys = subscribers.flatMap((subscriber) => [
    peopleKeys.subscriber(subscriber),
    peopleKeys.subscription(subscriber, digest),
    peopleKeys.suppression(subscriber),
  ]);
  const items = new Map((await getAll(people, keys)).map((item) => [`${item.pk} ${item.sk}`, item]));
  const read = <T>(as: (item: Item) => T, { pk, sk }: Key): T | null => {
    const item = items.get(`${pk} ${sk}`);
    return item === undefined ? null : as(item);
  };
  return (subscriber) => ({
    profile: read(profileIn, peopleKeys.subscriber(subscriber)),
    subscription: read(subscriptionIn, peopleKeys.subscription(subscriber, digest)),
    suppression: read(suppressionIn, peopleKeys.suppression(subscriber)),
  });
}

/** Whether a row may be taken away: nobody whose last change is older can still be owed an issue by a message under way. */
export function isStale(reader: Reader, { subscription }: Standing, now: Instant): boolean {
  const changes = [reader.since, subscription?.since ?? 0, ...(subscription?.left ?? []).map(({ at }) => at)];
  return now - Math.max(...changes) > limits.readerRowDays * DAY;
}

function readerOf({ sk, since, rev }: Item): Reader {
  return { subscriber: sk, since: Number(since), rev: Number(rev) };
}
