import { describe, expect, it } from 'vitest';
import { type FeedState, neverLookedAt } from '../../shared/poll/feed-state.ts';
import { intervalMinutes } from '../../shared/poll/interval.ts';
import { DAY, HOUR } from '../../shared/time.ts';
import { feedAt, noon } from './situations.ts';

const auto = feedAt(undefined, { atMostMinutes: 240 });
const publishing = (perDay: number, change: Partial<FeedState> = {}): FeedState => ({
  ...neverLookedAt(auto.id),
  rate: { perDay, at: noon },
  ...change,
});
const rest = { freshMinutes: 0, advisedMinutes: 0, skipHours: [], skipDays: [] };

describe('every: auto', () => {
  it.each([
    [100, 5],
    [24, 5],
    [10, 15],
    [2, 30],
    [0.3, 60],
    [0.05, 240],
  ])('a feed of %d entries a day is looked at every %i minutes', (perDay, minutes) => {
    expect(intervalMinutes(auto, publishing(perDay), noon)).toBe(minutes);
  });

  it('begins with a quarter of an hour, and grows in silence', () => {
    expect(intervalMinutes(auto, null, noon)).toBe(15);
    expect(intervalMinutes(auto, publishing(10, { rate: null }), noon)).toBe(15);
    expect(intervalMinutes(auto, publishing(10), noon + 14 * DAY)).toBe(30);
    expect(intervalMinutes(auto, publishing(10), noon + 60 * DAY)).toBe(240);
  });

  it('obeys at_most, and what headers and documents ask for', () => {
    const bounded = { ...auto, atMostMinutes: 45 };
    expect(intervalMinutes(bounded, publishing(0.01), noon)).toBe(45);
    expect(intervalMinutes(auto, publishing(100, { rest: { ...rest, advisedMinutes: 60 } }), noon)).toBe(60);
    expect(intervalMinutes(bounded, publishing(100, { rest: { ...rest, advisedMinutes: 60 } }), noon)).toBe(45);
    expect(intervalMinutes(bounded, publishing(100, { rest: { ...rest, freshMinutes: 60 } }), noon)).toBe(60);
  });

  it('looks as often as may be for a day after a gap', () => {
    const turned = publishing(0.1, { gap: { from: null, to: noon } });
    expect([intervalMinutes(auto, turned, noon + 23 * HOUR), intervalMinutes(auto, turned, noon + 25 * HOUR)]).toEqual([
      5, 240,
    ]);
  });
});

describe('every: 15m', () => {
  it('is obeyed, whatever the rate, a gap or the document says; HTTP and failures make it longer', () => {
    const fixed = feedAt();
    const eager = publishing(500, { gap: { from: null, to: noon }, rest: { ...rest, advisedMinutes: 600 } });
    expect(intervalMinutes(fixed, eager, noon)).toBe(15);
    expect(intervalMinutes(fixed, publishing(0), noon)).toBe(15);
    expect(intervalMinutes(fixed, publishing(1, { rest: { ...rest, freshMinutes: 90 } }), noon)).toBe(90);
    const failing = { since: noon - 2 * HOUR, why: 'timeout', detail: '' } as const;
    expect(intervalMinutes(fixed, publishing(1, { failing }), noon)).toBe(60);
  });
});
