/**
 * What a month uses: a plan in numbers, times what was measured of each thing in it. Nothing is drawn from a curve; only
 * counts are multiplied.
 */
import { limits } from '../../shared/limits.ts';
import { functions } from '../topology.ts';
import { deadShare, gbSecondsOf, serviceWaitMs, waitMs } from './lambda-time.ts';
import type { Measured } from './measured.ts';
import { type Counts, usageOf } from './meter.ts';
import { monthDays, ticksOf } from './standing.ts';
import { GB, sum, type Usage } from './usage.ts';

/** A month of a deployment. */
export interface Plan {
  readonly shards: readonly {
    readonly feeds: number;
    /** Ticks at which any feed is due; at the others the poll rests. */
    readonly readingTicks: number;
    /** Looks at all of its feeds. */
    readonly looks: number;
  }[];
  /** Looks that find something new. */
  readonly written: number;
  readonly hits: number;
  readonly digests: readonly {
    readonly issues: number;
    readonly mails: number;
    /** Of the hits, those that it tells. */
    readonly hits: number;
  }[];
  /** Days that texts are kept; 0 for none. */
  readonly historyDays: number;
}

export interface Assumptions {
  /** See `gbSecondsOf`. */
  readonly cpuScale: number;
  /** Whether headers of packets count as sent. */
  readonly withHeaders: boolean;
}

export const usual: Assumptions = { cpuScale: 2, withHeaders: true };

export type Part = 'standing' | 'ticks' | 'polls' | 'looks' | 'news' | 'kept' | 'history' | 'issues' | 'mails';

/** Packed article texts, and how many articles come of one look that finds something: 4.1 a day of a feed in 3.7 % of its looks. */
const [packedArticleBytes, articlesPerWritten] = [1_200, 1.15];

/** Hits of a feed in a month, where nothing is known of the watches: 4.1 articles a day, of which one in fifty is one. */
export const hitsPerFeed = 4.1 * 0.02 * monthDays;

/** Days that hits and rows of looks are kept. */
const [hitDays, lookDays] = [400, 35];

/** DynamoDB stores each item with so many bytes beside its own. */
const storedItemBytes = 100;

/** What a month uses, by what for. `standing` is left to who knows what stands there. */
export function monthOf(plan: Plan, { each, bytes }: Measured, given: Assumptions): Readonly<Record<Part, Usage>> {
  const counted = (counts: Counts, times: number): readonly [Usage, number] => [
    usageOf(counts, given.withHeaders),
    times,
  ];
  const timed = (name: keyof typeof functions, counts: Counts, waits = serviceWaitMs(counts)): Usage => ({
    gbSeconds: gbSecondsOf(functions[name].memoryMb, counts.cpuMs ?? 0, waits, given.cpuScale),
  });
  const ticks = ticksOf(limits.tickMinutes);
  const feeds = total(plan.shards, 'feeds');
  const looks = total(plan.shards, 'looks');
  const hitsTold = total(plan.digests, 'hits');
  const issues = total(plan.digests, 'issues');
  const mails = total(plan.digests, 'mails');
  const digests = plan.digests.length;
  const reading = total(plan.shards, 'readingTicks');
  // All digests share one tick, which is one invocation and one line of Lambda's.
  const once = { invocations: 1, logBytes: each.quiet.logBytes ?? 0 };
  const quiet = { ...added([each.quiet, digests], [each.quietFeed, digests * feeds]), ...once };
  const issue = added([each.issue, 1], [each.issueFeed, feeds]);
  const keptBytes =
    feeds * (bytes.state + storedItemBytes) +
    (plan.hits / monthDays) * hitDays * (bytes.hit + storedItemBytes) +
    (looks / monthDays) * lookDays * (bytes.look / 1_000);
  const kept = keptBytes / GB;
  const putsOfHistory = plan.historyDays === 0 ? 0 : plan.written;
  return {
    standing: {},
    ticks: sum(counted(each.dispatch, ticks), [timed('dispatch', each.dispatch), ticks], counted(quiet, ticks), [
      timed('digest', quiet),
      ticks,
    ]),
    polls: sum(
      counted(each.rest, ticks * plan.shards.length - reading),
      [timed('poll', each.rest), ticks * plan.shards.length - reading],
      counted(each.poll, reading),
      ...plan.shards.map(({ readingTicks, looks: ofShard }): readonly [Usage, number] => {
        const perPoll = ofShard / Math.max(1, readingTicks);
        const work = added(
          [each.poll, 1],
          [each.look, perPoll],
          [each.written, (perPoll * plan.written) / Math.max(1, looks)],
        );
        return [
          timed('poll', work, waitMs(Math.round(perPoll), limits.hostsAtOnceMax, deadShare.backedOff)),
          readingTicks,
        ];
      }),
    ),
    looks: sum(counted(each.look, looks)),
    news: sum(counted(each.written, plan.written), counted(each.hit, Math.max(plan.hits, hitsTold))),
    kept: { tableGb: kept, recoveryGb: kept },
    history: sum([
      {
        historyPuts: putsOfHistory,
        historyGb: (putsOfHistory * articlesPerWritten * packedArticleBytes * (plan.historyDays / monthDays)) / GB,
      },
      1,
    ]),
    issues: sum(counted(issue, issues), [timed('digest', issue), issues]),
    mails: sum(counted(each.mail, mails), [timed('deliver', each.mail), mails]),
  };
}

function total<K extends string>(all: readonly Readonly<Record<K, number>>[], name: K): number {
  return all.reduce((sumOfAll, each) => sumOfAll + each[name], 0);
}

function added(...parts: readonly (readonly [Counts, number])[]): Counts {
  const all: Record<string, number> = {};
  for (const [counts, times] of parts) {
    for (const [name, amount] of Object.entries(counts)) all[name] = (all[name] ?? 0) + amount * times;
  }
  return all;
}
