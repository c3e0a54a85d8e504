/**
 * Whether a person wants a digest. Asked when an issue is fanned out, and again right before each send.
 *
 * ```
 * (nobody) ─asks→ pending ─confirms→ confirmed ⇄ paused
 *                                        └─→ unsubscribed ─asks and confirms again→ confirmed
 *          any of them ─→ erased (the rows are gone; a suppression stays)
 * ```
 */
import type { Instant } from '../time.ts';
import type { Schedule } from '../watch/config.ts';

/** What is kept of a person beside their subscriptions. */
export interface Profile {
  readonly subscriber: string;
  /** As it was written when it was confirmed, or last asked for. */
  readonly address: string;
  /** `pending` until the first confirmation, or the operator's word. */
  readonly state: 'pending' | 'confirmed';
  /** No mail before this instant; null when not paused. */
  readonly pausedUntil: Instant | null;
  /** IANA zone that the person's times are told in; null for the zone of each digest. */
  readonly zone: string | null;
  /** Rises with each confirmation, so that links from before an erasure or a new beginning have no use. */
  readonly version: number;
  readonly since: Instant;
  /** What was asked for and waits for its confirmation; null when nothing does. */
  readonly asked: Asked | null;
  /** When confirmation mails were sent, the newest last: what caps them. */
  readonly lettersAt: readonly Instant[];
}

/** A sign-up that waits for its confirmation. */
export interface Asked {
  readonly digests: readonly string[];
  /** Null: as each digest comes. */
  readonly when: Schedule | null;
  readonly zone: string | null;
  readonly at: Instant;
}

export interface Subscription {
  readonly subscriber: string;
  readonly digest: string;
  /** `confirmed` by the person's click, or by the operator who put the address into the watch file. */
  readonly state: 'confirmed' | 'unsubscribed';
  readonly by: 'person' | 'operator';
  /** Rises with each new consent, so that a link from before cannot end it. */
  readonly version: number;
  readonly since: Instant;
  /** The edition (digest at a cadence, in a zone) whose issues it gets. The digest's own has the digest's id. */
  readonly edition: string;
  /** Editions that it left, and when: of each it gets one more issue, so that no hit falls between two. */
  readonly left: readonly { readonly edition: string; readonly at: Instant }[];
}

/** Why an address must not be mailed by anybody here. */
export interface Suppression {
  readonly cause: 'bounced' | 'complained' | 'unreachable';
  readonly since: Instant;
}

/** The cause for which this mail must not be sent at this moment, or null when it may. */
export function mustNotMail(
  profile: Profile | null,
  subscription: Subscription | null,
  suppression: Suppression | null,
  now: Instant,
): string | null {
  if (suppression !== null) return suppression.cause;
  if (profile === null) return 'erased';
  if (subscription === null) return 'not subscribed';
  if (subscription.state !== 'confirmed') return subscription.state;
  return profile.pausedUntil !== null && now < profile.pausedUntil ? 'paused' : null;
}
