/**
 * Dates of feeds: RFC 822 (with names of zones and months of many languages), W3C-DTF and ISO 8601, and the broken forms
 * that publishers write. No date is no error: an entry without one is sorted by when it was first seen.
 */
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import { monthOf, zoneMinutes } from './date-words.ts';

/**
 * The instant that a feed means, or null when it cannot be told. Never throws. Without a zone it is UTC; without a time
 * it is midnight. Any year from 1 to 9999 is taken as it stands: what to make of it is the reader's business.
 */
export function parseDate(written: string): Instant | null {
  const text = written.trim().replace(/\s+/g, ' ');
  if (text === '' || text.length > limits.dateCharsMax) return null;
  return isoDate(text) ?? wordyDate(text.toLowerCase());
}

/** ISO 8601 and W3C-DTF: `2004-01-05T19:48:21.5+01:00`, `20040105`, `2004-01`, `2004-005`, `2004-01-05 19:48:21 EST`. */
function isoDate(text: string): Instant | null {
  const parts = isoForm.exec(text);
  if (parts === null) return null;
  const [, year, month, day, ordinal, time] = parts;
  const clock = time === undefined ? midnight : clockOf(time.toLowerCase());
  if (clock === null) return null;
  if (ordinal !== undefined) {
    const days = Number(ordinal);
    return days < 1 || days > 366 ? null : instant(Number(year), 1, 1, clock, days - 1);
  }
  return instant(Number(year), Number(month ?? 1), Number(day ?? 1), clock, 0);
}

const isoForm = /^(\d{4})(?:-?(\d\d)(?:-?(\d\d))?|-?(\d{3}))?(?:(?:[Tt ]| ?, ?)(\d.*))?$/;

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly milliseconds: number;
  /** East of Greenwich. */
  readonly zoneMinutes: number;
}

const midnight: Clock = { hour: 0, minute: 0, second: 0, milliseconds: 0, zoneMinutes: 0 };

/** A time of day and whatever follows it: half of the day and zone. Lower case. */
function clockOf(text: string): Clock | null {
  const parts = clockForm.exec(text);
  if (parts === null) return null;
  const [, hours, minutes, seconds, fraction, half, zone] = parts;
  let hour = Number(hours);
  if (half?.startsWith('p') && hour < 12) hour += 12;
  if (half?.startsWith('a') && hour === 12) hour = 0;
  const minute = Number(minutes ?? 0);
  const second = Math.min(Number(seconds ?? 0), 59); // a leap second, or a careless clock
  if (hour > 24 || minute > 59) return null;
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1_000);
  return { hour, minute, second, milliseconds, zoneMinutes: zoneMinutes(zone ?? '') };
}

const clockForm = /^(\d\d?)(?::?(\d\d)(?::?(\d\d)(?:[.,:](\d{1,9})\d*)?)?)? ?([ap]\.?m\.?(?![a-z]))? ?(.*)$/;

/** RFC 822, asctime and their relatives: a time, a month by name, a year and a day in any order. Lower case. */
function wordyDate(text: string): Instant | null {
  const numbers = text.replace(/(\d)\s*[년年월月]\s*/g, '$1-').replace(/(\d)\s*[일日]/g, '$1');
  const slashes = numericDate(numbers);
  if (slashes !== null) return slashes;

  const at = numbers.search(/\d\d?[:.]\d\d/);
  const timed = at < 0 ? null : /^(\d\d?)[:.](\d\d)(?:[:.](\d\d))?(?:[.,]\d+)?/.exec(numbers.slice(at));
  let date = numbers;
  let clock: Clock | null = midnight;
  if (timed !== null) {
    const after = numbers.slice(at + timed[0].length).trim();
    // asctime has the year behind the time: `mon jan 5 19:48:21 est 2004`.
    const year = /(?:^|\s)(\d{4})$/.exec(after);
    const zone = year === null ? after : after.slice(0, year.index).trim();
    clock = clockOf(`${timed[1]}:${timed[2]}:${timed[3] ?? '00'} ${zone}`);
    date = `${numbers.slice(0, at)} ${year?.[1] ?? ''}`;
  }
  const month = monthOf(date);
  if (clock === null || month === null) return null;
  const found = dayAndYear(date.match(/\d+/g) ?? []);
  return found === null ? null : instant(found.year, month, found.day, clock, 0);
}

/** The four-digit number is the year; of two short ones the day stands first, as in RFC 822. */
function dayAndYear(numbers: readonly string[]): { readonly day: number; readonly year: number } | null {
  const long = numbers.find((digits) => digits.length === 4);
  const short = numbers.filter((digits) => digits.length <= 2);
  if (long !== undefined) return { day: Number(short[0] ?? 1), year: Number(long) };
  if (short.length < 2) return null;
  return { day: Number(short[0]), year: fullYear(Number(short[1])) };
}

/** `2004/01/05 19:48`, `01/05/2004` (month first, unless it cannot be), `05.01.2004` (day first), `2004-1-5`. */
function numericDate(text: string): Instant | null {
  const parts = /^(?:[^\d]*?[ ,])?(\d{1,4})([/.-])(\d\d?)\2(\d{1,4})(?:[ ,t]+(\d.*))?$/.exec(text);
  if (parts === null) return null;
  const [, first, separator, second, third, time] = parts;
  const clock = time === undefined ? midnight : clockOf(time);
  if (clock === null) return null;
  const [a, b, c] = [Number(first), Number(second), Number(third)];
  if (first!.length === 4) return instant(a, b, c, clock, 0);
  const year = third!.length === 4 ? c : fullYear(c);
  const dayFirst = separator !== '/' || a > 12;
  return dayFirst ? instant(year, b, a, clock, 0) : instant(year, a, b, clock, 0);
}

/** RFC 2822, section 4.3: 00 to 49 are of this century, 50 to 99 of the last. */
function fullYear(year: number): number {
  if (year >= 100) return year;
  return year < 50 ? 2_000 + year : 1_900 + year;
}

function instant(year: number, month: number, day: number, clock: Clock, daysMore: number): Instant | null {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1) return null; // 31 April
  date.setUTCDate(date.getUTCDate() + daysMore);
  date.setUTCHours(clock.hour, clock.minute - clock.zoneMinutes, clock.second, clock.milliseconds);
  return date.getUTCFullYear() > 9_999 || date.getUTCFullYear() < 0 ? null : date.getTime();
}
