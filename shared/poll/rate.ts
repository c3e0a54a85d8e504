/**
 * How often a feed publishes, measured by its own entries. A mean over some `limits.rateDays` in which older entries count
 * less and less; between two entries it falls by itself, so silence needs no write.
 */
import type { Entry } from '../feed/entry.ts';
import { limits } from '../limits.ts';
import { DAY, HOUR, type Instant } from '../time.ts';

export interface Rate {
  /** New entries a day, as they were at the last of them. */
  readonly perDay: number;
  readonly at: Instant;
}

/** Half of a document; the other half says no more. */
const fewEntries = 3;

/** What the dates of a first document say; null when it has none that can be believed. */
export function firstRate(entries: readonly Entry[], now: Instant): Rate | null {
  const dates = entries.flatMap(({ publishedAt }) => (publishedAt === null || publishedAt > now ? [] : [publishedAt]));
  dates.sort((a, b) => b - a);
  // The newer half: one old entry that is kept on top says nothing of the rhythm.
  const half = Math.ceil(dates.length / 2);
  const middle = dates[half - 1];
  if (middle === undefined) return null;
  // A burst is no rhythm, and two entries are hardly one.
  const span = Math.max(now - middle, half < fewEntries ? DAY : 6 * HOUR);
  return { perDay: rounded(half / (span / DAY)), at: now };
}

/** After a look that found so many new entries. */
export function nextRate(rate: Rate | null, fresh: number, now: Instant): Rate | null {
  if (fresh === 0) return rate;
  return { perDay: rounded((rate === null ? 0 : rateAt(rate, now)) + fresh / limits.rateDays), at: now };
}

/** Entries a day that are to be expected now. */
export function rateAt({ perDay, at }: Rate, now: Instant): number {
  return perDay * Math.exp(-Math.max(0, now - at) / (limits.rateDays * DAY));
}

/** A float has seventeen digits, which are stored and read a thousand times. With three, small steps would be rounded away. */
function rounded(perDay: number): number {
  return Number(perDay.toPrecision(6));
}
