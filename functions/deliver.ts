/** deliver: sends one batch of deliveries. What else comes through its queue: the fan-out that finds them, and letters. */

import { assert } from '../shared/assert.ts';
import {
  afterNotice,
  afterSend,
  type Delivery,
  drop,
  laterThan,
  nextStep,
  type Rest,
} from '../shared/delivery/delivery.ts';
import type { Keys } from '../shared/delivery/token.ts';
import type { Issue } from '../shared/digest/issue.ts';
import { personalise, type RenderedIssue } from '../shared/digest/render.ts';
import { limits } from '../shared/limits.ts';
import { composeMail } from '../shared/mail/compose.ts';
import { deliveriesTo, deliveryOf, moveDelivery } from '../shared/store/deliveries.ts';
import { issueNumbered } from '../shared/store/issues.ts';
import { type Standing, standingsOf } from '../shared/store/readers.ts';
import { renderedOf } from '../shared/store/rendered.ts';
import { closeLine, takeTurn } from '../shared/store/send-line.ts';
import { type Instant, iso, SECOND } from '../shared/time.ts';
import type { Clock, Log, Mailer, Queue, Table } from '../shared/world.ts';
import { awsDeliverWorld } from './aws-worlds.ts';
import { comingBack } from './coming-back.ts';
import { fanOut } from './fan-out.ts';
import { anyJob, type DeliverJob, type Job } from './job.ts';
import { onAws, onMessage, type QueueHandler, sendAll, type Worker } from './lambda.ts';
import { answer, type LetterWorld } from './letter.ts';
import { causeAgainst, linksFor } from './reader.ts';

export interface DeliverWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly news: Table;
  readonly people: Table;
  readonly mailer: Mailer;
  readonly deliverQueue: Queue;
  readonly config: LetterWorld['config'];
  /** Mails a second, all workers together; null where nobody asks for a limit. */
  readonly rate: number | null;
  /** Where the subscriber's pages are, and what their links are signed with. */
  readonly links: { readonly base: string; readonly keys: Keys };
}

/** An issue and its mail. Neither changes any more, so a process keeps those that it had last. */
interface Edited {
  readonly issue: Issue;
  readonly rendered: RenderedIssue;
}
type IssueMemory = Map<string, Edited>;

/** Who is left to be served later comes back through the queue, so nothing here waits. */
export async function deliver(
  world: DeliverWorld,
  job: DeliverJob,
  worker: Worker,
  memory: IssueMemory = new Map(),
): Promise<void> {
  const turn = await turnFor(world, job);
  if (turn.at > world.clock.now()) {
    const back = comingBack(job, job.subscribers, turn.at, world.clock.now(), turn.held ? turn.at : undefined);
    return sendAll(world.deliverQueue, [back]);
  }
  const edited = await editedIssue(world, job, memory);
  const { issue } = edited;
  const deliveries = await deliveriesTo(world.people, issue.id, job.subscribers);
  const standingOf = await standingsOf(world.people, issue.digest, job.subscribers);
  const lastStart =
    worker.endsAt === null ? Number.POSITIVE_INFINITY : worker.endsAt - limits.deliverReserveSeconds * SECOND;
  const later = new Map<Instant, string[]>();
  const ends = { sent: 0, dropped: 0, waiting: 0 };
  /** The mailer takes nothing from anybody until then. */
  let pause: Instant | null = null;
  for (const delivery of deliveries) {
    const now = world.clock.now();
    const end: End =
      pause !== null || now >= lastStart
        ? { became: 'waiting', until: pause ?? now }
        : await oneStep(world, edited, delivery, standingOf(delivery.subscriber), worker.owner);
    if (end.until !== null) later.set(end.until, [...(later.get(end.until) ?? []), delivery.subscriber]);
    pause = end.pause ?? pause;
    ends[end.became] += 1;
  }
  const now = world.clock.now();
  await sendAll(
    world.deliverQueue,
    [...later].map(([until, subscribers]) => comingBack(job, subscribers, until, now)),
  );
  world.log.info('delivered', { digest: issue.digest, edition: issue.edition, number: issue.number, ...ends });
}

/** When these may be sent; `held` says that it is a turn taken for them, and not only a time to come back. */
export async function turnFor(
  world: Pick<DeliverWorld, 'people' | 'rate' | 'clock'>,
  job: DeliverJob,
): Promise<{ at: Instant; held: boolean }> {
  const now = world.clock.now();
  const { notBefore = 0, turnAt } = job;
  if (turnAt !== undefined && now <= turnAt + limits.sendTurnSeconds * SECOND) return { at: turnAt, held: true };
  if (now < notBefore || world.rate === null) return { at: notBefore, held: false };
  const at = await takeTurn(world.people, job.subscribers.length, world.rate, now);
  return at === null ? { at: now + limits.sendTurnAgainSeconds * SECOND, held: false } : { at, held: true };
}

async function editedIssue(world: DeliverWorld, job: DeliverJob, memory: IssueMemory): Promise<Edited> {
  const { digest, edition = digest, number } = job;
  const known = memory.get(job.issue ?? '');
  if (known !== undefined) return known;
  const issue = await issueNumbered(world.news, edition, number);
  const rendered = issue === null ? null : await renderedOf(world.news, issue.id);
  if (issue === null || rendered === null) throw new Error(`issue ${number} of ${edition} is not there`);
  for (const oldest of memory.keys()) if (memory.size >= limits.issuesRememberedMax) memory.delete(oldest);
  memory.set(issue.id, { issue, rendered });
  return { issue, rendered };
}

/** What a step led to. */
interface End {
  readonly became: 'sent' | 'dropped' | 'waiting';
  /** When to come back for this delivery; null when it is at its end. */
  readonly until: Instant | null;
  /** Present when the mailer said that it takes no other mail before then either. */
  readonly pause?: Instant;
}

/** @param standing what stood of the reader a moment ago: whoever must not be mailed is not even claimed */
async function oneStep(
  world: DeliverWorld,
  { issue, rendered }: Edited,
  delivery: Delivery,
  standing: Standing,
  owner: string,
): Promise<End> {
  const step = nextStep(delivery, owner, world.clock.now());
  if (step.kind !== 'send') return settle(world, delivery, step);
  const against = causeAgainst(world, standing, world.clock.now());
  if (against !== null) return end(world, delivery, against);
  const { profile, subscription } = standing;
  assert(profile !== null && subscription !== null, 'who may be mailed is known');
  const links = linksFor(issue, profile, subscription, world.links);
  const raw = await composeMail({
    ...personalise(rendered, links),
    from: world.config.deliver.from,
    to: profile.address,
    unsubscribeUrl: links.unsubscribeUrl,
    issueId: issue.id,
    deliveryId: delivery.id,
    date: issue.frozenAt,
  });
  // Claimed last of all: who dies between claim and answer leaves a delivery of unknown fate, which takes 15 minutes.
  const sending = step.delivery;
  if (!(await moveDelivery(world.people, delivery, sending))) return { became: 'waiting', until: sending.leaseUntil };
  // Consent may have ended since the issue froze, or this very second.
  const standingNow = (await standingsOf(world.people, issue.digest, [delivery.subscriber]))(delivery.subscriber);
  const againstNow = causeAgainst(world, standingNow, world.clock.now());
  if (againstNow !== null) return end(world, sending, againstNow);
  const outcome = await world.mailer.send({
    from: world.config.deliver.from,
    to: profile.address,
    raw,
    tags: { issue: issue.id, subscriber: delivery.subscriber, attempt: String(sending.attempt) },
  });
  if (outcome.kind !== 'sent') {
    world.log.info('not sent', { delivery: delivery.id, outcome: outcome.kind, detail: outcome.detail });
  }
  const ended = await settle(world, sending, afterSend(sending, outcome, world.clock.now()));
  if (outcome.kind !== 'later' || outcome.why === undefined) return ended;
  const pause = laterThan(world.clock.now(), outcome.why);
  if (outcome.why === 'quota' && (await closeLine(world.people, world.clock.now(), pause))) {
    world.log.info('quota reached', { until: iso(pause) });
  }
  return { ...ended, pause };
}

const end = (world: DeliverWorld, delivery: Delivery, cause: string): Promise<End> =>
  settle(world, delivery, { kind: 'end', delivery: drop(delivery, cause, world.clock.now()) });

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

function work(world: DeliverWorld, job: Job, worker: Worker, memory: IssueMemory): Promise<void> {
  switch (job.kind) {
    case 'deliver':
      return deliver(world, job, worker, memory);
    case 'fan-out':
      return fanOut(world, job);
    case 'letter':
      return answer(world, job);
    default:
      throw new Error(`deliver knows no work of the kind ${job.kind}`);
  }
}

export const serve = (world: DeliverWorld): QueueHandler => {
  const memory: IssueMemory = new Map();
  return onMessage(world, async (traced, body, worker) => work(traced, anyJob(body), worker, memory));
};

export const handler = onAws(async () => serve(await awsDeliverWorld()));
