/** Whether a person wants a digest. Asked when an issue is fanned out, and again right before each send. */
import type { Instant } from '../time.ts';

export interface Subscription {
  readonly subscriber: string;
  readonly digest: string;
  /** `confirmed` by the person's click, or by the operator who put the address into the watch file. */
  readonly state: 'confirmed' | 'unsubscribed';
  /** Rises with each new consent, so that a link from before cannot end it. */
  readonly version: number;
  readonly since: Instant;
}

/** Why an address must not be mailed by anybody here. */
export interface Suppression {
  readonly cause: 'bounced' | 'complained';
  readonly since: Instant;
}

/** The cause for which this mail must not be sent, or null when it may. */
export function mustNotMail(subscription: Subscription | null, suppression: Suppression | null): string | null {
  if (suppression !== null) return suppression.cause;
  if (subscription === null) return 'not subscribed';
  return subscription.state === 'confirmed' ? null : subscription.state;
}
