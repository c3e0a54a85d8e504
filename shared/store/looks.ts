/**
 * That a shard was looked at: one small row for each poll, whatever it found. It is what lets a receipt say "unchanged"
 * and mean that somebody looked.
 */
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import { iso } from '../time.ts';
import type { Item, Table } from '../world.ts';
import { expiresAt, newsKeys } from './keys.ts';
import { queryAll } from './whole.ts';

/** What one poll of one shard did. */
export interface Look {
  readonly shard: number;
  /** How many shards the feeds were cut into then. */
  readonly shards: number;
  readonly tickAt: Instant;
  /** Every feed, not just those whose interval fell on the tick. */
  readonly whole: boolean;
  readonly endedAt: Instant;
  readonly read: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Ids of feeds that a fault of ours kept from being looked at. */
  readonly missed: readonly string[];
}

export async function putLook(news: Table, look: Look): Promise<void> {
  const { shard, tickAt, ...rest } = look;
  await news.put({
    ...newsKeys.look(shard, tickAt),
    ...rest,
    tickAt,
    shard,
    expires: expiresAt(look.endedAt, limits.lookRecordDays),
  });
}

/** The look of a shard in a tick, if it came to an end and missed no feed; null otherwise. */
export async function wholeLook(news: Table, shard: Pick<Look, 'shard' | 'shards' | 'tickAt'>): Promise<Look | null> {
  const item = await news.get(newsKeys.look(shard.shard, shard.tickAt));
  const look = item === null ? null : lookOf(item);
  return look !== null && look.shards === shard.shards && look.missed.length === 0 ? look : null;
}

/** The looks of one shard that belong to ticks between two instants, both included, oldest first. */
export async function looksBetween(news: Table, shard: number, from: Instant, to: Instant): Promise<readonly Look[]> {
  const looks: Look[] = [];
  const pk = newsKeys.look(shard, from).pk;
  for await (const item of queryAll(news, { pk, between: [iso(from), iso(to)] })) looks.push(lookOf(item));
  return looks;
}

function lookOf({ pk: _, sk: __, expires: ___, ...look }: Item): Look {
  return look as unknown as Look;
}
