/** What people put into the forms of the pages, and what is made of it. */
import { describe, expect, it } from 'vitest';
import { type Cadence, cadenceOf, scheduleInWords, scheduleOf } from '../../shared/pages/cadence.ts';
import { readFields } from '../../shared/pages/fields.ts';
import { offersOf } from '../../shared/pages/offer.ts';
import { preferencesForm, readPreferences } from '../../shared/pages/preferences.ts';
import { readSignUp } from '../../shared/pages/sign-up.ts';
import type { Schedule } from '../../shared/watch/config.ts';
import { phraseWatch, town } from '../simulation/small-town.ts';

const offers = offersOf(town);
const [atOnce, morning] = offers.map(({ id }) => id) as [string, string];
const now = Date.UTC(2026, 10, 23, 9);
const fieldsOf = (body: string) => readFields(body) ?? expect.fail('too many fields');
const signUp = (body: string) => readSignUp(fieldsOf(body), offers, { kind: 'open' });
const decide = (body: string, zone = 'Europe/London') => readPreferences(fieldsOf(body), offers, zone, now);

describe('a digest on offer', () => {
  it('says what it watches, when it comes, and whether it also comes with nothing to tell', () => {
    expect(offers.map(({ watches, comes }) => `${watches} ${comes}`)).toEqual([
      'Watches Encryption and Floods. Comes at once, whenever something is found.',
      'Watches Encryption and Floods. Comes every day at 07:00 (Europe/London), also when there is nothing to tell.',
    ]);
  });

  it('counts the watches that are too many to name', () => {
    const watches = Array.from({ length: 30 }, (_, at) => phraseWatch(`Watch ${at + 1}`, 'x'));
    const digest = { ...town.digests[0]!, watches: watches.map(({ id }) => id) };
    expect(offersOf({ watches, digests: [digest] })[0]?.watches).toMatch(/^Watches Watch 1, .*Watch 8 and 22 more\.$/);
  });
});

describe('a cadence', () => {
  it.each<[Cadence, Schedule | null]>([
    [{ kind: 'own', time: '07:00', day: 1 }, null],
    [{ kind: 'at-once', time: '07:00', day: 1 }, { kind: 'at once' }],
    [{ kind: 'hourly', time: '07:00', day: 1 }, { kind: 'hourly' }],
    [
      { kind: 'daily', time: '18:30', day: 1 },
      { kind: 'times', days: [1, 2, 3, 4, 5, 6, 7], times: ['18:30'] },
    ],
    [
      { kind: 'weekly', time: '08:15', day: 5 },
      { kind: 'times', days: [5], times: ['08:15'] },
    ],
  ])('%o comes back from its schedule as it was', (cadence, schedule) => {
    expect(scheduleOf(cadence)).toEqual(schedule);
    expect(cadenceOf(schedule)).toEqual(cadence);
  });

  it('is said with days as they are written', () => {
    expect(scheduleInWords({ kind: 'times', days: [5], times: ['08:15'] })).toBe('every Friday at 08:15');
  });
});

describe('the sign-up form', () => {
  it('gives what was asked for, in the order of the watch file', () => {
    const body = `digest=${morning}&digest=${atOnce}&when=weekly&day=5&time=08:15&zone=Asia%2FTokyo&address=a%40b.example`;
    expect(signUp(body)).toEqual({
      signUp: {
        address: 'a@b.example',
        digests: [atOnce, morning],
        when: { kind: 'times', days: [5], times: ['08:15'] },
        zone: 'Asia/Tokyo',
      },
    });
  });

  it('leaves a digest that comes by itself to its own clock, whatever the zone that a browser guessed', () => {
    const read = signUp(`digest=${morning}&when=own&zone=Asia%2FTokyo&address=a%40b.example`);
    expect(read).toMatchObject({ signUp: { when: null, zone: null } });
  });

  it('tells all that is wrong at once, and keeps what was typed', () => {
    const read = signUp('digest=unknown&when=daily&time=25:00&zone=Mars%2FBase&address=nobody');
    expect(read).toMatchObject({ form: { address: 'nobody', digests: [] } });
    expect('problems' in read && read.problems.map(({ field }) => field)).toEqual([
      `digest-${atOnce}`,
      'when',
      'zone',
      'address',
    ]);
  });

  it.each([
    'when=yearly',
    'when=weekly&day=8',
    'when=weekly&day=1.5',
    'when=daily&time=7',
    'when=daily&time=',
    'when=weekly&day=1',
    'when=__proto__',
  ])('is told that no form of ours sends %s', (cadence) => {
    expect(signUp(`digest=${morning}&${cadence}&address=a%40b.example`)).toHaveProperty('problems');
  });

  it('is not read with more fields than any form of ours has (row 73)', () => {
    expect(readFields('a=1&'.repeat(10_000))).toBeNull();
  });
});

describe('the preferences form', () => {
  it('gives a time of its own to each digest that is wanted', () => {
    const body = `digest=${atOnce}&when-${atOnce}=daily&time-${atOnce}=18:00&when-${morning}=weekly&zone=`;
    expect(decide(body)).toEqual({
      decision: {
        digests: [{ digest: atOnce, when: { kind: 'times', days: [1, 2, 3, 4, 5, 6, 7], times: ['18:00'] } }],
        zone: null,
        pausedUntil: null,
      },
    });
  });

  it('pauses until the local midnight of the day, in the person’s zone', () => {
    expect(decide('until=2026-12-01&zone=Asia%2FTokyo')).toMatchObject({
      decision: { pausedUntil: Date.parse('2026-11-30T15:00:00Z') },
    });
    // Clocks in Cairo skip this midnight.
    expect(decide('until=2027-04-30&zone=Africa%2FCairo')).toMatchObject({
      decision: { pausedUntil: Date.parse('2027-04-29T22:00:00Z') },
    });
  });

  it.each(['2026-11-23', '2026-11-22', '2028-01-01', '2027-02-30', 'soon', '2026-12-1'])(
    'takes no pause until %s',
    (until) => {
      const read = decide(`until=${until}`);
      expect('problems' in read && read.problems[0]?.says).toMatch(/^Pause until a day from 2026-11-24 to 2027-11-24/);
    },
  );

  it('shows what is stored, and a pause only while it lasts', () => {
    const stored = { maskedAddress: '', zone: 'Asia/Tokyo', subscriptions: [], over: false };
    const until = (pausedUntil: number) => preferencesForm({ ...stored, pausedUntil }, 'UTC', now).pausedUntil;
    expect(until(Date.parse('2026-11-30T15:00:00Z'))).toBe('2026-12-01');
    expect(until(now - 1)).toBe('');
  });
});
