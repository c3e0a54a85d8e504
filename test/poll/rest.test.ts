import { describe, expect, it } from 'vitest';
import type { Pace } from '../../shared/feed/entry.ts';
import { isSkipped, restOf } from '../../shared/poll/rest.ts';
import { DAY, HOUR, MINUTE } from '../../shared/time.ts';

const pace = (change: Partial<Pace> = {}): Pace => ({
  ttlMinutes: null,
  skipHours: [],
  skipDays: [],
  updateMinutes: null,
  ...change,
});
const allHours = Array.from({ length: 24 }, (_, hour) => hour);
const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const monday = Date.UTC(2026, 10, 23);

describe('what a publisher asks for', () => {
  it('is nothing when nothing is said, or only what is less than our own clock', () => {
    expect([restOf(null, null), restOf(0, pace()), restOf(200, pace({ ttlMinutes: 0 }))]).toEqual([null, null, null]);
  });

  it.each([
    ['a max-age of an hour', 3_600, pace(), { freshMinutes: 60, advisedMinutes: 0 }],
    ['a max-age of a year (row 27)', 31_536_000, pace(), { freshMinutes: 1_440 }],
    ['ttl', null, pace({ ttlMinutes: 90 }), { freshMinutes: 0, advisedMinutes: 90 }],
    ['ttl of a year (row 27)', null, pace({ ttlMinutes: 525_600 }), { advisedMinutes: 1_440 }],
    [
      'the longer of ttl and the syndication module',
      null,
      pace({ ttlMinutes: 30, updateMinutes: 60 }),
      { advisedMinutes: 60 },
    ],
  ] as const)('%s is brought within bounds', (_, fresh, said, expected) => {
    expect(restOf(fresh, said)).toMatchObject(expected);
  });

  it('is not believed when it wants no visit at all (row 27)', () => {
    expect(restOf(null, pace({ skipHours: allHours, skipDays: week }))).toBeNull();
  });
});

describe('time without visits', () => {
  it('is the hours and days that are named, in UTC', () => {
    const rest = restOf(null, pace({ skipHours: [1, 2], skipDays: ['Tuesday'] }));
    const skipped = allHours.filter((hour) => isSkipped(rest, monday + hour * HOUR + 59 * MINUTE, 15));
    expect(skipped).toEqual([1, 2]);
    expect(isSkipped(rest, monday + DAY + 12 * HOUR, 15)).toBe(true);
  });

  it('is broken by one look after each whole day', () => {
    const rest = restOf(null, pace({ skipDays: week.filter((day) => day !== 'Monday') }));
    const ticks = Array.from({ length: 6 * 288 }, (_, n) => monday + DAY + n * 5 * MINUTE);
    const open = ticks.filter((at) => !isSkipped(rest, at, 15));
    expect(open).toHaveLength(5 * 3); // so long as one interval, in which one slot lies
  });
});
