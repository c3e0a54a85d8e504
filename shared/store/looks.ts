/**
 * That feeds were looked at: one row for each poll of a shard that looked at anything, in one partition over all shards, so
 * that receipts stay right when the number of shards changes; and beside a shard's states the last one, for the next poll.
 */
import { limits } from '../limits.ts';
import { feedMark, feedMarkChars, type Look } from '../poll/look.ts';
import { type Instant, iso } from '../time.ts';
import type { Item, Table } from '../world.ts';
import { expiresAt, newsKeys } from './keys.ts';
import { queryAll, writeAll } from './whole.ts';

/**
 * Both rows in one call. A poll that is repeated overwrites what it wrote before. Which feeds were asked, 8 kB of a full
 * shard, stands in one of them only.
 */
export async function putLook(news: Table, look: Look): Promise<void> {
  const { looked, ...row } = look;
  const expires = expiresAt(look.endedAt, limits.lookRecordDays);
  await writeAll(news, [
    { put: { ...row, looked: [...looked].join(''), ...newsKeys.look(look.tickAt, look.shard), expires } },
    { put: { ...row, ...newsKeys.lastLook(look.shard) } },
  ]);
}

/** The last look at a shard, without the feeds that it asked; null when there was none. */
export async function lastLookAt(news: Table, shard: number): Promise<Look | null> {
  const item = await news.get(newsKeys.lastLook(shard));
  return item === null ? null : lookOf(item);
}

/** The same look, with the feeds that it asked. */
export async function withFeedsAsked(news: Table, look: Look): Promise<Look> {
  const item = await news.get(newsKeys.look(look.tickAt, look.shard));
  return item === null ? look : lookOf(item);
}

/** The looks that belong to ticks between two instants, both included, oldest first. */
export async function looksBetween(news: Table, from: Instant, to: Instant): Promise<readonly Look[]> {
  const looks: Look[] = [];
  // `~` sorts after every shard's number.
  const between = [iso(from), `${iso(to)}~`] as const;
  for await (const item of queryAll(news, { pk: newsKeys.look(from, 0).pk, between })) looks.push(lookOf(item));
  return looks;
}

/**
 * When a feed was last looked at in a tick before an instant; null when that is longer ago than looks are kept. Reads back
 * through all looks: for the rare case that somebody must know, not for each poll.
 */
export async function lastLookedAt(news: Table, feed: string, before: Instant): Promise<Instant | null> {
  const mark = feedMark(feed);
  const { pk } = newsKeys.look(before, 0);
  const between = [iso(0), iso(before)] as const;
  for await (const item of queryAll(news, { pk, between, descending: true, limit: looksAtATime })) {
    const { looked, endedAt } = lookOf(item);
    if (looked.has(mark)) return endedAt;
  }
  return null;
}

/** Most feeds are looked at within these; a page of the table holds many more, which all would be paid for. */
const looksAtATime = 25;

export function lookOf({ pk: _, sk: __, expires: ___, looked, ...look }: Item): Look {
  const marks = String(looked ?? '').match(new RegExp(`.{${feedMarkChars}}`, 'g')) ?? [];
  return { ...(look as unknown as Omit<Look, 'looked'>), looked: new Set(marks) };
}
