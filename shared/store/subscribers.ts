/** Who gets what: people, their subscriptions, and addresses that must be left alone. */
import { createHmac } from 'node:crypto';
import type { Profile, Subscription, Suppression } from '../delivery/consent.ts';
import type { Keys } from '../delivery/token.ts';
import type { Instant } from '../time.ts';
import type { Digest } from '../watch/config.ts';
import type { Item, Key, Table, Value } from '../world.ts';
import { peopleKeys } from './keys.ts';
import { addNamedReader } from './readers.ts';

/**
 * The same person whatever the case of the address; ASCII folding only, so no look-alike becomes somebody else. A keyed
 * hash: what is left of somebody who was erased names nobody to who has not the key.
 */
export function subscriberId(address: string, { identity }: Pick<Keys, 'identity'>): string {
  const folded = address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return createHmac('sha256', identity).update(folded).digest('base64url').slice(0, 16);
}

/**
 * The recipients that the watch file names for a digest. Their first sight is their confirmation, by the operator's word;
 * who has unsubscribed since stays so.
 */
export async function confirmByOperator(
  people: Table,
  digest: Digest,
  keys: Pick<Keys, 'identity'>,
  now: Instant,
): Promise<readonly string[]> {
  const subscribers: string[] = [];
  for (const address of digest.to) {
    const subscriber = subscriberId(address, keys);
    const profile: Profile = {
      subscriber,
      address,
      state: 'confirmed',
      pausedUntil: null,
      zone: null,
      version: 1,
      since: now,
      asked: null,
      lettersAt: [],
    };
    await people.putIf(itemOf(profile, peopleKeys.subscriber(subscriber)), 'absent');
    await addNamedReader(people, digest.id, subscriber, now);
    const subscription: Subscription = {
      subscriber,
      digest: digest.id,
      state: 'confirmed',
      by: 'operator',
      version: 1,
      since: now,
      edition: digest.id,
      left: [],
    };
    await people.putIf(subscriptionItem(subscription), 'absent');
    subscribers.push(subscriber);
  }
  return [...new Set(subscribers)];
}

export async function profileOf(people: Table, subscriber: string): Promise<Profile | null> {
  return stored<Profile>(await people.get(peopleKeys.subscriber(subscriber)));
}

export async function subscriptionOf(people: Table, subscriber: string, digest: string): Promise<Subscription | null> {
  return stored<Subscription>(await people.get(peopleKeys.subscription(subscriber, digest)));
}

/**
 * Ends one consent. A link from before a newer consent ends nothing.
 *
 * @returns whether the subscription is now ended, by this call or before
 */
export async function unsubscribe(
  people: Table,
  subscriber: string,
  digest: string,
  version: number,
  now: Instant,
): Promise<boolean> {
  const subscription = await subscriptionOf(people, subscriber, digest);
  if (subscription === null || subscription.version !== version) return false;
  if (subscription.state === 'unsubscribed') return true;
  return people.putIf(subscriptionItem({ ...subscription, state: 'unsubscribed', since: now }), { version });
}

export async function suppressionOf(people: Table, subscriber: string): Promise<Suppression | null> {
  return stored<Suppression>(await people.get(peopleKeys.suppression(subscriber)));
}

/** The first cause stays: what comes later adds nothing. */
export async function suppress(people: Table, subscriber: string, suppression: Suppression): Promise<void> {
  await people.putIf(itemOf(suppression, peopleKeys.suppression(subscriber)), 'absent');
}

function subscriptionItem(subscription: Subscription): Item {
  return itemOf(subscription, peopleKeys.subscription(subscription.subscriber, subscription.digest));
}

function itemOf(value: object, key: Key): Item {
  return { ...(value as Record<string, Value>), ...key };
}

function stored<T>(item: Item | null): T | null {
  if (item === null) return null;
  const { pk: _, sk: __, ...value } = item;
  return value as unknown as T;
}
