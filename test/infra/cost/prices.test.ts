/** Prices: of everything that is counted, in both regions, and never silently none. */
import { describe, expect, it } from 'vitest';
import { costOf, NoPrice, pricesOf, readTable } from '../../../infra/cost/prices.ts';
import { usageNames } from '../../../infra/cost/usage.ts';

const table = readTable();

describe('the price table', () => {
  it.each(usageNames)('says of %s what it is, since when, who says so and how sure that is', (name) => {
    expect(table.rows[name]).toEqual({
      what: expect.stringMatching(/\w{3}/),
      unit: expect.stringMatching(/\w{2}/),
      usd: { 'us-east-1': expect.any(Number), 'eu-west-2': expect.any(Number) },
      asOf: expect.stringMatching(/^20\d\d-\d\d/),
      source: expect.stringMatching(/\w{5}/),
      confidence: expect.stringMatching(/high|medium|low/),
    });
  });

  it('has no price that nothing is counted for', () => {
    expect(Object.keys(table.rows).sort()).toEqual([...usageNames].sort());
  });
});

describe('a bill', () => {
  it('is usage times prices', () => {
    const prices = pricesOf('us-east-1');
    expect(costOf({ alarms: 6, metrics: 3, writeUnits: 1_000_000 }, prices)).toBeCloseTo(0.6 + 0.9 + 0.625, 9);
    expect(costOf({}, prices)).toBe(0);
  });

  it('names its prices by date and hash, and another price is another hash', () => {
    const prices = pricesOf('us-east-1');
    expect(prices.collected).toMatch(/^\d{4}-\d\d-\d\d$/);
    const alarms = { ...table.rows.alarms!, usd: { 'us-east-1': 0.2 } };
    expect(pricesOf('us-east-1', { ...table, rows: { ...table.rows, alarms } }).hash).not.toBe(prices.hash);
  });

  it('is refused where a price is missing: it would look whole', () => {
    const { alarms: _, ...rows } = table.rows;
    expect(() => pricesOf('us-east-1', { ...table, rows })).toThrow(NoPrice);
    expect(() => pricesOf('ap-south-1')).toThrow('no price of gbSeconds in ap-south-1; prices are known for us-east-1');
  });
});
