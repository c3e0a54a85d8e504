import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { latestSlot, nextSlot } from '../../shared/digest/slot.ts';
import { DAY, HOUR, iso, localDay, MINUTE } from '../../shared/time.ts';
import type { Schedule } from '../../shared/watch/config.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const daily = (...times: string[]): Schedule => ({ kind: 'times', days: everyDay, times });
const at = (text: string) => Date.parse(text);

describe('a local time that the clocks skip or repeat', () => {
  test.each([
    ['97: 01:30 is missing in London', 'Europe/London', '2027-03-28T01:30', '2027-03-28T01:00:00Z'],
    ['97: 01:30 comes twice in London', 'Europe/London', '2027-10-31T01:30', '2027-10-31T00:30:00Z'],
    ['98: midnight is missing in Cairo', 'Africa/Cairo', '2027-04-30T00:00', '2027-04-29T22:00:00Z'],
    ['98: midnight is missing in Beirut', 'Asia/Beirut', '2027-03-28T00:00', '2027-03-27T22:00:00Z'],
    ['98: midnight is missing in Havana', 'America/Havana', '2027-03-14T00:00', '2027-03-14T05:00:00Z'],
    ['99: 23:30 comes twice in Santiago', 'America/Santiago', '2027-04-03T23:30', '2027-04-04T02:30:00Z'],
    ['99: 02:15 is missing on Lord Howe', 'Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30:00Z'],
    ['99: 01:45 comes twice on Lord Howe', 'Australia/Lord_Howe', '2027-04-04T01:45', '2027-04-03T14:45:00Z'],
    ['99: 23:30 is missing in Nuuk, over midnight', 'America/Nuuk', '2027-03-27T23:30', '2027-03-28T01:00:00Z'],
    ['an ordinary morning', 'Europe/London', '2026-11-23T07:00', '2026-11-23T07:00:00Z'],
  ])('%s', (_, zone, id, due) => {
    const when = daily(id.slice(11));
    expect(latestSlot(when, zone, at(due))).toEqual({ id, at: at(due) });
    expect(latestSlot(when, zone, at(due) + 3 * HOUR).id).toBe(id);
    expect(latestSlot(when, zone, at(due) - 1).id).not.toBe(id);
    expect(nextSlot(when, zone, at(due) - 1)).toEqual({ id, at: at(due) });
    expect(nextSlot(when, zone, at(due)).id).not.toBe(id);
  });
});

it('has no slot on the date that Apia left out', () => {
  const when = daily('07:00');
  const before = nextSlot(when, 'Pacific/Apia', at('2011-12-29T00:00:00Z'));
  expect(before.id).toBe('2011-12-29T07:00');
  expect(nextSlot(when, 'Pacific/Apia', before.at).id).toBe('2011-12-31T07:00');
  expect(latestSlot(when, 'Pacific/Apia', at('2011-12-30T12:00:00Z')).id).toBe('2011-12-29T07:00');
});

it('finds the slot of a weekly schedule whose day Apia left out', () => {
  const fridays: Schedule = { kind: 'times', days: [5], times: ['07:00'] };
  expect(latestSlot(fridays, 'Pacific/Apia', at('2012-01-05T12:00:00Z')).id).toBe('2011-12-23T07:00');
  expect(nextSlot(fridays, 'Pacific/Apia', at('2011-12-23T19:00:00Z')).id).toBe('2012-01-06T07:00');
});

it('knows a slot of tomorrow as past where the clocks went back over midnight', () => {
  // At 00:01 on 7 November 2010 St John's went back to 23:01: midnight is past, and it is the day before again.
  const now = at('2010-11-07T02:40:00Z');
  expect(localDay(now, 'America/St_Johns')).toBe('2010-11-06');
  const slot = { id: '2010-11-07T00:00', at: at('2010-11-07T02:30:00Z') };
  expect(latestSlot(daily('00:00'), 'America/St_Johns', now)).toEqual(slot);
  expect(nextSlot(daily('00:00'), 'America/St_Johns', now).id).toBe('2010-11-08T00:00');
});

it('lets the last of several times stand when all of them fall into one gap', () => {
  const when = daily('01:10', '01:40');
  expect(latestSlot(when, 'Europe/London', at('2027-03-28T01:00:00Z')).id).toBe('2027-03-28T01:40');
});

it('keeps to the listed days of the week, by the local date', () => {
  const mondays: Schedule = { kind: 'times', days: [1], times: ['00:30'] };
  // Monday 00:30 in Auckland is Sunday in London.
  expect(nextSlot(mondays, 'Pacific/Auckland', at('2026-11-20T00:00:00Z'))).toEqual({
    id: '2026-11-23T00:30',
    at: at('2026-11-22T11:30:00Z'),
  });
});

it('gives an hourly digest every real hour, also where local hours repeat', () => {
  const now = at('2027-10-31T00:59:59Z');
  expect(latestSlot({ kind: 'hourly' }, 'Europe/London', now)).toEqual({
    id: '2027-10-31T00:00Z',
    at: at('2027-10-31T00:00:00Z'),
  });
  expect(nextSlot({ kind: 'hourly' }, 'Europe/London', now).id).toBe('2027-10-31T01:00Z');
});

it('gives "at once" the minute of now', () => {
  const now = at('2026-11-23T07:04:59.999Z');
  expect(latestSlot({ kind: 'at once' }, 'Asia/Kolkata', now).id).toBe('2026-11-23T07:04Z');
  expect(nextSlot({ kind: 'at once' }, 'Asia/Kolkata', now).at).toBe(at('2026-11-23T07:05:00Z'));
});

test('101: an unknown zone counts as UTC', () => {
  expect(latestSlot(daily('07:00'), 'Atlantis/Centre', at('2026-11-23T07:00:00Z')).at).toBe(at('2026-11-23T07:00:00Z'));
});

const zones = [
  'UTC',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Berlin',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'America/New_York',
  'America/Havana',
  'America/Santiago',
  'America/Nuuk',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Antarctica/Troll',
];

describe('over 800 days there is exactly one slot for each local day', () => {
  test.each(zones)('in %s', (zone) => {
    const minuteOfDay = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(minuteOfDay, (minute) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const when = daily(time);
        let slot = nextSlot(when, zone, at('2026-01-01T00:00:00Z'));
        const first = slot.id.slice(0, 10);
        for (let day = 0; day < 800; day++) {
          const expected = iso(at(`${first}T00:00:00Z`) + day * DAY).slice(0, 10);
          if (slot.id !== `${expected}T${time}`) return false;
          if (latestSlot(when, zone, slot.at).id !== slot.id) return false;
          slot = nextSlot(when, zone, slot.at);
        }
        return true;
      }),
      { numRuns: 2, examples: [[0]] },
    );
  });

  it('falls due on its own date, unless its last minutes were skipped', () => {
    const slot = latestSlot(daily('12:00'), 'Pacific/Chatham', at('2026-11-23T07:00:00Z'));
    expect(localDay(slot.at, 'Pacific/Chatham')).toBe(slot.id.slice(0, 10));
    expect(localDay(slot.at - MINUTE * 12 * 60 - MINUTE, 'Pacific/Chatham')).not.toBe(slot.id.slice(0, 10));
  });
});

it('100: has a slot on 29 February, and none on a 30th that is not there', () => {
  const when = daily('07:00');
  expect(nextSlot(when, 'Europe/London', at('2028-02-28T08:00:00Z')).id).toBe('2028-02-29T07:00');
  expect(nextSlot(when, 'Europe/London', at('2028-02-29T08:00:00Z')).id).toBe('2028-03-01T07:00');
  expect(nextSlot(when, 'Europe/London', at('2027-02-28T08:00:00Z')).id).toBe('2027-03-01T07:00');
});
