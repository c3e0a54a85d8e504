/** What a person says by the links in their mails: another choice, not for a while, no more. */
import { type Choice, maskedAddress, type Preferences, type Profile } from '../delivery/consent.ts';
import type { Claim } from '../delivery/token.ts';
import type { Instant } from '../time.ts';
import type { Digest } from '../watch/config.ts';
import type { Table } from '../world.ts';
import { presentNameOf } from './former-names.ts';
import { moveProfile, profileOf, subscriptionOf, subscriptionsOf, suppressionOf } from './subscribers.ts';
import { begin, end, mustHold, persistently } from './subscribing.ts';

/** What the preferences page shows; null for a link from before an erasure or a new beginning. */
export async function preferencesOf(people: Table, claim: Claim): Promise<Preferences | null> {
  const profile = await profileBehind(people, claim);
  if (profile === null) return null;
  const { address, zone, pausedUntil } = profile;
  const subscriptions = (await subscriptionsOf(people, profile.subscriber))
    .filter(({ state }) => state === 'confirmed')
    .map(({ digest, when, since }) => ({ digest, when, since }));
  return { maskedAddress: maskedAddress(address), zone, pausedUntil, subscriptions, over: subscriptions.length === 0 };
}

/**
 * Whoever is subscribed to anything may choose anew, without a second confirmation.
 *
 * @param digests of the config
 * @returns false for a link without use: once everything has ended, or mail came back, nothing begins by it
 */
export async function choose(
  people: Table,
  claim: Claim,
  choice: Choice,
  digests: readonly Digest[],
  now: Instant,
): Promise<boolean> {
  return persistently(async () => {
    const profile = await profileBehind(people, claim);
    if (profile === null) return false;
    const before = await subscriptionsOf(people, profile.subscriber);
    if (!before.some(({ state }) => state === 'confirmed')) return false;
    if ((await suppressionOf(people, profile.subscriber)) !== null) return false;
    const { zone } = choice;
    if (zone !== profile.zone) mustHold(await moveProfile(people, profile, { ...profile, zone }));
    // What begins comes first: were all ended for a moment, an attempt that is overtaken could not go on.
    for (const { digest: id, when } of choice.digests) {
      const digest = digests.find((known) => known.id === id);
      if (digest !== undefined) await begin(people, profile, digest, { when, zone, askedAt: null }, now);
    }
    for (const subscription of before) {
      if (!choice.digests.some(({ digest }) => digest === subscription.digest)) await end(people, subscription, now);
    }
    return true;
  });
}

/**
 * @param until no mail before it; null, or an instant that has passed, ends a pause
 * @returns false for a link without use
 */
export async function pause(people: Table, claim: Claim, until: Instant | null, now: Instant): Promise<boolean> {
  return persistently(async () => {
    const profile = await profileBehind(people, claim);
    if (profile === null) return false;
    const pausedUntil = until !== null && until > now ? until : null;
    if (pausedUntil !== profile.pausedUntil) mustHold(await moveProfile(people, profile, { ...profile, pausedUntil }));
    return true;
  });
}

/**
 * Ends the consent that an unsubscribe link belongs to, or all where it names no digest. A link from before a newer
 * consent ends nothing.
 *
 * @returns whether it has ended, by this call or before
 */
export async function unsubscribe(people: Table, claim: Claim, now: Instant): Promise<boolean> {
  const { subject, digest, version } = claim;
  if (digest === null) return unsubscribeAll(people, claim, now);
  const present = await presentNameOf(people, subject);
  if (present !== null && !(await unsubscribe(people, { ...claim, subject: present }, now))) return false;
  return persistently(async () => {
    const subscription = await subscriptionOf(people, subject, digest);
    if (subscription === null || subscription.version !== version) return false;
    await end(people, subscription, now);
    return true;
  });
}

/**
 * Ends everything, and what was asked for and not confirmed yet.
 *
 * @param claim of a preferences link, or of an unsubscribe link that names no digest
 * @returns false for a link from before an erasure or a new beginning
 */
export async function unsubscribeAll(people: Table, claim: Claim, now: Instant): Promise<boolean> {
  const profile = await profileBehind(people, claim);
  if (profile === null || claim.digest !== null) return false;
  await endSubscriptions(people, profile.subscriber, null, now);
  return true;
}

/**
 * Ends subscriptions, whoever has a right to, and with all of them what waits for a confirmation.
 *
 * @param digest null for all
 * @returns ids of the digests that ended by this call
 */
export async function endSubscriptions(
  people: Table,
  subscriber: string,
  digest: string | null,
  now: Instant,
): Promise<readonly string[]> {
  const ended = new Set<string>();
  await persistently(async () => {
    for (const each of await subscriptionsOf(people, subscriber)) {
      if (each.state === 'unsubscribed' || (digest !== null && each.digest !== digest)) continue;
      await end(people, each, now);
      ended.add(each.digest);
    }
    const profile = digest === null ? await profileOf(people, subscriber) : null;
    if (profile !== null && profile.asked !== null)
      mustHold(await moveProfile(people, profile, { ...profile, asked: null }));
  });
  return [...ended];
}

/** Who has confirmed once, by a link that is not from before. */
export async function profileBehind(people: Table, claim: Claim): Promise<Profile | null> {
  const profile = await profileOf(people, claim.subject);
  return profile?.state === 'confirmed' && profile.version === claim.version ? profile : null;
}
