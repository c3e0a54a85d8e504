/** Hits counted: by day and by what they are of. */
import { limits } from '../../../shared/limits.ts';
import { DAY, type Instant, localDay } from '../../../shared/time.ts';
import type { HitLine } from './hit-index.ts';

export interface Series {
  /** Null for what stands together. */
  readonly id: string | null;
  readonly total: number;
  /** By day, in the order of the days. */
  readonly values: readonly number[];
}

/** Local days, oldest first; today is the last. Each once, whatever clocks do. */
export function lastDays(howMany: number, zone: string, now: Instant): readonly string[] {
  const today = Date.parse(`${localDay(now, zone)}T00:00:00Z`);
  return Array.from({ length: howMany }, (_, index) =>
    new Date(today - (howMany - 1 - index) * DAY).toISOString().slice(0, 10),
  );
}

/**
 * The most frequent first.
 *
 * @param of what is counted apart; the least of them stand together in a last series when there are more than colours
 */
export function countsByDay(
  lines: readonly HitLine[],
  days: readonly string[],
  of: (line: HitLine) => string,
): readonly Series[] {
  const column = new Map(days.map((day, index) => [day, index]));
  const series = [...Map.groupBy(lines, of)]
    .map(([id, own]) => seriesOf(id, own, column))
    .sort((a, b) => b.total - a.total || (a.id < b.id ? -1 : 1));
  if (series.length <= limits.chartSeriesMax) return series;
  const apart = series.slice(0, limits.chartSeriesMax - 1);
  const together = series.slice(limits.chartSeriesMax - 1);
  const values = days.map((_, index) => together.reduce((sum, each) => sum + (each.values[index] ?? 0), 0));
  return [...apart, { id: null, total: together.reduce((sum, { total }) => sum + total, 0), values }];
}

function seriesOf(id: string, lines: readonly HitLine[], column: ReadonlyMap<string, number>): Series & { id: string } {
  const values = Array.from(column, () => 0);
  for (const { day } of lines) {
    const index = column.get(day);
    if (index !== undefined) values[index] = (values[index] ?? 0) + 1;
  }
  return { id, total: lines.length, values };
}
