/** How often a feed wants to be asked, from the words of RSS and of its syndication module. */
import type { Pace } from './entry.ts';
import type { PaceFieldName } from './fields.ts';

/**
 * What the texts of these elements mean; null when they say nothing that can be understood.
 *
 * RSS 2.0 numbers its hours from 0 to 23 and RSS 0.91 from 1 to 24: hour 24 is hour 0. The syndication module (RSS 1.0)
 * says that a period without a frequency happens once, and a frequency without a period counts by the day.
 *
 * @param texts every text that the document has for one element, in its order
 */
export function paceOf(texts: (name: PaceFieldName) => readonly string[]): Pace | null {
  const ttlMinutes = numberOf(texts('ttl')[0]);
  const hours = texts('hour').map(numberOf);
  const skipHours = [...new Set(hours.filter((hour) => hour !== null && hour <= 24).map((hour) => hour! % 24))];
  const days = texts('day').map((day) => day.trim().toLowerCase());
  const skipDays = weekdays.filter((day) => days.includes(day.toLowerCase()));
  const updateMinutes = between(texts('period')[0], texts('frequency')[0]);
  if (ttlMinutes === null && updateMinutes === null && skipHours.length === 0 && skipDays.length === 0) return null;
  return { ttlMinutes, skipHours, skipDays, updateMinutes };
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function numberOf(text: string | undefined): number | null {
  const digits = text?.trim() ?? '';
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

const periodMinutes: ReadonlyMap<string, number> = new Map([
  ['hourly', 60],
  ['daily', 1_440],
  ['weekly', 10_080],
  ['monthly', 43_200],
  ['yearly', 525_600],
]);

function between(period: string | undefined, frequency: string | undefined): number | null {
  const times = numberOf(frequency);
  if (period === undefined && times === null) return null;
  const minutes = periodMinutes.get(period?.trim().toLowerCase() ?? 'daily');
  return minutes === undefined ? null : minutes / (times || 1);
}
