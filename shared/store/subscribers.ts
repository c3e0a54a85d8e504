/** Who gets what: people, their subscriptions, and addresses that must be left alone. */
import type { Subscription, Suppression } from '../delivery/consent.ts';
import { idOf } from '../id.ts';
import type { Instant } from '../time.ts';
import type { Digest } from '../watch/config.ts';
import type { Item, Table, Value } from '../world.ts';
import { peopleKeys } from './keys.ts';

/** The same person whatever the case of the address; ASCII folding only, so no look-alike becomes somebody else. */
export function subscriberId(address: string): string {
  return idOf(
    'subscriber',
    address.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  );
}

/**
 * The recipients that the watch file names for a digest. Their first sight is their confirmation, by the operator's word;
 * who has unsubscribed since stays so.
 */
export async function confirmByOperator(people: Table, digest: Digest, now: Instant): Promise<readonly string[]> {
  const subscribers: string[] = [];
  for (const address of digest.to) {
    const subscriber = subscriberId(address);
    await people.putIf({ ...peopleKeys.subscriber(subscriber), address, since: now }, 'absent');
    await people.putIf(
      subscriptionItem({ subscriber, digest: digest.id, state: 'confirmed', version: 1, since: now }),
      'absent',
    );
    subscribers.push(subscriber);
  }
  return [...new Set(subscribers)];
}

export async function addressOf(people: Table, subscriber: string): Promise<string | null> {
  const item = await people.get(peopleKeys.subscriber(subscriber));
  return typeof item?.address === 'string' ? item.address : null;
}

export async function subscriptionOf(people: Table, subscriber: string, digest: string): Promise<Subscription | null> {
  const item = await people.get(peopleKeys.subscription(subscriber, digest));
  if (item === null) return null;
  const { pk: _, sk: __, ...subscription } = item;
  return subscription as unknown as Subscription;
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
  const item = await people.get(peopleKeys.suppression(subscriber));
  if (item === null) return null;
  const { pk: _, sk: __, ...suppression } = item;
  return suppression as unknown as Suppression;
}

/** The first cause stays: what comes later adds nothing. */
export async function suppress(people: Table, subscriber: string, suppression: Suppression): Promise<void> {
  await people.putIf(
    { ...(suppression as unknown as Record<string, Value>), ...peopleKeys.suppression(subscriber) },
    'absent',
  );
}

function subscriptionItem(subscription: Subscription): Item {
  return {
    ...(subscription as unknown as Record<string, Value>),
    ...peopleKeys.subscription(subscription.subscriber, subscription.digest),
  };
}
