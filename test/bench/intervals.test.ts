/** What `every: auto` promises: entries as soon as with a fixed quarter of an hour, at half the polls, in as little memory. */
import { beforeAll, describe, expect, it } from 'vitest';
import { feedRates } from './feed-rates.ts';
import { type Found, pollFor } from './intervals.ts';

describe('the rates', () => {
  it('are those of feeds: a third daily, three in five weekly, a tenth with most of the news', () => {
    const rates = feedRates(1_000);
    const share = (from: number) => rates.filter((rate) => rate >= from).length / 1_000;
    expect(share(1)).toBeCloseTo(0.33, 1);
    expect(share(1 / 7)).toBeCloseTo(0.6, 1);
    const total = rates.reduce((sum, rate) => sum + rate, 0);
    expect(total / 1_000).toBeCloseTo(4.1, 0);
    expect(rates.slice(-100).reduce((sum, rate) => sum + rate, 0) / total).toBeGreaterThan(0.7);
  });
});

describe('every: auto', () => {
  let fixed: Found;
  let auto: Found;
  beforeAll(async () => {
    fixed = await pollFor(14, 60, {});
    auto = await pollFor(14, 60, { atMostMinutes: 240 });
  }, 60_000);

  it('asks at most half as often as every: 15m', () => {
    expect(auto.polls / fixed.polls).toBeLessThanOrEqual(0.5);
  });

  it('finds entries as soon, within a tenth', () => {
    expect(fixed.delay.mean).toBeGreaterThan(6);
    expect(auto.delay.mean).toBeLessThanOrEqual(fixed.delay.mean * 1.1);
    expect([auto.lost, fixed.lost]).toEqual([0, 0]);
    expect(auto.entries).toBeGreaterThan(fixed.entries * 0.98);
  });

  it('remembers a feed in some 700 bytes, and never in more than a kilobyte', () => {
    expect(auto.stateBytes.mean).toBeLessThan(700);
    expect(auto.stateBytes.max).toBeLessThan(1_024);
  });
});
