/** A month of the other designs: their handlers under the meter, once over all feeds while some have something new. */
import { deadShare, gbSecondsOf, serviceWaitMs, waitMs } from '../../../infra/cost/lambda-time.ts';
import type { Measured } from '../../../infra/cost/measured.ts';
import { type Counts, createMeter, meteredInvocation, meteredLog, usageOf } from '../../../infra/cost/meter.ts';
import { meterClients } from '../../../infra/cost/meter-clients.ts';
import type { Assumptions } from '../../../infra/cost/month.ts';
import { ticksOf } from '../../../infra/cost/standing.ts';
import { sum, type Usage } from '../../../infra/cost/usage.ts';
import { dynamoTable } from '../../../shared/aws/table.ts';
import { MINUTE } from '../../../shared/time.ts';
import type { Feed } from '../../../shared/watch/config.ts';
import { matcherOf } from '../../../shared/watch/match.ts';
import { memoryTable } from '../../simulation/memory-table.ts';
import { phraseWatch } from '../../simulation/small-town.ts';
import { answeredClients } from './answered-clients.ts';
import { batchesOfTen, type DesignWorld, messageEach, scheduleEach } from './designs.ts';
import { publishersOf, type Recording } from './recorded-feeds.ts';
import { morning, writtenOneIn } from './rounds.ts';

export interface Design {
  readonly name: 'A' | 'B' | 'F';
  readonly what: string;
  readonly feedsPerInvocation: number;
  readonly memoryMb: number;
  /** How many of its feeds an invocation asks at once. */
  readonly atOnce: number;
  /** Whether every look brings the whole document. */
  readonly isUnconditional: boolean;
  /** What brings one invocation about, beside the invocation. */
  readonly trigger: Usage;
  readonly run: (world: DesignWorld, feeds: readonly Feed[]) => Promise<void>;
}

export const designs: readonly Design[] = [
  {
    name: 'F',
    what: 'batches of 10, a write at each look',
    feedsPerInvocation: 10,
    memoryMb: 256,
    atOnce: 10,
    isUnconditional: false,
    // A message for ten feeds: a tenth of a send, a receive, a delete.
    trigger: { queueRequests: 2.1 },
    run: batchesOfTen,
  },
  {
    name: 'B',
    what: 'a message for each feed',
    feedsPerInvocation: 10,
    memoryMb: 128,
    atOnce: 1,
    isUnconditional: true,
    // Ten messages, sent, received and deleted ten at a time, as well as it can go.
    trigger: { queueRequests: 3 },
    run: messageEach,
  },
  {
    name: 'A',
    what: 'a schedule for each feed, a read for each entry',
    feedsPerInvocation: 1,
    memoryMb: 256,
    atOnce: 1,
    isUnconditional: true,
    trigger: { ticks: 1 },
    run: async (world, [feed]) => scheduleEach(world, feed!),
  },
];

/** The counts of one round over all feeds, which was not their first. */
export async function roundOf(design: Design, count: number, recorded: readonly Recording[]): Promise<Counts> {
  let now = morning;
  const publishers = publishersOf(count, recorded, () => now);
  const meter = createMeter();
  const clients = answeredClients({ tables: { news: memoryTable() }, queued() {}, mailed: () => '' });
  meterClients(clients, meter);
  const world: DesignWorld = {
    http: publishers,
    clock: { now: () => now },
    news: dynamoTable(clients.dynamodb, 'news'),
    log: meteredLog(meter),
    matcher: matcherOf([phraseWatch('Nothing', 'encrypted quinces of Umbria')]),
  };
  for (const round of ['first', 'counted']) {
    meter.reset();
    for (let at = 0; at < count; at += design.feedsPerInvocation) {
      const some = publishers.feeds.slice(at, at + design.feedsPerInvocation);
      await meteredInvocation(meter, () => design.run(world, some));
    }
    now += 15 * MINUTE;
    if (round === 'first') publishers.write(writtenOneIn);
  }
  return meter.counts();
}

/**
 * What a month uses that grows with the feeds.
 *
 * @param handlerCpuMs of one invocation without what its looks need on the line
 */
export function designMonth(
  design: Design,
  round: Counts,
  handlerCpuMs: number,
  line: Measured['line'],
  given: Assumptions,
): Usage {
  const { isUnconditional, feedsPerInvocation, memoryMb, atOnce } = design;
  const { invocations = 1 } = round;
  const looks = invocations * feedsPerInvocation;
  const ofLook = isUnconditional ? line.again : line.mixed;
  const cpuMs = handlerCpuMs + feedsPerInvocation * ofLook.cpuMs;
  // Requests of one look follow each other, reads of its entries go together: one wait for all.
  const services = isUnconditional && feedsPerInvocation === 1 ? 5 : serviceWaitMs(round) / invocations / atOnce;
  const waits = waitMs(feedsPerInvocation, atOnce, deadShare.asAllOthers) + services;
  const gbSeconds = gbSecondsOf(memoryMb, cpuMs, waits, given.cpuScale);
  const rounds = ticksOf(15);
  return sum(
    [usageOf(round, given.withHeaders), rounds],
    [usageOf(ofLook as unknown as Counts, given.withHeaders), looks * rounds],
    [{ gbSeconds }, invocations * rounds],
    [design.trigger, invocations * rounds],
  );
}
