/** Time in a data folder: what is stored of feeds becomes older, as if a host had been stopped for so long. */
import { join } from 'node:path';
import { openStoredNews } from '../../../infra/local/stored-news.ts';
import type { FeedState } from '../../../shared/poll/feed-state.ts';
import { DAY, iso } from '../../../shared/time.ts';
import type { Item, Value } from '../../../shared/world.ts';

/** Attributes of stored feeds that are instants, and those within them. */
const instants: ReadonlySet<string> = new Set([
  'firstReadAt',
  'newsAt',
  'notBeforeAt',
  'at',
  'since',
  'from',
  'to',
  'tickAt',
  'endedAt',
] satisfies (keyof FeedState | 'at' | 'since' | 'from' | 'to' | 'tickAt' | 'endedAt')[]);

export async function letDaysGoBy(folder: string, days: number): Promise<void> {
  const stored = await openStoredNews(join(folder, '.watchword'));
  try {
    const { items } = await stored.news.query({ pk: 'shard#0' });
    for (const item of items) await stored.news.put(older(item, days) as Item);
    // A look is filed under its time.
    for (const look of (await stored.news.query({ pk: 'looks' })).items) {
      await stored.news.delete({ pk: look.pk, sk: look.sk });
      const [tick = '', shard] = look.sk.split('#');
      await stored.news.put({ ...(older(look, days) as Item), sk: `${iso(Date.parse(tick) - days * DAY)}#${shard}` });
    }
  } finally {
    await stored.close();
  }
}

function older(value: Value, days: number): Value {
  if (Array.isArray(value)) return value.map((each: Value) => older(each, days));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      instants.has(name) && typeof each === 'number' ? each - days * DAY : older(each as Value, days),
    ]),
  );
}
