import { describe, expect, it } from 'vitest';
import { formerShards, isDue, isSlotOf, shardOf, shardsFor } from '../../shared/poll/due.ts';
import type { FeedState } from '../../shared/poll/feed-state.ts';
import { judge } from '../../shared/poll/judge.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../shared/time.ts';
import { failed, feedAt, noon, read } from './situations.ts';

const ticks = (from: Instant, to: Instant) =>
  Array.from({ length: (to - from) / (5 * MINUTE) }, (_, n) => from + n * 5 * MINUTE);
const fine = (url: string) => judge(feedAt(url), null, read([]), noon).state;
const hundred = Array.from({ length: 100 }, (_, n) => feedAt(`https://h${n}.example/feed`));

describe('the slot of a feed', () => {
  it.each([5, 15, 30, 60, 240])('comes every %i minutes, without memory', (everyMinutes) => {
    const feed = feedAt('https://a.example/feed', { everyMinutes });
    const due = ticks(noon, noon + 2 * DAY).filter((tick) => isSlotOf(feed, tick));
    expect(due.slice(1).map((tick, n) => (tick - (due[n] ?? 0)) / MINUTE)).toEqual(
      Array.from({ length: (2 * 24 * 60) / everyMinutes - 1 }, () => everyMinutes),
    );
  });

  it('is the same whenever in the five minutes the tick comes', () => {
    const feed = feedAt();
    for (const tick of ticks(noon, noon + HOUR)) {
      expect(isSlotOf(feed, tick + 4 * MINUTE + 59_000)).toBe(isSlotOf(feed, tick));
    }
  });

  it('spreads feeds over the ticks of their interval', () => {
    const perTick = ticks(noon, noon + 15 * MINUTE).map(
      (tick) => hundred.filter((feed) => isSlotOf(feed, tick)).length,
    );
    expect(perTick.reduce((a, b) => a + b)).toBe(100);
    expect(Math.min(...perTick)).toBeGreaterThan(15);
  });
});

describe('a feed is due', () => {
  it('at once when it was never looked at', () => {
    expect(hundred.every((feed) => isDue(feed, null, noon))).toBe(true);
  });

  it('not before its publisher allows', () => {
    const feed = feedAt('https://a.example/feed', { everyMinutes: 5 });
    const { state } = judge(feed, null, failed({ retryAfterSeconds: 3_600 }), noon);
    expect(ticks(noon, noon + HOUR).some((tick) => isDue(feed, state, tick))).toBe(false);
    expect(ticks(noon + HOUR, noon + 2 * HOUR).some((tick) => isDue(feed, state, tick))).toBe(true);
  });

  it('ever more seldom while it fails, and never not at all', () => {
    const feed = feedAt('https://a.example/feed');
    const { state } = judge(feed, fine(feed.url), failed(), noon);
    const looks = (from: number, to: number) =>
      ticks(noon + from, noon + to).filter((tick) => isDue(feed, state as FeedState, tick)).length;
    expect([looks(0, HOUR), looks(HOUR, DAY), looks(DAY, 7 * DAY), looks(7 * DAY, 9 * DAY)]).toEqual([4, 23, 36, 2]);
  });
});

describe('shards', () => {
  it('are a power of two, with at most 1,000 feeds each on average', () => {
    expect([1, 1_000, 1_001, 2_000, 2_001, 10_000].map(shardsFor)).toEqual([1, 1, 2, 2, 4, 16]);
  });

  it('keep the feeds of one host together', () => {
    const shards = ['/a', '/b', '/c'].map((path) => shardOf(feedAt(`https://same.example${path}`), 16));
    expect(new Set(shards).size).toBe(1);
  });

  it('are found again after their number changed, up or down', () => {
    for (const feed of hundred) {
      for (const [before, now] of [
        [1, 2],
        [2, 8],
        [16, 4],
        [4, 1],
      ] as const) {
        const home = shardOf(feed, now);
        expect([home, ...formerShards(feed, now)]).toContain(shardOf(feed, before));
      }
    }
  });
});
