/** When the feeds were last looked at, and whether that is as it should be. */
import { limits } from '../../../shared/limits.ts';
import { shardOf, shardsFor } from '../../../shared/poll/due.ts';
import type { Look } from '../../../shared/poll/look.ts';
import { looksBetween } from '../../../shared/store/looks.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../../shared/time.ts';
import type { Table } from '../../../shared/world.ts';
import type { FeedReport } from './feed-health.ts';

export interface LastLook {
  readonly endedAt: Instant;
  /** Feeds that the last look of their shard left out, by a fault of this machine. */
  readonly missed: number;
  /** The next one should have ended by now. */
  readonly late: boolean;
}

/** @returns null when nothing was looked at for longer than any interval */
export async function lastLook(
  news: Table,
  reports: readonly Pick<FeedReport, 'feed' | 'everyMinutes'>[],
  now: Instant,
): Promise<LastLook | null> {
  const lastOfShard = new Map<number, Look>();
  for (const look of await looksBetween(news, now - DAY - HOUR, now)) lastOfShard.set(look.shard, look);
  const shards = shardsFor(reports.length);
  let endedAt: Instant | null = null;
  let missed = 0;
  for (const shard of new Set(reports.map(({ feed }) => shardOf(feed, shards)))) {
    const last = lastOfShard.get(shard);
    if (last === undefined) continue;
    endedAt = Math.max(endedAt ?? last.endedAt, last.endedAt);
    missed += last.missed.length;
  }
  if (endedAt === null) return null;
  const shortest = Math.min(...reports.map(({ everyMinutes }) => everyMinutes));
  // One tick until the interval is noticed, and one for the look itself.
  const dueWithin = (shortest + 2 * limits.tickMinutes) * MINUTE;
  return { endedAt, missed, late: now - endedAt > dueWithin };
}
