/** deliver: sends one batch of deliveries. */

import { mustNotMail } from '../shared/delivery/consent.ts';
import { afterSend, type Delivery, drop, nextStep, type Rest } from '../shared/delivery/delivery.ts';
import { unsubscribeToken } from '../shared/delivery/token.ts';
import type { Issue } from '../shared/digest/issue.ts';
import { personalise, type RenderedIssue } from '../shared/digest/render.ts';
import { limits } from '../shared/limits.ts';
import { composeMail } from '../shared/mail/compose.ts';
import { deliveryOf, moveDelivery } from '../shared/store/deliveries.ts';
import { issueNumbered } from '../shared/store/issues.ts';
import { renderedOf } from '../shared/store/rendered.ts';
import { addressOf, subscriptionOf, suppressionOf } from '../shared/store/subscribers.ts';
import { type Instant, SECOND } from '../shared/time.ts';
import type { Config } from '../shared/watch/config.ts';
import type { Clock, Log, Mailer, Queue, Table } from '../shared/world.ts';
import { awsDeliverWorld } from './aws-worlds.ts';
import { type DeliverJob, readJob, writeJob } from './job.ts';
import { onAws, onMessage, type QueueHandler, sendAll } from './lambda.ts';

export interface DeliverWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly news: Table;
  readonly people: Table;
  readonly mailer: Mailer;
  readonly deliverQueue: Queue;
  readonly config: Pick<Config, 'deliver'>;
  /** Where the subscriber's pages are, and what their links are signed with. */
  readonly links: { readonly base: string; readonly key: string };
}

/** Who is left to be served later comes back through the queue, so nothing here waits. */
export async function deliver(world: DeliverWorld, job: DeliverJob, owner: string): Promise<void> {
  const issue = await issueNumbered(world.news, job.digest, job.number);
  const rendered = issue === null ? null : await renderedOf(world.news, issue.id);
  if (issue === null || rendered === null) throw new Error(`issue ${job.number} of ${job.digest} is not there`);
  const later: { subscriber: string; until: Instant }[] = [];
  for (const subscriber of job.subscribers) {
    const delivery = await deliveryOf(world.people, issue.id, subscriber);
    if (delivery === null) continue;
    const until = await oneStep(world, issue, rendered, delivery, owner);
    if (until !== null) later.push({ subscriber, until });
  }
  const now = world.clock.now();
  await sendAll(
    world.deliverQueue,
    later.map(({ subscriber, until }) => ({
      body: writeJob({ ...job, subscribers: [subscriber] }),
      delaySeconds: Math.min(limits.queueDelaySecondsMax, Math.max(1, Math.ceil((until - now) / SECOND))),
    })),
  );
}

/** @returns when to come back for this delivery, or null when it is at its end */
async function oneStep(
  world: DeliverWorld,
  issue: Issue,
  rendered: RenderedIssue,
  delivery: Delivery,
  owner: string,
): Promise<Instant | null> {
  const step = nextStep(delivery, owner, world.clock.now());
  if (step.kind !== 'send') return settle(world, delivery, step);
  const reader = await readerOf(world, issue, delivery.subscriber);
  if ('mustNot' in reader) {
    return settle(world, delivery, { kind: 'end', delivery: drop(delivery, reader.mustNot, world.clock.now()) });
  }
  const raw = await composeMail({
    ...personalise(rendered, { unsubscribeUrl: reader.unsubscribeUrl }),
    from: world.config.deliver.from,
    to: reader.address,
    unsubscribeUrl: reader.unsubscribeUrl,
    issueId: issue.id,
    deliveryId: delivery.id,
    date: issue.frozenAt,
  });
  // Claimed last of all: who dies between claim and answer leaves a delivery of unknown fate, which takes 15 minutes.
  const sending = step.delivery;
  if (!(await moveDelivery(world.people, delivery, sending))) return sending.leaseUntil;
  const outcome = await world.mailer.send({
    from: world.config.deliver.from,
    to: reader.address,
    raw,
    tags: { issue: issue.id, subscriber: delivery.subscriber, attempt: String(sending.attempt) },
  });
  if (outcome.kind !== 'sent') world.log.info('not sent', { delivery: delivery.id, outcome: outcome.kind });
  return settle(world, sending, afterSend(sending, outcome, world.clock.now()));
}

/** Stores where the step leads. When a notice was faster, its word holds. */
async function settle(world: DeliverWorld, before: Delivery, step: Rest): Promise<Instant | null> {
  if (step.delivery !== before) await moveDelivery(world.people, before, step.delivery);
  return step.kind === 'wait' ? step.until : null;
}

/** Whom to write to, asked again right before the send: consent may have ended since the issue froze. */
async function readerOf(
  world: DeliverWorld,
  issue: Issue,
  subscriber: string,
): Promise<{ readonly address: string; readonly unsubscribeUrl: string } | { readonly mustNot: string }> {
  const subscription = await subscriptionOf(world.people, subscriber, issue.digest);
  const mustNot = mustNotMail(subscription, await suppressionOf(world.people, subscriber));
  const address = await addressOf(world.people, subscriber);
  if (mustNot !== null) return { mustNot };
  if (subscription === null || address === null) return { mustNot: 'erased' };
  const token = unsubscribeToken({ subscriber, digest: issue.digest, version: subscription.version }, world.links.key);
  return { address, unsubscribeUrl: `${world.links.base}/u/${token}` };
}

export const serve = (world: DeliverWorld): QueueHandler =>
  onMessage(world, (body, { owner }) => deliver(world, readJob('deliver', body), owner));

export const handler = onAws(() => serve(awsDeliverWorld()));
