/** Whether one reader may be mailed an issue, asked at the fan-out and right before the send; and the links that are theirs alone. */
import { mustNotMail, type Profile, type Subscription } from '../shared/delivery/consent.ts';
import { type Keys, tokenOf } from '../shared/delivery/token.ts';
import type { Issue } from '../shared/digest/issue.ts';
import type { Standing } from '../shared/store/readers.ts';
import { subscriberId } from '../shared/store/subscribers.ts';
import type { Instant } from '../shared/time.ts';
import type { Digest } from '../shared/watch/config.ts';

/** The part of a world that knows whom the operator names. */
export interface NamingWorld {
  readonly config: { readonly digests: readonly Pick<Digest, 'id' | 'to'>[] };
  readonly links: { readonly keys: Pick<Keys, 'identity'> };
}

/** The cause for which this reader must not be mailed at this moment, or null when they may. */
export function causeAgainst(
  world: NamingWorld,
  { profile, subscription, suppression }: Standing,
  now: Instant,
): string | null {
  const cause = mustNotMail(profile, subscription, suppression, now);
  if (cause !== null || subscription === null) return cause;
  return isLive(world, subscription) ? null : 'no longer named';
}

/** Whether it has not ended. The operator's word holds as long as it stands in the watch file. */
export function isLive(world: NamingWorld, { subscriber, digest, state, by }: Subscription): boolean {
  if (state !== 'confirmed') return false;
  if (by !== 'operator') return true;
  const named = world.config.digests.find(({ id }) => id === digest)?.to ?? [];
  return named.some((address) => subscriberId(address, world.links.keys) === subscriber);
}

/** The links of a mail, each of which does one thing for this one reader. */
export function linksFor(
  issue: Pick<Issue, 'digest' | 'edition' | 'number'>,
  profile: Profile,
  subscription: Subscription,
  { base, keys }: { readonly base: string; readonly keys: Keys },
) {
  const { subscriber } = subscription;
  const { digest } = issue;
  const unsubscribe = { action: 'unsubscribe', subject: subscriber, digest, version: subscription.version } as const;
  const preferences = { action: 'preferences', subject: subscriber, digest: null, version: profile.version } as const;
  const inBrowser = { action: 'issue', subject: issue.edition, digest: null, version: issue.number } as const;
  return {
    unsubscribeUrl: `${base}/u/${tokenOf(unsubscribe, keys)}`,
    preferencesUrl: `${base}/p/${tokenOf(preferences, keys)}`,
    issueUrl: `${base}/i/${tokenOf(inBrowser, keys)}`,
  };
}
