/** People of a simulated town who choose digests and editions themselves, as the pages would do it for them. */
import type { Profile, Subscription } from '../../shared/delivery/consent.ts';
import { type Edition, editionFor } from '../../shared/delivery/edition.ts';
import { joinEdition } from '../../shared/store/editions.ts';
import { peopleKeys } from '../../shared/store/keys.ts';
import { newProfile } from '../../shared/store/person-rows.ts';
import { moveProfile, subscriberId, subscriptionOf } from '../../shared/store/subscribers.ts';
import type { Instant } from '../../shared/time.ts';
import type { Digest, Schedule } from '../../shared/watch/config.ts';
import { parseWhen } from '../../shared/watch/when.ts';
import type { Item, Table } from '../../shared/world.ts';
import { testKeys } from './test-keys.ts';

export function when(text: string): Schedule {
  const read = parseWhen(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.schedule;
}

/** The edition that somebody gets who says so. */
export const edition = (digest: Digest, said: string | null, zone: string | null = null): Edition =>
  editionFor(digest, said === null ? null : when(said), zone);

export const idOfReader = (address: string) => subscriberId(address, testKeys);

/** Confirms, or changes to another edition: what a click on the pages leads to. */
export async function choose(people: Table, address: string, to: Edition, now: Instant): Promise<void> {
  const subscriber = idOfReader(address);
  const profile: Profile = { ...newProfile(subscriber, address, 1, now), state: 'confirmed' };
  await moveProfile(people, null, profile);
  const before = await subscription(people, address, to.digest);
  const left = before === null ? [] : [...before.left, { edition: before.edition, at: now }];
  const after: Subscription = {
    subscriber,
    digest: to.digest,
    state: 'confirmed',
    by: 'person',
    version: before?.version ?? 1,
    since: now,
    edition: to.id,
    left,
    when: to.when,
    rev: 0,
  };
  const joined = await joinEdition(people, to, { before, after }, now);
  if (joined !== 'joined') throw new Error(joined);
}

export const subscription = (people: Table, address: string, digest: string): Promise<Subscription | null> =>
  subscriptionOf(people, idOfReader(address), digest);

/** Ends or begins consent without a word to anybody else. */
export async function setState(
  people: Table,
  address: string,
  digest: string,
  state: Subscription['state'],
): Promise<void> {
  const stored = await subscription(people, address, digest);
  if (stored === null) throw new Error('nobody is subscribed');
  await people.put({ ...stored, state, ...peopleKeys.subscription(idOfReader(address), digest) } as unknown as Item);
}
