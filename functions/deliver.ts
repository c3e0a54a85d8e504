/** deliver: sends one batch of deliveries. */

import { assert } from '../shared/assert.ts';
import { mustNotMail } from '../shared/delivery/consent.ts';
import { afterNotice, afterSend, type Delivery, drop, nextStep, type Rest } from '../shared/delivery/delivery.ts';
import { type Keys, tokenOf } from '../shared/delivery/token.ts';
import type { Issue } from '../shared/digest/issue.ts';
import { personalise, type RenderedIssue } from '../shared/digest/render.ts';
import { limits } from '../shared/limits.ts';
import { composeMail } from '../shared/mail/compose.ts';
import { deliveryOf, moveDelivery } from '../shared/store/deliveries.ts';
import { issueNumbered } from '../shared/store/issues.ts';
import { renderedOf } from '../shared/store/rendered.ts';
import { profileOf, subscriptionOf, suppressionOf } from '../shared/store/subscribers.ts';
import { type Instant, SECOND } from '../shared/time.ts';
import type { Config } from '../shared/watch/config.ts';
import type { Clock, Log, Mailer, Message, Queue, Table } from '../shared/world.ts';
import { awsDeliverWorld } from './aws-worlds.ts';
import { type DeliverJob, readJob, writeJob } from './job.ts';
import { onAws, onMessage, type QueueHandler, sendAll, type Worker } from './lambda.ts';

export interface DeliverWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly news: Table;
  readonly people: Table;
  readonly mailer: Mailer;
  readonly deliverQueue: Queue;
  readonly config: Pick<Config, 'deliver'>;
  /** Where the subscriber's pages are, and what their links are signed with. */
  readonly links: { readonly base: string; readonly keys: Keys };
}

/** Who is left to be served later comes back through the queue, so nothing here waits. */
export async function deliver(world: DeliverWorld, job: DeliverJob, worker: Worker): Promise<void> {
  const issue = await issueNumbered(world.news, job.digest, job.number);
  const rendered = issue === null ? null : await renderedOf(world.news, issue.id);
  if (issue === null || rendered === null) throw new Error(`issue ${job.number} of ${job.digest} is not there`);
  const lastStart =
    worker.endsAt === null ? Number.POSITIVE_INFINITY : worker.endsAt - limits.deliverReserveSeconds * SECOND;
  const later: Message[] = [];
  const ends = { sent: 0, dropped: 0, waiting: 0 };
  const comeBack = (subscribers: readonly string[], until: Instant) => {
    const seconds = Math.ceil((until - world.clock.now()) / SECOND);
    const delaySeconds = Math.min(limits.queueDelaySecondsMax, Math.max(1, seconds));
    later.push({ body: writeJob({ ...job, subscribers }), delaySeconds });
  };
  for (const [index, subscriber] of job.subscribers.entries()) {
    if (world.clock.now() >= lastStart) {
      comeBack(job.subscribers.slice(index), world.clock.now());
      ends.waiting += job.subscribers.length - index;
      break;
    }
    const delivery = await deliveryOf(world.people, issue.id, subscriber);
    if (delivery === null) continue;
    const end = await oneStep(world, issue, rendered, delivery, worker.owner);
    if (end.until !== null) comeBack([subscriber], end.until);
    ends[end.became] += 1;
  }
  await sendAll(world.deliverQueue, later);
  world.log.info('delivered', { digest: issue.digest, number: issue.number, ...ends });
}

/** What a step led to. */
interface End {
  readonly became: 'sent' | 'dropped' | 'waiting';
  /** When to come back for this delivery; null when it is at its end. */
  readonly until: Instant | null;
}

async function oneStep(
  world: DeliverWorld,
  issue: Issue,
  rendered: RenderedIssue,
  delivery: Delivery,
  owner: string,
): Promise<End> {
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
  if (!(await moveDelivery(world.people, delivery, sending))) return { became: 'waiting', until: sending.leaseUntil };
  const now = await readerOf(world, issue, delivery.subscriber);
  if ('mustNot' in now) {
    return settle(world, sending, { kind: 'end', delivery: drop(sending, now.mustNot, world.clock.now()) });
  }
  const outcome = await world.mailer.send({
    from: world.config.deliver.from,
    to: reader.address,
    raw,
    tags: { issue: issue.id, subscriber: delivery.subscriber, attempt: String(sending.attempt) },
  });
  if (outcome.kind !== 'sent') {
    world.log.info('not sent', { delivery: delivery.id, outcome: outcome.kind, detail: outcome.detail });
  }
  return settle(world, sending, afterSend(sending, outcome, world.clock.now()));
}

/**
 * Stores where the step leads. When somebody moved the delivery meanwhile, that holds; but a mail that was accepted is
 * known as sent whoever holds the delivery now, or it would be sent again.
 */
async function settle(world: DeliverWorld, before: Delivery, step: Rest): Promise<End> {
  const { delivery } = step;
  if (delivery !== before && !(await moveDelivery(world.people, before, delivery)) && delivery.messageId !== null) {
    await knowAsSent(world, delivery, delivery.messageId);
  }
  if (step.kind === 'wait') return { became: 'waiting', until: step.until };
  return { became: delivery.state === 'DROPPED' ? 'dropped' : 'sent', until: null };
}

/** However often somebody else moves the delivery meanwhile: each of them moves it a few times at most. */
async function knowAsSent(world: DeliverWorld, { issue, subscriber }: Delivery, messageId: string): Promise<void> {
  for (;;) {
    const stored = await deliveryOf(world.people, issue, subscriber);
    const known = stored === null ? null : afterNotice(stored, messageId, world.clock.now());
    if (stored === null || known === null || known === stored) return;
    if (await moveDelivery(world.people, stored, known)) return;
  }
}

/** Whom to write to, if they still want it: consent may have ended since the issue froze, or this very second. */
async function readerOf(
  world: DeliverWorld,
  issue: Issue,
  subscriber: string,
): Promise<{ readonly address: string; readonly unsubscribeUrl: string } | { readonly mustNot: string }> {
  const subscription = await subscriptionOf(world.people, subscriber, issue.digest);
  const profile = await profileOf(world.people, subscriber);
  const suppression = await suppressionOf(world.people, subscriber);
  const mustNot = mustNotMail(profile, subscription, suppression, world.clock.now());
  if (mustNot !== null) return { mustNot };
  assert(profile !== null && subscription !== null, 'who may be mailed is known');
  const token = tokenOf(
    { action: 'unsubscribe', subject: subscriber, digest: issue.digest, version: subscription.version },
    world.links.keys,
  );
  return { address: profile.address, unsubscribeUrl: `${world.links.base}/u/${token}` };
}

export const serve = (world: DeliverWorld): QueueHandler =>
  onMessage(world, (traced, body, worker) => deliver(traced, readJob('deliver', body), worker));

export const handler = onAws(async () => serve(await awsDeliverWorld()));
