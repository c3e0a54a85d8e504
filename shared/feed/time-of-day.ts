/** The time in a date of a feed: where it stands, what it says, and what is left of the text without it. */

export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly milliseconds: number;
  /** As it is written, lower case; '' for none. See `zone.ts`. */
  readonly zone: string;
}

export const midnight: Clock = { hour: 0, minute: 0, second: 0, milliseconds: 0, zone: '' };

/** A time of day and whatever follows it: half of the day and zone. Lower case. Null when no clock shows it. */
export function clockOf(text: string): Clock | null {
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
  return { hour, minute, second, milliseconds, zone: zone ?? '' };
}

const clockForm =
  /^(\d\d?)(?:(?::(?=\d)|(?=\d\d))(\d\d?)(?:(?::(?=\d)|(?=\d\d))(\d\d?)(?:[.,:](\d{1,9})\d*)?)?)? ?([ap]\.?m\.?(?![a-z]))? ?(.*)$/;

export interface Split {
  /** The text without time and zone. */
  readonly date: string;
  readonly clock: Clock;
}

/**
 * Null when there is a time that no clock shows. A text without one means midnight.
 *
 * @param text lower case
 * @param zoneUnsaid the zone of a time that names none
 */
export function splitAtTime(text: string, zoneUnsaid: string): Split | null {
  const found = timeForms.map((form) => form.exec(text)).find((match) => match !== null);
  if (found === undefined) return { date: text, clock: midnight };
  const [time] = found;
  const before = text.slice(0, found.index);
  const { date, zone } = dateBehind(before, text.slice(found.index + time.length).trim());
  const half = /오후|下午|午後/.test(text) ? 'pm' : /오전|上午|午前/.test(text) ? 'am' : '';
  const clock = clockOf(`${time.replace(/(?<=\d)\.(?=\d\d(?:\D|$))/g, ':').trim()}${half} ${zone || zoneUnsaid}`);
  return clock === null ? null : { date: `${before} ${date}`, clock };
}

/** With colons, but not the minutes of an offset; with dots behind a year; an hour alone, by its half or its offset. */
const timeForms = [
  /(?<![\d:+\-\u2212])\d\d?:\d\d?(?::\d\d?(?:[.,]\d+)?)?(?: ?[ap]\.?m\b\.?)?/,
  /(?<=\b\d{4},? )\d\d?\.\d\d(?:\.\d\d)?(?!\.?\d)/,
  /(?<![\d.:/-])\d\d? ?[ap]\.?m\b\.?/,
  /(?<=\b\d{4} )\d\d(?= [+-]\d{4}$)/,
];

/** asctime has the year behind the time (`mon jan 5 19:48:21 est 2004`), some have the whole date there. */
function dateBehind(before: string, after: string): { readonly date: string; readonly zone: string } {
  const year = /(?:^|\s)(\d{4})(?:\s+(?=[a-z+-])|$)/.exec(after);
  if (/\d/.test(before)) {
    if (year === null) return { date: '', zone: after };
    return { date: year[1]!, zone: `${after.slice(0, year.index)} ${after.slice(year.index + year[0].length)}`.trim() };
  }
  const zone = /\s(?:[+-]\d\d:?\d\d|[a-z]{2,5})$/.exec(after);
  return zone === null ? { date: after, zone: '' } : { date: after.slice(0, zone.index), zone: zone[0].trim() };
}
