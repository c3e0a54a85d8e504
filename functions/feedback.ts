/** feedback: takes the mailer's notices: what was lost is found again, what bounces for good is left alone. */

import { afterNotice } from '../shared/delivery/delivery.ts';
import { readNotice } from '../shared/delivery/notice.ts';
import { deliveryOf, moveDelivery } from '../shared/store/deliveries.ts';
import { suppress } from '../shared/store/subscribers.ts';
import type { Clock, Log, Table } from '../shared/world.ts';
import { awsFeedbackWorld } from './aws-worlds.ts';
import { onAws, onMessage, type QueueHandler } from './lambda.ts';

export interface FeedbackWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly people: Table;
}

/** Notices of mails that are not ours, or that tell what is known, change nothing. */
export async function feedback(world: FeedbackWorld, body: string): Promise<void> {
  const notice = readNotice(body);
  if (notice === null) throw new Error('not a notice of the mailer');
  if (notice.issue === null || notice.subscriber === null || notice.kind === 'other') return;
  const delivery = await deliveryOf(world.people, notice.issue, notice.subscriber);
  if (delivery === null) return;
  const now = world.clock.now();
  // Leaving people alone comes first: it must not wait for a quarrel over the delivery's state.
  if (notice.kind === 'hard bounce') await suppress(world.people, notice.subscriber, { cause: 'bounced', since: now });
  if (notice.kind === 'complaint') {
    await suppress(world.people, notice.subscriber, { cause: 'complained', since: now });
  }
  const after = afterNotice(delivery, notice.messageId, now);
  if (after !== delivery && !(await moveDelivery(world.people, delivery, after))) {
    throw new Error('the delivery was moved meanwhile; the notice comes again');
  }
}

export const serve = (world: FeedbackWorld): QueueHandler => onMessage(world, feedback);

export const handler = onAws(() => serve(awsFeedbackWorld()));
