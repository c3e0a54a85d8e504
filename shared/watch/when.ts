/**
 * `when:` of a digest. The whole grammar: `at once`, `every hour`, `every DAYS at TIMES`, where DAYS is day, weekday,
 * weekend or names of days, TIMES are HH:MM, and both are joined by `and` or commas.
 */
import type { Schedule } from './config.ts';
import { nearest } from './nearest.ts';

const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** Names first: of two words that are equally near to a slip, a name of a day is more likely meant. */
const dayWords = new Map<string, readonly number[]>([
  ...dayNames.map((name, at): [string, readonly number[]] => [name, [at + 1]]),
  ['day', [1, 2, 3, 4, 5, 6, 7]],
  ['weekday', [1, 2, 3, 4, 5]],
  ['weekend', [6, 7]],
]);
const forms =
  'write at once, every hour, every day at 07:00 and 17:00, every weekday at 07:00 or every monday at 08:30';

/** A schedule, or one sentence on what is wrong and what to write. */
export function parseWhen(text: string): { readonly schedule: Schedule } | { readonly problem: string } {
  const said = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (said === 'at once') return { schedule: { kind: 'at once' } };
  if (said === 'every hour') return { schedule: { kind: 'hourly' } };
  const [, daysSaid, timesSaid] = /^every (.+?)(?: at (.+))?$/.exec(said) ?? [];
  if (daysSaid === undefined) {
    const near = nearest(said, ['at once', 'every hour']);
    return { problem: `"${text}" is not a time; ${near === null ? forms : `did you mean "${near}"?`}` };
  }
  const days = parseDays(daysSaid);
  if ('problem' in days) return days;
  if (timesSaid === undefined) return { problem: `"${text}" has no time; write every ${daysSaid} at 07:00` };
  const times = parseTimes(timesSaid);
  if ('problem' in times) return times;
  return { schedule: { kind: 'times', days: days.days, times: times.times } };
}

function parseDays(said: string): { days: number[] } | { problem: string } {
  const days = new Set<number>();
  for (const word of listed(said)) {
    const known = dayWords.get(word) ?? dayWords.get(word.replace(/s$/, ''));
    if (known === undefined) {
      // `mon`, `thurs`: the beginning of a day says more than how many letters are missing.
      const near = dayNames.find((name) => word.length > 1 && name.startsWith(word)) ?? nearest(word, dayWords.keys());
      return { problem: `"${word}" is not a day; ${near === null ? forms : `did you mean "${near}"?`}` };
    }
    for (const day of known) {
      if (days.has(day))
        return { problem: `${dayNames[day - 1]} is named twice in "every ${said}"; name each day once` };
      days.add(day);
    }
  }
  return { days: [...days].sort((a, b) => a - b) };
}

function parseTimes(said: string): { times: string[] } | { problem: string } {
  const times = new Set<string>();
  for (const word of listed(said)) {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(word))
      return { problem: `"${word}" is not a time of day; ${timeAdvice(word)}` };
    if (times.has(word)) return { problem: `${word} is named twice; name each time once` };
    times.add(word);
  }
  return { times: [...times].sort() };
}

function timeAdvice(word: string): string {
  const [, hour, minute = '00', half] = /^(\d{1,2})(?:[:.h](\d\d))?\s?(am|pm)?$/.exec(word) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return 'write 00:00 to 23:59, such as 07:00';
  const shifted = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  return `write ${String(shifted).padStart(2, '0')}:${minute}`;
}

function listed(said: string): string[] {
  return said.split(/ and |, and |,/).map((word) => word.trim());
}

/** A schedule in the words of the watch file: `every weekday at 07:00 and 17:00`. */
export function sayWhen(schedule: Schedule): string {
  if (schedule.kind === 'at once') return 'at once';
  if (schedule.kind === 'hourly') return 'every hour';
  const whole = ['day', 'weekday', 'weekend'].find((word) => dayWords.get(word)?.join() === schedule.days.join());
  const days = whole === undefined ? schedule.days.map((day) => dayNames[day - 1]) : [whole];
  return `every ${joined(days)} at ${joined(schedule.times)}`;
}

function joined(words: readonly (string | undefined)[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
