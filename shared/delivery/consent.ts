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
  /** Rises when somebody who had ended everything, or was erased, begins again: links from before have no use. */
  readonly version: number;
  /** When the state was entered. */
  readonly since: Instant;
  /** What was asked for and waits for its confirmation; null when nothing does. */
  readonly asked: Asked | null;
  /** `at` of what was confirmed last: its button, pressed again, gets the same answer. */
  readonly answered: Instant | null;
  /** When letters were sent, the newest last: what caps them. */
  readonly lettersAt: readonly Instant[];
  /** Rises by one with each change; 0 for one that was stored before changes were counted. */
  readonly rev: number;
}

/** A sign-up that waits for its confirmation. A link confirms the one that has its `at`, and no other. */
export interface Asked {
  /** Ids. */
  readonly digests: readonly string[];
  /** Null: as each digest comes. */
  readonly when: Schedule | null;
  readonly zone: string | null;
  readonly at: Instant;
}

export interface Subscription {
  readonly subscriber: string;
  readonly digest: string;
  readonly state: 'confirmed' | 'unsubscribed';
  /** Whose consent it is: the person's click; the operator's word, as long as the watch file names them; or said once. */
  readonly by: 'person' | 'operator' | 'added';
  /** Rises with each new consent, so that a link from before cannot end it. */
  readonly version: number;
  readonly since: Instant;
  /** The edition (digest at a cadence, in a zone) whose issues it gets. The digest's own has the digest's id. */
  readonly edition: string;
  /** Editions that it left, and when: of each it gets one more issue, so that no hit falls between two. */
  readonly left: readonly { readonly edition: string; readonly at: Instant }[];
  /** When it comes by the person's own choice; null: as the digest comes. */
  readonly when: Schedule | null;
  /** Rises by one with each change; 0 for one that was stored before changes were counted. */
  readonly rev: number;
}

/** Why an address must not be mailed by anybody here. */
export interface Suppression {
  readonly cause: 'bounced' | 'complained' | 'unreachable';
  readonly since: Instant;
}

/** What a person may know and change by the link in their mails. */
export interface Preferences {
  /** Enough for the person to know it, too little for somebody to whom the link was passed on. */
  readonly maskedAddress: string;
  readonly zone: string | null;
  readonly pausedUntil: Instant | null;
  /** Those that have not ended. */
  readonly subscriptions: readonly Pick<Subscription, 'digest' | 'when' | 'since'>[];
  /** Nothing is subscribed any more: by this link nothing begins again, but data can be asked for and erased. */
  readonly over: boolean;
}

/** What somebody wants from now on. */
export interface Choice {
  /** All that is wanted, with its own time or, with null, that of the digest; what is not named ends. */
  readonly digests: readonly { readonly digest: string; readonly when: Schedule | null }[];
  /** IANA name; null for the zone of each digest. */
  readonly zone: string | null;
}

/** `p…@e….org` */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…@${address.slice(at + 1, at + 2)}…${address.slice(address.lastIndexOf('.'))}`;
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
  if (profile.state === 'pending') return profile.state;
  if (subscription === null) return 'not subscribed';
  if (subscription.state !== 'confirmed') return subscription.state;
  return profile.pausedUntil !== null && now < profile.pausedUntil ? 'paused' : null;
}
