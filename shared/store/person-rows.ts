/** The rows of a person as they are read, and how a new one begins. */
import type { Profile, Subscription, Suppression } from '../delivery/consent.ts';
import type { Instant } from '../time.ts';
import type { Item } from '../world.ts';

/** @param version above every version that links to this person were made with */
export function newProfile(subscriber: string, address: string, version: number, now: Instant): Profile {
  return {
    subscriber,
    address,
    state: 'pending',
    pausedUntil: null,
    zone: null,
    version,
    since: now,
    asked: null,
    answered: null,
    lettersAt: [],
    rev: 0,
  };
}

/** What an older Watchword did not store has the meaning that it had then. */
export function profileIn(item: Item): Profile {
  const { pk: _, sk: __, expires: ___, ...given } = item;
  const subscriber = item.pk.slice(item.pk.indexOf('#') + 1);
  const { address, since } = given as unknown as Profile;
  return { ...newProfile(subscriber, address, 1, since), state: 'confirmed', ...given } as Profile;
}

export function subscriptionIn(item: Item): Subscription {
  const { pk: _, sk: __, ...given } = item;
  const { digest } = given as unknown as Subscription;
  return { by: 'operator', edition: digest, left: [], when: null, rev: 0, ...given } as unknown as Subscription;
}

export function suppressionIn({ pk: _, sk: __, ...given }: Item): Suppression {
  return given as unknown as Suppression;
}
