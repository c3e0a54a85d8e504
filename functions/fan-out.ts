/** deliver, part of: finds out to whom an issue goes, one page of readers at a time. */
import { isOwed } from '../shared/delivery/edition.ts';
import type { Issue } from '../shared/digest/issue.ts';
import { limits } from '../shared/limits.ts';
import { deliveriesTo, putQueued } from '../shared/store/deliveries.ts';
import { issueNumbered } from '../shared/store/issues.ts';
import { dropReader, isStale, readersOf, standingsOf } from '../shared/store/readers.ts';
import type { Instant } from '../shared/time.ts';
import type { Clock, Log, Queue, Table } from '../shared/world.ts';
import { type FanOutJob, writeJob } from './job.ts';
import { sendAll } from './lambda.ts';
import { causeAgainst, type NamingWorld } from './reader.ts';

export interface FanOutWorld extends NamingWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly news: Table;
  readonly people: Table;
  readonly deliverQueue: Queue;
}

/**
 * One page: who may be mailed gets a delivery, the deliveries are queued, and the page after this one is. In this order:
 * a page that was not done to its end is done again, and finds its deliveries there.
 *
 * @param pageMax readers of one page
 */
export async function fanOut(
  world: FanOutWorld,
  job: FanOutJob,
  pageMax: number = limits.readersPerPage,
): Promise<void> {
  const { digest, edition, number } = job;
  const issue = await issueNumbered(world.news, edition, number);
  if (issue === null) throw new Error(`issue ${number} of ${edition} is not there`);
  const before = number === 0 ? null : await issueNumbered(world.news, edition, number - 1);
  const { readers, next } = await readersOf(world.people, edition, job.after, pageMax);
  const now = world.clock.now();
  const standingOf = await standingsOf(
    world.people,
    digest,
    readers.map(({ subscriber }) => subscriber),
  );
  const isReader = ({ subscriber }: { readonly subscriber: string }) => {
    const { subscription } = standingOf(subscriber);
    return subscription !== null && isOwed(subscription, edition, before?.frozenAt ?? null);
  };
  const may = readers
    .filter((reader) => isReader(reader) && causeAgainst(world, standingOf(reader.subscriber), now) === null)
    .map(({ subscriber }) => subscriber);
  const toSend = await queueDeliveries(world, issue, may, now);
  const jobs: string[] = [];
  for (let start = 0; start < toSend.length; start += limits.deliveriesPerMessage) {
    const subscribers = toSend.slice(start, start + limits.deliveriesPerMessage);
    jobs.push(writeJob({ kind: 'deliver', digest, edition, number, issue: issue.id, subscribers }));
  }
  if (next !== null) jobs.push(writeJob({ ...job, after: next }));
  await sendAll(
    world.deliverQueue,
    jobs.map((body) => ({ body })),
  );
  // Only now: a page that is done again must find everybody whom it found before.
  for (const reader of readers) {
    const standing = standingOf(reader.subscriber);
    const stays = standing.subscription?.state === 'confirmed' && isOwedMore(standing.subscription, issue);
    if (!stays && isStale(reader, standing, now)) await dropReader(world.people, edition, reader, now);
  }
  world.log.info('fanned out', { digest, edition, number, readers: readers.length, queued: toSend.length });
}

/** Whether the issue after this one may be theirs too. */
function isOwedMore(subscription: Parameters<typeof isOwed>[0], issue: Issue): boolean {
  return isOwed(subscription, issue.edition, issue.frozenAt);
}

/** @returns those whose delivery is not at its end: a page that is done again sends nobody back to work for nothing */
async function queueDeliveries(
  world: FanOutWorld,
  issue: Issue,
  subscribers: readonly string[],
  now: Instant,
): Promise<readonly string[]> {
  const there: string[] = [];
  for (let start = 0; start < subscribers.length; start += limits.queuedAtOnceMax) {
    await Promise.all(
      subscribers.slice(start, start + limits.queuedAtOnceMax).map(async (subscriber) => {
        if (!(await putQueued(world.people, issue.id, subscriber, now))) there.push(subscriber);
      }),
    );
  }
  const deliveries = await deliveriesTo(world.people, issue.id, there);
  const ended = new Set(
    deliveries.filter(({ state }) => state === 'SENT' || state === 'DROPPED').map(({ subscriber }) => subscriber),
  );
  return subscribers.filter((subscriber) => !ended.has(subscriber));
}
