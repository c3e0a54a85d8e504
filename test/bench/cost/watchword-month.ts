/** A month of Watchword, from a morning's rounds at the same number of feeds: each kind of round as often as a month has it. */

import { deadShare, gbSecondsOf, serviceWaitMs, waitMs } from '../../../infra/cost/lambda-time.ts';
import type { Measured } from '../../../infra/cost/measured.ts';
import { type Counts, usageOf } from '../../../infra/cost/meter.ts';
import { type Assumptions, hitsPerFeed, monthOf } from '../../../infra/cost/month.ts';
import { monthDays, ticksOf } from '../../../infra/cost/standing.ts';
import { sum, type Usage } from '../../../infra/cost/usage.ts';
import { functions } from '../../../infra/topology.ts';
import { limits } from '../../../shared/limits.ts';
import { usualStateBytes } from './measure.ts';
import type { Rounds } from './rounds.ts';

/** All but what stands (`standing.ts`) and what a mail costs; every 15 minutes, one daily digest. */
export function watchwordMonth(rounds: Rounds, measured: Measured, given: Assumptions): Usage {
  const { each } = measured;
  const { feeds, rest, changed, unchanged, quiet, issue } = rounds;
  const [ticks, reading] = [ticksOf(limits.tickMinutes), ticksOf(15)];
  const shards = changed.poll.invocations ?? 1;
  const perShard = feeds / shards;
  const counted = (counts: Counts, times: number): readonly [Usage, number] => [
    usageOf(counts, given.withHeaders),
    times,
  ];
  const timed = (name: keyof typeof functions, cpuMs: number, waits: number): Usage => ({
    gbSeconds: gbSecondsOf(functions[name].memoryMb, cpuMs, waits, given.cpuScale),
  });
  const cpuOf = (counts: Counts) => counts.cpuMs ?? 0;
  const pollCpu = cpuOf(each.poll) + perShard * cpuOf(each.look) + (rounds.written / shards) * cpuOf(each.written);
  const { kept } = monthOf(
    {
      shards: [{ feeds, looks: feeds * reading, readingTicks: reading }],
      written: rounds.written * reading,
      hits: feeds * hitsPerFeed,
      digests: [],
      historyDays: 0,
    },
    measured,
    given,
  );
  const stateUnits = (0.5 * feeds * (usualStateBytes - rounds.bytes.state)) / 4_096;
  return sum(
    counted(unchanged.dispatch, ticks),
    [timed('dispatch', cpuOf(each.dispatch), serviceWaitMs(unchanged.dispatch)), ticks],
    counted(rest.poll, ticks - reading),
    [timed('poll', cpuOf(each.rest), serviceWaitMs(each.rest)), shards * (ticks - reading)],
    counted(changed.poll, reading),
    [{ readUnits: stateUnits }, reading],
    counted({ ...measured.line.mixed }, feeds * reading),
    [
      timed('poll', pollCpu, waitMs(Math.round(perShard), limits.hostsAtOnceMax, deadShare.backedOff)),
      shards * reading,
    ],
    counted(each.hit, feeds * hitsPerFeed),
    counted(quiet.digest, ticks),
    [timed('digest', cpuOf(each.quiet) + feeds * cpuOf(each.quietFeed), serviceWaitMs(quiet.digest)), ticks],
    counted(issue.digest, monthDays),
    [timed('digest', cpuOf(each.issue) + feeds * cpuOf(each.issueFeed), serviceWaitMs(issue.digest)), monthDays],
    [kept, 1],
  );
}
