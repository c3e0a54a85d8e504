/**
 * Erasing somebody: what remains is a keyed hash, that it was erased and when, and a suppression where there was one. The
 * marks are the list that is done again after a table was restored from before.
 */
import type { Claim } from '../delivery/token.ts';
import type { Instant } from '../time.ts';
import type { Item, Key, Table } from '../world.ts';
import { formerId } from './former-names.ts';
import { peopleKeys } from './keys.ts';
import { profileIn, subscriptionIn } from './person-rows.ts';
import { profileOf } from './subscribers.ts';
import { queryAll, writeAll } from './whole.ts';

export interface Erasure {
  readonly subscriber: string;
  readonly at: Instant;
  /** No link to this person was made with a greater one. */
  readonly version: number;
}

/**
 * @param claim of a preferences link
 * @returns whether the person is erased, by this call or before; false for a link from before a new beginning
 */
export async function erase(people: Table, claim: Claim, now: Instant): Promise<boolean> {
  const profile = await profileOf(people, claim.subject);
  if (profile === null) {
    const erasure = await erasureOf(people, claim.subject);
    if (erasure === null || erasure.version < claim.version) return false;
    await eraseSubscriber(people, claim.subject, erasure.at); // one that was interrupted
    return true;
  }
  if (profile.state !== 'confirmed' || profile.version !== claim.version) return false;
  await eraseSubscriber(people, claim.subject, now);
  return true;
}

/** Marked first, so that nobody is half erased and forgotten; the profile goes next, for without it nobody is mailed. */
export async function eraseSubscriber(people: Table, subscriber: string, now: Instant): Promise<void> {
  const { pk } = peopleKeys.subscriber(subscriber);
  const rows = await whole(people, pk);
  const profile = rows.find(({ sk }) => sk === 'profile');
  const subscriptions = rows.filter(({ sk }) => sk.startsWith('digest#')).map(subscriptionIn);
  const before = await erasureOf(people, subscriber);
  const versions = [...subscriptions, ...(profile === undefined ? [] : [profileIn(profile)])].map(
    (each) => each.version,
  );
  const mark: Erasure = { subscriber, at: now, version: Math.max(0, before?.version ?? 0, ...versions) };
  await people.put({ ...mark, ...peopleKeys.erasure(subscriber) });
  if (profile !== undefined) {
    await people.delete(profile);
    await eraseFormer(people, profileIn(profile).address);
  }
  for (const { edition, left } of subscriptions) {
    for (const id of [edition, ...left.map((each) => each.edition)])
      await people.delete(peopleKeys.reader(id, subscriber));
  }
  await drop(people, rows);
}

/** What an older Watchword kept of this address. */
export async function eraseFormer(people: Table, address: string): Promise<void> {
  await drop(people, await whole(people, peopleKeys.subscriber(formerId(address)).pk));
}

export async function erasureOf(people: Table, subscriber: string): Promise<Erasure | null> {
  const item = await people.get(peopleKeys.erasure(subscriber));
  return item === null ? null : erasureIn(item);
}

export async function erasuresOf(people: Table): Promise<readonly Erasure[]> {
  const { pk } = peopleKeys.erasure('');
  return (await whole(people, pk)).map(erasureIn);
}

/**
 * Erases once more whom a restored table brought back; who has begun anew since is left alone.
 *
 * @returns whether there was anybody to erase
 */
export async function replayErasure(people: Table, erasure: Erasure): Promise<boolean> {
  const { subscriber, at, version } = erasure;
  const profile = await profileOf(people, subscriber);
  if (profile !== null && profile.version > version) return false;
  if (profile !== null) await eraseSubscriber(people, subscriber, at);
  const known = await erasureOf(people, subscriber);
  if (known === null || known.version < version) await people.put({ ...erasure, ...peopleKeys.erasure(subscriber) });
  return profile !== null;
}

export function erasureIn({ pk: _, sk: __, ...erasure }: Item): Erasure {
  return erasure as unknown as Erasure;
}

async function whole(people: Table, pk: string): Promise<readonly Item[]> {
  const rows: Item[] = [];
  for await (const row of queryAll(people, { pk })) rows.push(row);
  return rows;
}

async function drop(people: Table, rows: readonly Item[]): Promise<void> {
  const keys: Key[] = rows.filter(({ sk }) => sk !== 'suppressed').map(({ pk, sk }) => ({ pk, sk }));
  await writeAll(
    people,
    keys.map((key) => ({ delete: key })),
  );
}
