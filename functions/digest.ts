/** digest: freezes and renders each issue that is due and queues its deliveries. */

import { mustNotMail } from '../shared/delivery/consent.ts';
import type { Keys } from '../shared/delivery/token.ts';
import { freeze, type Issue, isClosed, planIssue } from '../shared/digest/issue.ts';
import { feedsOf, looksNeededSince, type Receipt, receiptOf } from '../shared/digest/receipt.ts';
import { renderIssue } from '../shared/digest/render.ts';
import { latestSlot } from '../shared/digest/slot.ts';
import { storiesOf } from '../shared/digest/story.ts';
import { limits } from '../shared/limits.ts';
import { shardsFor } from '../shared/poll/due.ts';
import { feedMark } from '../shared/poll/look.ts';
import { putQueued } from '../shared/store/deliveries.ts';
import { feedStatesOf } from '../shared/store/feed-states.ts';
import { alreadyListed, dropPending, getHits, pendingOf, settlePending } from '../shared/store/hits.ts';
import { finishIssue, lastIssue, putIssue } from '../shared/store/issues.ts';
import type { HitKey } from '../shared/store/keys.ts';
import { looksBetween } from '../shared/store/looks.ts';
import { putRendered } from '../shared/store/rendered.ts';
import { confirmByOperator, profileOf, subscriptionOf, suppressionOf } from '../shared/store/subscribers.ts';
import { HOUR, type Instant, iso } from '../shared/time.ts';
import type { Config, Digest, Watch } from '../shared/watch/config.ts';
import type { Clock, Log, Queue, Table } from '../shared/world.ts';
import { awsDigestWorld } from './aws-worlds.ts';
import { writeJob } from './job.ts';
import { onAws, onTick, sendAll, type Tick, type TickHandler } from './lambda.ts';

/** What a mail says of a watch. */
export type WatchName = Pick<Watch, 'id' | 'name' | 'feeds'>;

export interface DigestWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly news: Table;
  readonly people: Table;
  readonly deliverQueue: Queue;
  readonly config: Pick<Config, 'feeds' | 'digests'> & {
    /** Without their lines: what they look for is the poll's affair. */
    readonly watches: readonly WatchName[];
  };
  readonly keys: Pick<Keys, 'identity'>;
}

/** Every digest in its turn; what keeps one from its issue keeps no other. */
export async function digest(world: DigestWorld, tick: Tick): Promise<void> {
  const faults: unknown[] = [];
  for (const each of world.config.digests) {
    try {
      await issueIfDue(world, each, tick);
    } catch (fault) {
      faults.push(fault);
      world.log.error('digest failed', fault, { digest: each.id });
    }
  }
  if (faults.length > 0) throw new Error(`${faults.length} digests failed`);
}

async function issueIfDue(world: DigestWorld, digest: Digest, tick: Tick): Promise<void> {
  const last = await lastIssue(world.news, digest.id);
  // Only when the issue before is finished are its hits marked as listed, and told apart from new ones.
  if (last !== null && !last.finished) await finish(world, digest, last);
  const now = world.clock.now();
  const slot = tick.asked ? { id: iso(tick.at), at: tick.at } : latestSlot(digest.when, digest.zone, now);
  if (isClosed(slot, last)) return;
  const pending = await pendingToTell(world, digest);
  const plan = planIssue(digest, last, slot, tick.asked, pending.length > 0);
  if (plan.kind === 'wait') return;
  const { receipt, scanned } = await coverage(world, digest, last, pending, now);
  const issue = freeze(digest, plan, { hits: pending, receipt, scanned, toldAt: toldBefore(last) }, now);
  if (!(await putIssue(world.news, issue))) return; // another worker froze this number; it will finish it
  await finish(world, digest, issue);
}

/**
 * What waits to be told, as much as one issue holds; the rest waits for the next. A hit that was noted again after an
 * issue listed it is cleared away here, not told twice.
 */
async function pendingToTell(world: DigestWorld, digest: Digest): Promise<readonly HitKey[]> {
  const noted = await pendingOf(world.news, digest.id);
  const listed = await alreadyListed(world.news, digest.id, noted);
  await dropPending(world.news, digest.id, noted.filter(listed));
  return noted.filter((hit) => !listed(hit)).slice(0, limits.hitsPerIssueMax);
}

/** What was looked at since the issue before. */
async function coverage(
  world: DigestWorld,
  digest: Digest,
  last: Issue | null,
  pending: readonly HitKey[],
  now: Instant,
): Promise<Pick<Issue, 'receipt' | 'scanned'>> {
  const watches = watchesOf(world, digest);
  const feeds = [...new Set(watches.flatMap((watch) => feedsOf(watch, world.config.feeds)))];
  const states = await feedStatesOf(world.news, feeds, shardsFor(world.config.feeds.length));
  const before = last === null ? null : { at: last.frozenAt, scanned: last.scanned, toldAt: toldBefore(last) };
  const readings = feeds.map((feed) => ({ feed, state: states.get(feed.id) ?? null }));
  const since = looksNeededSince(before?.at ?? null, now, readings);
  // A look is filed under its tick, and may have ended some time later.
  const looks = await looksBetween(world.news, since - HOUR, now);
  const perWatch: Receipt['watches'] = watches.map(({ id, name }) => ({
    name,
    hits: pending.filter((hit) => hit.watch === id).length,
  }));
  const scanned = Object.fromEntries([...states.values()].map((state) => [feedMark(state.feed), state.scanned]));
  return { receipt: receiptOf(before, now, readings, looks, perWatch), scanned };
}

/** When people were last told anything: an issue that is not sent closes its slot, and no more. */
function toldBefore(last: Issue | null): Instant | null {
  if (last === null) return null;
  return last.sends ? last.frozenAt : (last.toldAt ?? null);
}

/** All that follows from a frozen issue. Each step may be done again, so a crash between two of them is made good. */
async function finish(world: DigestWorld, digest: Digest, issue: Issue): Promise<void> {
  if (issue.sends) {
    const hits = await getHits(world.news, issue.hits);
    const rendered = renderIssue({
      digestName: digest.name,
      zone: digest.zone,
      slotAt: issue.slotAt,
      frozenAt: issue.frozenAt,
      watches: watchesOf(world, digest),
      stories: storiesOf(hits),
      receipt: issue.receipt,
    });
    await putRendered(world.news, issue.id, rendered);
    await queueDeliveries(world, digest, issue);
  }
  await settlePending(world.news, digest.id, issue.hits, issue.frozenAt);
  await finishIssue(world.news, issue);
  world.log.info('issued', {
    digest: digest.id,
    number: issue.number,
    hits: issue.hits.length,
    sends: issue.sends,
  });
}

async function queueDeliveries(world: DigestWorld, digest: Digest, issue: Issue): Promise<void> {
  const now = world.clock.now();
  const subscribers: string[] = [];
  for (const subscriber of await confirmByOperator(world.people, digest, world.keys, now)) {
    const subscription = await subscriptionOf(world.people, subscriber, digest.id);
    const profile = await profileOf(world.people, subscriber);
    if (mustNotMail(profile, subscription, await suppressionOf(world.people, subscriber), now) !== null) continue;
    await putQueued(world.people, issue.id, subscriber, now);
    subscribers.push(subscriber);
  }
  const bodies: string[] = [];
  for (let start = 0; start < subscribers.length; start += limits.deliveriesPerMessage) {
    const some = subscribers.slice(start, start + limits.deliveriesPerMessage);
    bodies.push(writeJob({ kind: 'deliver', digest: digest.id, number: issue.number, subscribers: some }));
  }
  await sendAll(
    world.deliverQueue,
    bodies.map((body) => ({ body })),
  );
}

function watchesOf(world: DigestWorld, digest: Digest): readonly WatchName[] {
  return digest.watches.flatMap((id) => world.config.watches.find((watch) => watch.id === id) ?? []);
}

export const serve = (world: DigestWorld): TickHandler => onTick(world, digest);

export const handler = onAws(async () => serve(await awsDigestWorld()));
