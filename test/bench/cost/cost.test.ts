/** What a month rests on, in small: counts of real handlers over recorded feeds. Times and CPU are the affair of `npm run bench:cost`. */
import { beforeAll, describe, expect, it } from 'vitest';
import { readMeasured } from '../../../infra/cost/measured.ts';
import type { Counts } from '../../../infra/cost/meter.ts';
import { usual } from '../../../infra/cost/month.ts';
import { costOf, pricesOf } from '../../../infra/cost/prices.ts';
import type { Usage } from '../../../infra/cost/usage.ts';
import { designMonth, designs, roundOf } from './design-months.ts';
import { usualStateBytes } from './measure.ts';
import { type Recording, recordings } from './recorded-feeds.ts';
import { morning, type Rounds, roundsOf } from './rounds.ts';
import { watchwordMonth } from './watchword-month.ts';

const measured = readMeasured();
const prices = pricesOf('us-east-1');
let recorded: readonly Recording[];
let one: Rounds;
let few: Rounds;
let many: Rounds;

beforeAll(async () => {
  recorded = await recordings(morning);
  one = await roundsOf(1, 5, false, recorded);
  few = await roundsOf(100, 5, false, recorded);
  many = await roundsOf(1_000, 5, false, recorded);
}, 300_000); // seven seconds, on a machine that has nothing else to do

/** What feeds add to a deployment of one feed. */
function added(rounds: Rounds, change: (usage: Usage) => Usage = (usage) => usage): number {
  const cost = (each: Rounds) => costOf(change(watchwordMonth(each, measured, usual)), prices);
  return cost(rounds) - cost(one);
}

describe('a thousand looks that find nothing new', () => {
  const of = (counts: Counts, name: string) => counts[name] ?? 0;

  it('write nothing of a feed: two rows say that they were done', () => {
    expect(of(many.unchanged.poll, 'DynamoDB.PutItem')).toBe(0);
    expect(of(many.unchanged.poll, 'DynamoDB.BatchWriteItem')).toBe(1);
    expect(of(many.unchanged.poll, 'writeUnits')).toBeLessThanOrEqual(10);
  });

  it('read at most a tenth of a unit each, with states as large as they become', () => {
    const grown = (usualStateBytes - many.bytes.state) / 4_096 / 2;
    expect(of(many.unchanged.poll, 'readUnits') / 1_000 + grown).toBeLessThanOrEqual(0.1);
    expect(of(many.unchanged.poll, 'readUnits') / 1_000).toBeGreaterThan(0.02);
  });

  it('are one line of the log', () => {
    expect(of(many.unchanged.poll, 'logLines')).toBe(1);
  });

  it('sent at most 1.2 kB each over TLS, when that was measured', () => {
    expect(measured.line.mixed.sentBytes).toBeLessThanOrEqual(1_200);
  });

  it('leave word, so that ticks before the next quarter read one row and write none', () => {
    expect(many.rest.poll).toMatchObject({ 'DynamoDB.GetItem': 1, readUnits: 1, invocations: 1 });
    expect(of(many.rest.poll, 'DynamoDB.Query') + of(many.rest.poll, 'writeUnits')).toBe(0);
  });
});

describe('a look that finds something', () => {
  it('writes the state of its feed, once', () => {
    expect((many.changed.poll.writeUnits ?? 0) - (many.unchanged.poll.writeUnits ?? 0)).toBe(many.written);
    expect(many.changed.poll['DynamoDB.PutItem']).toBe(many.written);
  });

  it('writes a hit and its pending row beside it', async () => {
    const found = await roundsOf(100, 1, true, recorded);
    expect(found.hits).toBe(found.written);
    expect((found.changed.poll.writeUnits ?? 0) - (found.unchanged.poll.writeUnits ?? 0)).toBe(3 * found.written);
  });
});

describe('what feeds add to a month', () => {
  it('grows as their number does, but for time', () => {
    const withoutTime = ({ gbSeconds: _, ...usage }: Usage): Usage => usage;
    const exponent = Math.log10(added(many, withoutTime) / added(few, withoutTime));
    // The row of a look is a unit for a hundred feeds and nearly nine for a thousand; from there on it is 1.02.
    expect(exponent).toBeGreaterThan(0.97);
    expect(exponent).toBeLessThan(1.04);
  });

  it('is at most 80 cents for a thousand', () => {
    expect(added(many)).toBeLessThanOrEqual(0.8);
  });

  it.each([
    ['F', 6.5],
    ['B', 5],
    ['A', 18.5],
  ] as const)('is many times as much with design %s: %i times', async (name, times) => {
    const design = designs.find((each) => each.name === name)!;
    const round = await roundOf(design, 100, recorded);
    const month = designMonth(design, round, measured.designCpuMs[name] ?? 0, measured.line, usual);
    expect((costOf(month, prices) * 10) / added(many)).toBeGreaterThanOrEqual(times);
  });
});
