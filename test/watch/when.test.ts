import { expect, it } from 'vitest';
import { parseWhen, sayWhen } from '../../shared/watch/when.ts';

const week = [1, 2, 3, 4, 5, 6, 7];

it.each([
  ['at once', { kind: 'at once' }, 'at once'],
  ['Every  Hour', { kind: 'hourly' }, 'every hour'],
  ['every day at 07:00', { kind: 'times', days: week, times: ['07:00'] }, 'every day at 07:00'],
  [
    'every day at 17:00 and 07:00',
    { kind: 'times', days: week, times: ['07:00', '17:00'] },
    'every day at 07:00 and 17:00',
  ],
  [
    'every weekday at 07:00, 12:30 and 17:00',
    { kind: 'times', days: [1, 2, 3, 4, 5], times: ['07:00', '12:30', '17:00'] },
    'every weekday at 07:00, 12:30 and 17:00',
  ],
  ['every weekend at 00:00', { kind: 'times', days: [6, 7], times: ['00:00'] }, 'every weekend at 00:00'],
  ['every monday at 08:30', { kind: 'times', days: [1], times: ['08:30'] }, 'every monday at 08:30'],
  [
    'every thursday and monday at 08:30',
    { kind: 'times', days: [1, 4], times: ['08:30'] },
    'every monday and thursday at 08:30',
  ],
  [
    'every tuesday, thursday, and weekend at 23:59',
    { kind: 'times', days: [2, 4, 6, 7], times: ['23:59'] },
    'every tuesday, thursday, saturday and sunday at 23:59',
  ],
  ['every mondays at 08:30', { kind: 'times', days: [1], times: ['08:30'] }, 'every monday at 08:30'],
])('"%s" is a schedule, and can be said again', (text, schedule, said) => {
  const parsed = parseWhen(text);
  expect(parsed).toEqual({ schedule });
  expect('schedule' in parsed && sayWhen(parsed.schedule)).toBe(said);
  expect(parseWhen(said)).toEqual({ schedule });
});

const forms =
  'write at once, every hour, every day at 07:00 and 17:00, every weekday at 07:00 or every monday at 08:30';

it.each([
  ['', `"" is not a time; ${forms}`],
  ['daily', `"daily" is not a time; ${forms}`],
  ['at onse', '"at onse" is not a time; did you mean "at once"?'],
  ['evry hour', '"evry hour" is not a time; did you mean "every hour"?'],
  ['every day', '"every day" has no time; write every day at 07:00'],
  ['every mon at 07:00', '"mon" is not a day; did you mean "monday"?'],
  ['every wendesday at 07:00', '"wendesday" is not a day; did you mean "wednesday"?'],
  ['every wensday at 07:00', '"wensday" is not a day; did you mean "wednesday"?'],
  ['every full moon at 07:00', `"full moon" is not a day; ${forms}`],
  ['every monday and monday at 07:00', 'monday is named twice in "every monday and monday"; name each day once'],
  ['every weekday and friday at 07:00', 'friday is named twice in "every weekday and friday"; name each day once'],
  ['every day at 7:00', '"7:00" is not a time of day; write 07:00'],
  ['every day at 7am', '"7am" is not a time of day; write 07:00'],
  ['every day at 12 am', '"12 am" is not a time of day; write 00:00'],
  ['every day at 5.30 pm', '"5.30 pm" is not a time of day; write 17:30'],
  ['every day at 24:00', '"24:00" is not a time of day; write 00:00 to 23:59, such as 07:00'],
  ['every day at 07:60', '"07:60" is not a time of day; write 00:00 to 23:59, such as 07:00'],
  ['every day at noon', '"noon" is not a time of day; write 00:00 to 23:59, such as 07:00'],
  ['every day at 07:00 and 07:00', '07:00 is named twice; name each time once'],
])('"%s" is none, and the sentence says what to write', (text, problem) => {
  expect(parseWhen(text)).toEqual({ problem });
});
