/** The price table, `prices.json`: what a unit of each kind of usage costs, since when, and who says so. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Usage, type UsageName, usageNames } from './usage.ts';

/** US dollars of a unit of each kind of usage, in one region. */
export interface Prices {
  readonly region: string;
  /** When the table was put together, `YYYY-MM-DD`. */
  readonly collected: string;
  /** Of the whole table: two bills with the same hash were made with the same prices. */
  readonly hash: string;
  readonly usd: Readonly<Record<UsageName, number>>;
}

interface Row {
  readonly what: string;
  readonly unit: string;
  readonly usd: Readonly<Record<string, number>>;
  readonly asOf: string;
  readonly source: string;
  readonly confidence: string;
}

/** What `prices.json` holds. */
export interface PriceTable {
  readonly collected: string;
  readonly rows: Readonly<Record<string, Row>>;
}

/** Thrown when something that is paid for has no price: a bill without it would be too low, and look whole. */
export class NoPrice extends Error {}

const file = new URL('prices.json', import.meta.url);

/**
 * @param table the one beside this file, when left out
 * @throws NoPrice when a kind of usage has none in this region
 */
export function pricesOf(region: string, table: PriceTable = readTable()): Prices {
  const usd: Partial<Record<UsageName, number>> = {};
  for (const name of usageNames) {
    const price = table.rows[name]?.usd[region];
    if (price === undefined) {
      const known = [...new Set(Object.values(table.rows).flatMap((row) => Object.keys(row.usd)))];
      throw new NoPrice(`There is no price of ${name} in ${region}; prices are known for ${known.join(' and ')}.`);
    }
    usd[name] = price;
  }
  const hash = createHash('sha256').update(JSON.stringify(table)).digest('hex').slice(0, 12);
  return { region, collected: table.collected, hash, usd: usd as Record<UsageName, number> };
}

export function readTable(): PriceTable {
  return JSON.parse(readFileSync(file, 'utf8')) as PriceTable;
}

/** US dollars. */
export function costOf(usage: Usage, { usd }: Prices): number {
  return usageNames.reduce((total, name) => total + (usage[name] ?? 0) * usd[name], 0);
}
