/** The yes behind the link of a confirmation mail: what was asked for becomes subscriptions. */
import type { Asked, Profile, Subscription } from '../delivery/consent.ts';
import type { Claim } from '../delivery/token.ts';
import { limits } from '../limits.ts';
import { DAY, type Instant } from '../time.ts';
import type { Digest } from '../watch/config.ts';
import type { Table } from '../world.ts';
import { peopleKeys } from './keys.ts';
import { moveProfile, profileOf, subscriptionsOf, suppressionOf } from './subscribers.ts';
import { begin, mustHold, persistently } from './subscribing.ts';

export interface Confirmed {
  /** Ids of what was asked for and is subscribed, in the order of the config. */
  readonly digests: readonly string[];
}

/** What the button would begin, or has begun; null for a link without use. Nothing is changed. */
export async function confirmable(
  people: Table,
  claim: Claim,
  digests: readonly Digest[],
  now: Instant,
): Promise<Confirmed | null> {
  const asking = await askingOf(people, claim, digests, now);
  if (asking === null) return null;
  return 'answered' in asking ? asking.answered : { digests: asking.wanted.map(({ id }) => id) };
}

/**
 * Again, or in two tabs at once, it is one consent and the same answer. What was ended after it was asked for does not
 * begin again.
 *
 * @returns null when the link is older than a newer sign-up, or what it began has ended
 */
export async function confirm(
  people: Table,
  claim: Claim,
  digests: readonly Digest[],
  now: Instant,
): Promise<Confirmed | null> {
  return persistently(async () => {
    const asking = await askingOf(people, claim, digests, now);
    if (asking === null) return null;
    if ('answered' in asking) return asking.answered;
    const { asked, wanted, subscriptions } = asking;
    let { profile } = asking;
    if (!subscriptions.some(({ state }) => state === 'confirmed')) {
      // Before the subscriptions: should this process die between them, links from before are over already.
      const anew = beginningAnew(profile, subscriptions, asked, now);
      mustHold(await moveProfile(people, profile, anew));
      profile = { ...anew, rev: profile.rev + 1 };
    }
    for (const digest of wanted) {
      await begin(people, profile, digest, { when: asked.when, zone: profile.zone, askedAt: asked.at }, now);
    }
    await mailIsToBeHad(people, profile.subscriber);
    mustHold(await moveProfile(people, profile, { ...profile, asked: null, answered: asked.at, lettersAt: [] }));
    return { digests: wanted.map(({ id }) => id) };
  });
}

type Asking =
  | { readonly answered: Confirmed }
  | {
      readonly profile: Profile;
      readonly subscriptions: readonly Subscription[];
      readonly asked: Asked;
      /** What was asked for, is still there, and was not ended since. */
      readonly wanted: readonly Digest[];
    };

async function askingOf(people: Table, claim: Claim, digests: readonly Digest[], now: Instant): Promise<Asking | null> {
  const profile = await profileOf(people, claim.subject);
  if (profile === null) return null;
  const { asked } = profile;
  const subscriptions = await subscriptionsOf(people, profile.subscriber);
  const of = ({ id }: Digest) => subscriptions.find(({ digest }) => digest === id);
  if (asked === null || asked.at !== claim.version) {
    if (profile.answered !== claim.version) return null;
    const goesOn = digests.filter((digest) => of(digest)?.state === 'confirmed').map(({ id }) => id);
    return goesOn.length === 0 ? null : { answered: { digests: goesOn } };
  }
  if (now - asked.at > limits.confirmDays * DAY) return null;
  const suppression = await suppressionOf(people, profile.subscriber);
  if (suppression !== null && suppression.cause !== 'unreachable') return null;
  const wanted = digests.filter((digest) => {
    const before = of(digest);
    const endedSince = before?.state === 'unsubscribed' && before.since > asked.at;
    return asked.digests.includes(digest.id) && !endedSince;
  });
  return wanted.length === 0 ? null : { profile, subscriptions, asked, wanted };
}

/** Of who had ended everything, links from before are over; who never had anything has none. */
function beginningAnew(profile: Profile, ended: readonly Subscription[], asked: Asked, now: Instant): Profile {
  const version =
    ended.length === 0 ? profile.version : Math.max(profile.version, ...ended.map((each) => each.version)) + 1;
  return { ...profile, state: 'confirmed', version, since: now, zone: asked.zone, pausedUntil: null };
}

/** That somebody opened a letter shows that mail arrives there again. */
async function mailIsToBeHad(people: Table, subscriber: string): Promise<void> {
  if ((await suppressionOf(people, subscriber))?.cause !== 'unreachable') return;
  await people.delete(peopleKeys.suppression(subscriber));
  await people.delete(peopleKeys.bounces(subscriber));
}
