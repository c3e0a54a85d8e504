/** digest: freezes and renders each issue that is due and has it fanned out. */

import { type Edition, emptyOf, isOwn, ownEdition, shelfOf } from '../shared/delivery/edition.ts';
import type { Keys } from '../shared/delivery/token.ts';
import { freeze, type Issue, isClosed, planIssue } from '../shared/digest/issue.ts';
import { renderIssue, renderPages } from '../shared/digest/render.ts';
import { latestSlot } from '../shared/digest/slot.ts';
import { limits } from '../shared/limits.ts';
import { dropPending, settlePending } from '../shared/store/hits.ts';
import { finishIssue, lastIssue, putIssue } from '../shared/store/issues.ts';
import type { HitKey } from '../shared/store/keys.ts';
import {
  carryFrozen,
  type KnownEdition,
  type KnownEditions,
  mirrorEditions,
  raiseYoung,
} from '../shared/store/known-editions.ts';
import { putIssuePages, putRendered } from '../shared/store/rendered.ts';
import { confirmByOperator } from '../shared/store/subscribers.ts';
import { iso, MINUTE, SECOND } from '../shared/time.ts';
import type { Digest } from '../shared/watch/config.ts';
import type { Clock, Log, Queue, Table } from '../shared/world.ts';
import { awsDigestWorld } from './aws-worlds.ts';
import { type CoverageWorld, coverage, type Readings, toldBefore } from './coverage.ts';
import { endIfUnread } from './end-if-unread.ts';
import { writeJob } from './job.ts';
import { onAws, onTick, sendAll, type Tick, type TickHandler } from './lambda.ts';
import { inputOf, pendingIn } from './next-issue.ts';

export interface DigestWorld extends CoverageWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly people: Table;
  readonly deliverQueue: Queue;
  readonly keys: Pick<Keys, 'identity'>;
}

/** One digest in one tick. */
interface Round {
  readonly digest: Digest;
  readonly known: KnownEditions;
  readonly tick: Tick;
  readonly readings: Readings;
}

/**
 * Every digest in its turn: first the editions that the watch file defines, then those that people chose. What keeps one
 * from its issue keeps no other.
 */
export async function digest(world: DigestWorld, tick: Tick): Promise<void> {
  const faults: unknown[] = [];
  const trying = async (of: { readonly digest: string; readonly edition?: string }, work: () => Promise<void>) => {
    try {
      await work();
    } catch (fault) {
      faults.push(fault);
      world.log.error('digest failed', fault, of);
    }
  };
  const chosen: { readonly edition: KnownEdition; readonly round: Round }[] = [];
  for (const each of world.config.digests) {
    await trying({ digest: each.id }, async () => {
      const startedAt = world.clock.now();
      const known = await mirrorEditions(world.news, world.people, each.id, startedAt);
      const round = { digest: each, known, tick, readings: new Map() };
      chosen.push(...known.editions.map((edition) => ({ edition, round })));
      await issueIfDue(world, round, ownEdition(each));
      await raiseYoung(world.news, each.id, known, startedAt);
    });
  }
  const lastStart =
    tick.endsAt === null ? Number.POSITIVE_INFINITY : tick.endsAt - limits.digestReserveSeconds * SECOND;
  let issued = 0;
  for (const { edition, round } of inTurn(chosen, tick)) {
    if (world.clock.now() >= lastStart || issued >= limits.chosenIssuesPerTickMax) break;
    await trying({ digest: edition.digest, edition: edition.id }, async () => {
      if (await issueIfDue(world, round, edition)) issued += 1;
    });
  }
  if (faults.length > 0) throw new Error(`${faults.length} digests failed`);
}

/**
 * Beginning elsewhere in each tick: where there is not time for all, nobody is always the last. Steps of the golden ratio
 * come past every place, however many there are.
 */
function inTurn<T>(all: readonly T[], tick: Tick): readonly T[] {
  const ticks = Math.floor(tick.at / (limits.tickMinutes * MINUTE));
  const first = Math.floor(((ticks * GOLDEN) % 1) * all.length);
  return [...all.slice(first), ...all.slice(0, first)];
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** @returns whether it froze one */
async function issueIfDue(world: DigestWorld, round: Round, edition: Edition | KnownEdition): Promise<boolean> {
  const { digest, tick } = round;
  const of = { when: edition.when, empty: emptyOf(edition, digest) };
  const last = await lastIssue(world.news, edition.id);
  // Only when the issue before is finished are its hits marked as listed, and told apart from new ones.
  if (last !== null && !last.finished) await finish(world, round, edition, last);
  const now = world.clock.now();
  const slot = tick.asked ? { id: iso(tick.at), at: tick.at } : latestSlot(edition.when, edition.zone, now);
  if (isClosed(slot, last)) return false;
  if (!isOwn(edition) && (await endIfUnread(world, edition))) return false;
  const pending = await pendingToTell(world, edition);
  const bornAt = 'knownAt' in edition ? edition.knownAt : undefined;
  const plan = planIssue(of, last, slot, tick.asked, pending.length > 0, bornAt);
  if (plan.kind === 'wait') return false;
  const { receipt, scanned } = await coverage(world, digest, last, pending, now, round.readings);
  const found = { hits: pending, receipt, scanned, toldAt: toldBefore(last) };
  const issue = freeze({ id: digest.id, empty: of.empty }, plan, found, now, edition.id);
  if (!(await putIssue(world.news, issue))) return false; // another worker froze this number; it will finish it
  await finish(world, round, edition, issue);
  return true;
}

async function pendingToTell(world: DigestWorld, edition: Edition): Promise<readonly HitKey[]> {
  const { toTell, toldBefore } = await pendingIn(world.news, edition);
  await dropPending(world.news, shelfOf(edition), toldBefore);
  return toTell;
}

/** All that follows from a frozen issue. Each step may be done again, so a crash between two of them is made good. */
async function finish(world: DigestWorld, round: Round, edition: Edition, issue: Issue): Promise<void> {
  const { digest, known } = round;
  if (issue.sends) {
    const input = await inputOf(world, digest, edition.zone, issue);
    await putIssuePages(world.news, issue.id, renderPages(input));
    await putRendered(world.news, issue.id, renderIssue(input));
    // Whom the operator names reads the digest's own edition until they choose another.
    if (isOwn(edition)) await confirmByOperator(world.people, digest, world.keys, world.clock.now());
    const job = { kind: 'fan-out', digest: digest.id, edition: edition.id, number: issue.number, after: null } as const;
    await sendAll(world.deliverQueue, [{ body: writeJob(job) }]);
  }
  if (isOwn(edition)) await carryFrozen(world.news, world.people, digest.id, known, issue.hits);
  await settlePending(world.news, edition.id, issue.hits, issue.frozenAt, shelfOf(edition));
  await finishIssue(world.news, issue);
  world.log.info('issued', {
    digest: digest.id,
    edition: edition.id,
    number: issue.number,
    hits: issue.hits.length,
    sends: issue.sends,
  });
}

export const serve = (world: DigestWorld): TickHandler => onTick(world, digest);

export const handler = onAws(async () => serve(await awsDigestWorld()));
