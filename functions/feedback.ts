/** feedback: takes the mailer's notices: what was lost is found again, what bounces for good is left alone. */

import { unreachable } from '../shared/assert.ts';
import type { Suppression } from '../shared/delivery/consent.ts';
import { afterNotice, afterReject, type Delivery } from '../shared/delivery/delivery.ts';
import { type Notice, readNotice } from '../shared/delivery/notice.ts';
import { noteDelivered, noteSoftBounce } from '../shared/store/bounces.ts';
import { deliveryOf, moveDelivery } from '../shared/store/deliveries.ts';
import { profileOf, suppress } from '../shared/store/subscribers.ts';
import type { Clock, Log, Table } from '../shared/world.ts';
import { awsFeedbackWorld } from './aws-worlds.ts';
import { onAws, onMessage, type QueueHandler } from './lambda.ts';

export interface FeedbackWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly people: Table;
  /** Whose events are ours; null where mail goes out without one. */
  readonly configurationSet: string | null;
}

/** Notices of mails that are not ours, or that tell what is known, change nothing; the former are counted in the log. */
export async function feedback(world: FeedbackWorld, body: string): Promise<void> {
  const notice = readNotice(body);
  if (notice === null) throw new Error('not a notice of the mailer');
  const mail = await mailOf(world, notice);
  if ('foreign' in mail) {
    world.log.info('notice ignored', { why: mail.foreign, kind: notice.kind });
    return;
  }
  // Leaving people alone comes first: it must not wait for a quarrel over the delivery's state.
  const cause = await causeToStop(world, notice, mail);
  if (cause !== null) await suppress(world.people, mail.subscriber, { cause, since: world.clock.now() });
  if (mail.delivery !== null) await noteEvidence(world, notice, mail.delivery);
}

/** A mail that went out from here to this very person. */
interface OurMail {
  readonly subscriber: string;
  /** Null for a letter. */
  readonly delivery: Delivery | null;
  /** Nothing is counted of somebody who was erased. */
  readonly erased: boolean;
}

async function mailOf(
  world: FeedbackWorld,
  { issue, letter, subscriber, configurationSet, to }: Notice,
): Promise<OurMail | { readonly foreign: string }> {
  if (subscriber === null || (issue === null && letter === null)) return { foreign: 'no mail of ours' };
  if (world.configurationSet !== null && configurationSet !== world.configurationSet) {
    return { foreign: 'another configuration set' };
  }
  const delivery = issue === null ? null : await deliveryOf(world.people, issue, subscriber);
  if (issue !== null && delivery === null) return { foreign: 'no such delivery' };
  const profile = await profileOf(world.people, subscriber);
  // Of somebody who was erased only the delivery knows, by a name that is no address.
  if (profile === null) {
    return delivery === null ? { foreign: 'nobody of this name' } : { subscriber, delivery, erased: true };
  }
  const meant = to.length === 0 || to.some((address) => folded(address) === folded(profile.address));
  return meant ? { subscriber, delivery, erased: false } : { foreign: 'another recipient' };
}

/** Why nobody may write to this person any more, if this notice is a reason. */
async function causeToStop(
  { people, clock }: FeedbackWorld,
  { kind, at, issue, messageId }: Notice,
  { subscriber, erased }: OurMail,
): Promise<Suppression['cause'] | null> {
  const when = Math.min(at ?? clock.now(), clock.now());
  switch (kind) {
    case 'hard bounce':
      return 'bounced';
    case 'complaint':
      return 'complained';
    case 'soft bounce':
      if (erased) return null;
      return (await noteSoftBounce(people, subscriber, issue ?? messageId, when)) ? 'unreachable' : null;
    case 'delivered':
      if (!erased) await noteDelivered(people, subscriber, when);
      return null;
    case 'accepted':
    case 'rejected':
    case 'other':
      return null;
    default:
      return unreachable(kind);
  }
}

/** Any notice shows that the mailer had the mail; a rejection also that it went no further. */
async function noteEvidence(world: FeedbackWorld, notice: Notice, delivery: Delivery): Promise<void> {
  if (notice.kind === 'other') return;
  const now = world.clock.now();
  const { messageId } = notice;
  const after =
    notice.kind === 'rejected' ? afterReject(delivery, messageId, now) : afterNotice(delivery, messageId, now);
  if (after !== delivery && !(await moveDelivery(world.people, delivery, after))) {
    throw new Error('the delivery was moved meanwhile; the notice comes again');
  }
}

function folded(address: string): string {
  return address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

export const serve = (world: FeedbackWorld): QueueHandler => onMessage(world, feedback);

export const handler = onAws(() => serve(awsFeedbackWorld()));
