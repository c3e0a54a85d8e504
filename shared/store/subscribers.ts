/** Who gets what: people, their subscriptions, and addresses that must be left alone. */
import { createHmac } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Profile, Subscription, Suppression } from '../delivery/consent.ts';
import type { Keys } from '../delivery/token.ts';
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import type { Digest } from '../watch/config.ts';
import type { Condition, Item, Key, Table, Value } from '../world.ts';
import { carryOver } from './former-names.ts';
import { expiresAt, peopleKeys } from './keys.ts';
import { newProfile, profileIn, subscriptionIn, suppressionIn } from './person-rows.ts';
import { addNamedReader } from './readers.ts';
import { queryAll } from './whole.ts';

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
 * who has unsubscribed since, or was erased, stays so.
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
    await confirmOne(people, { address, subscriber, by: 'operator' }, digest, now);
    subscribers.push(subscriber);
  }
  return [...new Set(subscribers)];
}

/** What the operator's word led to; only `added` changed anything. */
export type OperatorsWord = 'added' | 'subscribed before' | 'unsubscribed' | 'erased' | Suppression['cause'];

/** One address for one digest, by the operator's word: it begins what never was, and never what a person has ended. */
export async function confirmOne(
  people: Table,
  { address, subscriber, by }: { address: string; subscriber: string; by: 'operator' | 'added' },
  digest: Digest,
  now: Instant,
): Promise<OperatorsWord> {
  const before = await profileOf(people, subscriber);
  if (before === null) {
    if ((await people.get(peopleKeys.erasure(subscriber))) !== null) return 'erased';
    await carryOver(people, address, subscriber);
  }
  if (before === null || before.state === 'pending') {
    await moveProfile(people, before, {
      ...(before ?? newProfile(subscriber, address, 1, now)),
      state: 'confirmed',
      since: now,
    });
  }
  const suppression = await suppressionOf(people, subscriber);
  if (suppression !== null) return suppression.cause;
  const known = await subscriptionOf(people, subscriber, digest.id);
  if (known !== null) return known.state === 'confirmed' ? 'subscribed before' : 'unsubscribed';
  await addNamedReader(people, digest.id, subscriber, now);
  await moveSubscription(people, null, {
    subscriber,
    digest: digest.id,
    state: 'confirmed',
    by,
    version: Math.max(1, before?.version ?? 1),
    since: now,
    edition: digest.id,
    left: [],
    when: null,
    rev: 0,
  });
  return 'added';
}

export async function profileOf(people: Table, subscriber: string): Promise<Profile | null> {
  const item = await people.get(peopleKeys.subscriber(subscriber));
  return item === null ? null : profileIn(item);
}

/**
 * @param before as it was read; null when there was none
 * @returns false when somebody changed it meanwhile
 */
export async function moveProfile(people: Table, before: Profile | null, after: Profile): Promise<boolean> {
  // Who never confirmed is forgotten by itself.
  const expires = expiresAt(after.asked?.at ?? after.since, limits.confirmDays);
  const row = { ...after, rev: (before?.rev ?? 0) + 1, ...(after.state === 'pending' && { expires }) };
  return people.putIf(itemOf(row, peopleKeys.subscriber(after.subscriber)), unchanged(before));
}

export async function subscriptionOf(people: Table, subscriber: string, digest: string): Promise<Subscription | null> {
  const item = await people.get(peopleKeys.subscription(subscriber, digest));
  return item === null ? null : subscriptionIn(item);
}

/** All of a person, ended ones too. */
export async function subscriptionsOf(people: Table, subscriber: string): Promise<readonly Subscription[]> {
  const subscriptions: Subscription[] = [];
  const { pk, sk: prefix } = peopleKeys.subscription(subscriber, '');
  for await (const item of queryAll(people, { pk, prefix })) subscriptions.push(subscriptionIn(item));
  return subscriptions;
}

/**
 * @returns false when somebody changed it since `before` was read. Our own change, whose first answer was lost on the way, is
 *   told from that by what stands there.
 */
export async function moveSubscription(
  people: Table,
  before: Subscription | null,
  after: Subscription,
): Promise<boolean> {
  const row = { ...after, rev: (before?.rev ?? 0) + 1 };
  const key = peopleKeys.subscription(after.subscriber, after.digest);
  if (await people.putIf(itemOf(row, key), unchanged(before))) return true;
  const stored = await subscriptionOf(people, after.subscriber, after.digest);
  return stored !== null && isDeepStrictEqual(stored, row);
}

export async function suppressionOf(people: Table, subscriber: string): Promise<Suppression | null> {
  const item = await people.get(peopleKeys.suppression(subscriber));
  return item === null ? null : suppressionIn(item);
}

/** A graver cause takes the place of a lesser one, so that the order of notices is of no account. */
export async function suppress(people: Table, subscriber: string, suppression: Suppression): Promise<void> {
  const item = itemOf(suppression, peopleKeys.suppression(subscriber));
  if (await people.putIf(item, 'absent')) return;
  const graver = suppressionCauses.slice(suppressionCauses.indexOf(suppression.cause) + 1);
  for (const cause of graver) if (await people.putIf(item, { cause })) return;
}

/** From the gravest to the least. */
const suppressionCauses: readonly Suppression['cause'][] = ['complained', 'bounced', 'unreachable'];

function unchanged(before: { readonly rev: number } | null): Condition {
  return before === null ? 'absent' : { rev: before.rev === 0 ? null : before.rev };
}

function itemOf(value: object, key: Key): Item {
  return { ...(value as Record<string, Value>), ...key };
}
