import { describe, expect, it } from 'vitest';
import { firstRate, nextRate, rateAt } from '../../shared/poll/rate.ts';
import { DAY, HOUR } from '../../shared/time.ts';
import { entry, noon } from './situations.ts';

const every = (hours: number, count: number) =>
  Array.from({ length: count }, (_, n) => entry(`${n}`, { publishedAt: noon - (n + 1) * hours * HOUR }));

describe('the rate of a feed', () => {
  it.each([
    [2, 30, 12],
    [24, 15, 1],
    [240, 10, 0.1],
  ])('is seen in the dates of its first document: one entry in %i hours', (hours, count, perDay) => {
    expect(firstRate(every(hours, count), noon)?.perDay).toBeCloseTo(perDay, 1);
  });

  it('is not lowered by an old entry that stands on top, nor raised by a burst', () => {
    const pinned = [entry('pinned', { publishedAt: noon - 900 * DAY }), ...every(2, 20)];
    expect(firstRate(pinned, noon)?.perDay).toBeCloseTo(12, 0);
    expect(firstRate(every(0.01, 10), noon)?.perDay).toBeLessThanOrEqual(20);
  });

  it('is not known where no date is', () => {
    expect(firstRate([entry('a', { publishedAt: null })], noon)).toBeNull();
    expect(firstRate([entry('a', { publishedAt: noon + 300 * DAY })], noon)).toBeNull();
  });

  it('follows what the feed does, within some weeks', () => {
    let rate = firstRate(every(24, 10), noon);
    for (let hour = 2; hour <= 24 * 28; hour += 2) rate = nextRate(rate, 1, noon + hour * HOUR);
    expect(rate?.perDay).toBeGreaterThan(11);
    expect(rate?.perDay).toBeLessThan(13);
  });

  it('falls by itself in silence, without anything being written', () => {
    const rate = { perDay: 24, at: noon };
    expect(rateAt(rate, noon + 7 * DAY)).toBeCloseTo(24 / Math.E, 5);
    expect(nextRate(rate, 0, noon + DAY)).toBe(rate);
  });
});
