/** The forecast: known inputs give known lines. */
import { describe, expect, it } from 'vitest';
import { type Forecast, forecastOf } from '../../../infra/cost/forecast.ts';
import { gbSecondsOf, waitMs } from '../../../infra/cost/lambda-time.ts';
import type { Measured } from '../../../infra/cost/measured.ts';
import { usual } from '../../../infra/cost/month.ts';
import { type Prices, pricesOf } from '../../../infra/cost/prices.ts';
import { usageNames } from '../../../infra/cost/usage.ts';
import type { Config, Feed } from '../../../shared/watch/config.ts';
import { feedAt } from '../../simulation/publishers.ts';
import { town } from '../../simulation/small-town.ts';

/** Everything costs a dollar, so that a line is its usage. */
const aDollarEach: Prices = {
  ...pricesOf('us-east-1'),
  usd: Object.fromEntries(usageNames.map((name) => [name, 1])) as Prices['usd'],
};
const nothing = { sentBytes: 0, sentPackets: 0, receivedBytes: 0, cpuMs: 0 };
const measured: Measured = {
  date: '2026-11-25',
  node: 'v24',
  machine: 'none',
  each: {
    dispatch: { queueRequests: 1 },
    rest: { readUnits: 1 },
    poll: { writeUnits: 2 },
    look: { readUnits: 0.5 },
    written: { writeUnits: 3 },
    hit: { writeUnits: 5 },
    quiet: {},
    quietFeed: {},
    issue: { writeUnits: 7 },
    issueFeed: {},
    mail: { mails: 1, queueRequests: 2 },
  },
  line: { again: nothing, mixed: nothing },
  designCpuMs: {},
  bytes: { state: 0, hit: 0, look: 0 },
  autoLooksADay: { '60': 40, '240': 30 },
};
const feeds = (count: number, change: Partial<Feed> = {}) =>
  Array.from({ length: count }, (_, n) => feedAt(`https://h${n}.example/f`, change));
const surroundings = { alarms: 6, metrics: 3, dashboards: 1, secrets: 1 };

function forecast(change: Partial<Config>, subscribers = 0): Forecast {
  const [, daily] = town.digests;
  const config = { ...town, poll: { historyDays: 0 }, digests: [daily!], ...change };
  return forecastOf(config, subscribers, measured, aDollarEach, surroundings, usual);
}
const usageOf = ({ lines }: Forecast, what: string) => lines.find((line) => line.what.startsWith(what))?.usage;

describe('a month', () => {
  it('has what stands there: alarms, metrics, schedules, and queues that are asked though empty', () => {
    const month = forecast({ feeds: feeds(1) });
    expect(usageOf(month, 'Alarms')).toEqual({ alarms: 6 });
    expect(usageOf(month, 'Custom metrics')).toEqual({ metrics: 3 });
    expect(usageOf(month, 'Dashboard')).toEqual({ dashboards: 1 });
    expect(usageOf(month, 'Schedules')).toEqual({ ticks: 2 * 8_640 });
    expect(usageOf(month, 'Receives of 3 idle queues')).toEqual({ queueRequests: 3 * 648_000 });
    expect(usageOf(month, 'Ticks')?.queueRequests).toBe(8_640);
  });

  it('reads every quarter of an hour, and rests at the ticks between', () => {
    const month = forecast({ feeds: feeds(100) });
    expect(usageOf(month, 'Looks')).toEqual({ readUnits: 100 * 2_880 * 0.5 });
    expect(usageOf(month, 'Polls')).toMatchObject({ readUnits: 5_760, writeUnits: 2 * 2_880 });
  });

  it('reads at each tick where a feed may be due at any, and auto as often as was measured', () => {
    const auto = forecast({ feeds: feeds(100, { atMostMinutes: 240 }) });
    expect(usageOf(auto, 'Looks')).toEqual({ readUnits: 100 * 30 * 30 * 0.5 });
    expect(usageOf(auto, 'Polls')?.writeUnits).toBe(2 * 8_640);
    const hourly = forecast({ feeds: feeds(100, { atMostMinutes: 120 }) });
    expect(usageOf(hourly, 'Looks')).toEqual({ readUnits: 100 * 40 * 30 * 0.5 });
    expect(usageOf(forecast({ feeds: feeds(100, { everyMinutes: 5 }) }), 'Polls')?.readUnits).toBeUndefined();
  });

  it('writes once for a look with news, and for each hit', () => {
    const hits = 100 * 4.1 * 0.02 * 30;
    expect(usageOf(forecast({ feeds: feeds(100) }), 'News')?.writeUnits).toBeCloseTo(
      100 * 0.037 * 2_880 * 3 + hits * 5,
      6,
    );
  });

  it('mails each issue to those of the file and to those who subscribed', () => {
    const month = forecast({ feeds: feeds(10) }, 48);
    expect(usageOf(month, 'Issues')?.writeUnits).toBeCloseTo(30 * 7, 6);
    expect(usageOf(month, 'Mails')?.mails).toBeCloseTo(30 * 50, 6);
    expect(usageOf(month, 'Mails')?.queueRequests).toBeCloseTo(30 * 100, 6);
  });

  it('puts what was read into a bucket only where a history is wished', () => {
    expect(usageOf(forecast({ feeds: feeds(10) }), 'History')).toBeUndefined();
    const kept = forecast({ feeds: feeds(10), poll: { historyDays: 30 } });
    expect(usageOf(kept, 'History')?.historyPuts).toBeCloseTo(10 * 0.037 * 2_880, 6);
  });

  it('is the sum of its lines', () => {
    const month = forecast({ feeds: feeds(1_000) }, 10);
    expect(month.lines.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(month.total, 6);
    expect(month.total - month.fixed - month.mail).toBeCloseTo(month.perThousandFeeds, -4);
  });
});

describe('an invocation is billed', () => {
  it('for what it computes or for what it waits, whichever takes longer', () => {
    expect(gbSecondsOf(1_024, 0, 999.2, 1)).toBe(1);
    expect(gbSecondsOf(1_769, 1_000, 500, 2)).toBeCloseTo(2 * (1_769 / 1_024), 9);
    expect(gbSecondsOf(512, 1_000, 0, 1)).toBeCloseTo((1_769 / 512) * 0.5, 2);
  });

  it('for its slowest publishers, which wait beside each other', () => {
    expect(waitMs(1, 1, 0)).toBeGreaterThan(350);
    expect(waitMs(1, 1, 1)).toBe(10_000);
    expect(waitMs(100, 64, 1)).toBe(20_000);
    expect(waitMs(640, 64, 0)).toBeGreaterThan(waitMs(64, 64, 0));
    expect(waitMs(640, 64, 0)).toBe(waitMs(640, 64, 0));
  });
});
