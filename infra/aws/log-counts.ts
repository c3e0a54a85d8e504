/**
 * The three numbers that AWS cannot know, counted by filters over log lines that are there anyway. A metric costs the same
 * 0.30 USD a month however it is fed; metrics written into the log by the code would add their lines to its bill.
 */
import type { Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { FunctionName } from '../topology.ts';
import type { Functions } from './functions.ts';

type CountName = 'feedsRead' | 'unknownSends' | 'limitsReached';

export type Counts = Readonly<Record<CountName, Metric>>;

/** A line of the log that counts: of which function, what stands in it, and what is added. */
export interface CountedLine {
  readonly count: CountName;
  readonly of: FunctionName;
  /** Fields of the line with their values. */
  readonly where: Readonly<Record<string, string>>;
  /** `1`, or the field whose value is added. */
  readonly adds: string;
}

export const countedLines: readonly CountedLine[] = [
  { count: 'feedsRead', of: 'poll', where: { event: 'polled' }, adds: '$.read' },
  { count: 'feedsRead', of: 'poll', where: { event: 'polled' }, adds: '$.unchanged' },
  { count: 'unknownSends', of: 'deliver', where: { event: 'not sent', outcome: 'unknown' }, adds: '1' },
  { count: 'limitsReached', of: 'deliver', where: { event: 'limit reached' }, adds: '1' },
  { count: 'limitsReached', of: 'deliver', where: { event: 'quota reached' }, adds: '1' },
];

export function countsOf(stack: Stack, stage: string, functions: Functions): Counts {
  const metricNamespace = `Watchword/${stage}`;
  for (const [index, { count, of, where, adds }] of countedLines.entries()) {
    const [first, ...more] = Object.entries(where).map(([field, value]) =>
      FilterPattern.stringValue(`$.${field}`, '=', value),
    );
    if (first === undefined) continue;
    new MetricFilter(stack, `Count${index}`, {
      logGroup: functions[of].logGroup,
      filterPattern: more.length === 0 ? first : FilterPattern.all(first, ...more),
      metricNamespace,
      metricName: count,
      metricValue: adds,
    });
  }
  const metric = (metricName: CountName) => new Metric({ namespace: metricNamespace, metricName, statistic: 'Sum' });
  return {
    feedsRead: metric('feedsRead'),
    unknownSends: metric('unknownSends'),
    limitsReached: metric('limitsReached'),
  };
}
