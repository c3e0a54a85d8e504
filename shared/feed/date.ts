/**
 * Dates of feeds: RFC 822 (with names of zones and months of many languages), W3C-DTF and ISO 8601, and the broken forms
 * that publishers write. No date is no error: an entry without one is sorted by when it was first seen.
 */
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import { monthOf } from './date-words.ts';
import { type Clock, clockOf, midnight, splitAtTime } from './time-of-day.ts';
import { minutesEast } from './zone.ts';

/**
 * The instant that a feed means, or null when it cannot be told. Never throws. Without a zone it is UTC (Korean time for
 * a date in Korean letters); without a time it is midnight. Any year from 1 to 9999 is taken as it stands: what to make
 * of it is the reader's business.
 */
export function parseDate(written: string): Instant | null {
  const text = written
    .trim()
    .replace(/[^\S ]\s*| \s+/g, ' ')
    .toLowerCase();
  if (text === '' || text.length > limits.dateCharsMax) return null;
  return (
    properDate(text) ??
    properIsoDate(text) ??
    isoDate(text) ??
    truncatedIsoDate(text) ??
    secondsOfUnix(text) ??
    spelledDate(text)
  );
}

/** RFC 822 with the year of RFC 1123, letter by letter: what most feeds write, told without asking further. */
function properDate(text: string): Instant | null {
  const parts = properForm.exec(text);
  if (parts === null) return null;
  const [, day, month, year, hour, minute, second, sign, hours, minutes] = parts;
  const index = properMonths.indexOf(month!);
  if (index % 3 !== 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const east = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  if (east > 12 * 60) return null;
  const at = Date.UTC(Number(year), index / 3, Number(day), Number(hour), Number(minute), Number(second));
  if (new Date(at).getUTCDate() !== Number(day)) return null; // 31 April
  return at - (sign === '-' ? -east : east) * 60_000;
}

const properForm =
  /^(?:[a-z]{3}, )?(\d\d?) ([a-z]{3}) ([12]\d{3}) (\d\d):(\d\d):(\d\d) (?:gmt|utc|z|([+-])(\d\d)(\d\d))$/;
const properMonths = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** RFC 3339, likewise. */
function properIsoDate(text: string): Instant | null {
  if (!properIsoForm.test(text)) return null;
  const at = Date.parse(text.toUpperCase());
  return Number.isNaN(at) || text.slice(8, 10) > '28' ? null : at;
}

const properIsoForm = /^[12]\d{3}-\d\d-\d\dt(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d{1,9})?(?:z|[+-]0\d:\d\d)$/;

/** ISO 8601 and W3C-DTF: `2004-01-05T19:48:21.5+01:00`, `20040105`, `2004-01`, `2004-005`, `2004-01-05 19:48:21 EST`. */
function isoDate(text: string): Instant | null {
  const parts = isoForm.exec(text);
  if (parts === null) return null;
  const [, year, month, day, ordinal, time] = parts;
  const clock = time === undefined ? midnight : clockOf(time);
  if (clock === null) return null;
  if (ordinal !== undefined) return dayOfYear(Number(year), Number(ordinal), clock);
  return instant(Number(year), Number(month ?? 1), Number(day ?? 1), clock);
}

const isoForm = /^(\d{4})(?:-?(\d\d)(?:-?(\d\d))?|-?(\d{3}))?(?:(?:t| ?, ?| at | )(\d.*))?$/;

/** ISO 8601 of 1988 let the century go: `031231`, `03335`, `-0312`, `-03-12`. */
function truncatedIsoDate(text: string): Instant | null {
  const parts = /^(?:(\d\d)(\d\d)(\d\d)|(\d\d)(\d{3})|-(\d\d)-?(\d\d))$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, ofOrdinal, ordinal, ofMonth, monthOnly] = parts;
  if (ordinal !== undefined) return dayOfYear(fullYear(Number(ofOrdinal)), Number(ordinal), midnight);
  return instant(fullYear(Number(year ?? ofMonth)), Number(month ?? monthOnly), Number(day ?? 1), midnight);
}

/** `1520932969`, and the milliseconds of JavaScript; from 2001 to 2286, when they have as many digits. */
function secondsOfUnix(text: string): Instant | null {
  if (/^[1-9]\d{9}$/.test(text)) return Number(text) * 1_000;
  return /^[1-9]\d{12}$/.test(text) ? Number(text) : null;
}

/** RFC 822, asctime and their relatives: a time, a zone, and a day, month and year in any order. */
function spelledDate(text: string): Instant | null {
  const dashed = text.replace(/(\d)\s*[년年월月]\s*/g, '$1-').replace(/(\d)\s*[일日号]/g, '$1');
  const korean = /[\uac00-\ud7a3]/.test(text);
  const split = splitAtTime(dashed, korean ? '+0900' : '');
  if (split === null) return null;
  const { date, clock } = split;
  return numericDate(date, clock) ?? wordyDate(date, clock);
}

/** `5 Jan 2004`, `January 5th, 04`, `Jan. 2004`. */
function wordyDate(date: string, clock: Clock): Instant | null {
  const month = monthOf(date);
  if (month === null) return null;
  const found = dayAndYear(date.match(/\d+/g) ?? []);
  return found === null ? null : instant(found.year, month, found.day, clock);
}

/** The four-digit number is the year; of two short ones the day stands first, as in RFC 822. */
function dayAndYear(numbers: readonly string[]): { readonly day: number; readonly year: number } | null {
  const long = numbers.find((digits) => digits.length === 4);
  const short = numbers.filter((digits) => digits.length <= 2);
  if (long !== undefined) return { day: Number(short[0] ?? 1), year: Number(long) };
  if (short.length < 2) return null;
  return { day: Number(short[0]), year: fullYear(Number(short[1])) };
}

/** `2004/01/05`, `01/05/2004` (month first, unless it cannot be), `05.01.2004` and `05 01 2004` (day first), `04-1-5`. */
function numericDate(text: string, clock: Clock): Instant | null {
  const parts = /(?<!\d)(\d{1,4})([/. -])(\d{1,3})\2(\d{1,4})(?![\d/.-]*\d)/.exec(text);
  if (parts === null) return null;
  const [, first, separator, second, third] = parts;
  if (separator === ' ' && monthOf(text) !== null) return null; // numbers beside a month: a day, a year and something else
  const [a, b, c] = [Number(first), Number(second), Number(third)];
  if (first!.length === 4) return instant(a, b, c, clock);
  const year = third!.length === 4 ? c : fullYear(c);
  // Two digits everywhere: with dashes it is ISO 8601 without its century, and a year is never one digit.
  const yearFirst = third!.length < 4 && (third!.length === 1 || separator === '-');
  const shortened = yearFirst ? instant(fullYear(a), b, c, clock) : null;
  if (shortened !== null) return shortened;
  const dayFirst = separator !== '/' || a > 12;
  return dayFirst ? instant(year, b, a, clock) : instant(year, a, b, clock);
}

/** RFC 2822, section 4.3: 00 to 49 are of this century, 50 to 99 of the last. */
function fullYear(year: number): number {
  if (year >= 100) return year;
  return year < 50 ? 2_000 + year : 1_900 + year;
}

function dayOfYear(year: number, day: number, clock: Clock): Instant | null {
  return day < 1 || day > 366 ? null : instant(year, 1, 1, clock, day - 1);
}

function instant(year: number, month: number, day: number, clock: Clock, daysMore = 0): Instant | null {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1) return null; // 31 April
  date.setUTCDate(date.getUTCDate() + daysMore);
  date.setUTCHours(clock.hour, clock.minute, clock.second, clock.milliseconds);
  const at = date.getTime() - minutesEast(clock.zone, date.getTime()) * 60_000;
  const yearThere = new Date(at).getUTCFullYear();
  return yearThere > 9_999 || yearThere < 0 ? null : at;
}
