/** What a month of a watch file costs, from what is measured and at the prices of a region. */
import type { Config } from '../../shared/watch/config.ts';
import { type Forecast, forecastOf } from './forecast.ts';
import { readMeasured } from './measured.ts';
import { usual } from './month.ts';
import { NoPrice, type Prices, pricesOf } from './prices.ts';
import { surroundings } from './standing.ts';

/** @param subscribers who subscribe themselves, each to every digest; those of `to:` are counted anyway */
export function forecastFor(config: Config, subscribers: number, prices: Prices): Forecast {
  const dashboards = config.deploy?.dashboard ? 1 : 0;
  return forecastOf(config, subscribers, readMeasured(), prices, { ...surroundings, dashboards }, usual);
}

const regionWithPrices = 'us-east-1';

/** `About 4.02 USD a month, …`: said before a deployment. Where a region's prices are not in the table, by those of another. */
export function costSentence(config: Config, region: string): string {
  const known = pricesIn(region);
  const prices = known ?? pricesOf(regionWithPrices);
  const { total } = forecastFor(config, 0, prices);
  const where = known === null ? `, by the prices of ${regionWithPrices}` : '';
  return `About ${total.toFixed(2)} USD a month${where}, without those who subscribe themselves; npx watchword cost says it line by line.`;
}

function pricesIn(region: string): Prices | null {
  try {
    return pricesOf(region);
  } catch (fault) {
    if (fault instanceof NoPrice) return null;
    throw fault;
  }
}
