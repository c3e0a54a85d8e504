import { describe, expect, it } from 'vitest';
import {
  dueFeeds,
  formerShards,
  isAtRest,
  isDue,
  isWholeLook,
  restAfter,
  restUntil,
  shardOf,
  shardsFor,
} from '../../shared/poll/due.ts';
import type { FeedState } from '../../shared/poll/feed-state.ts';
import { judge } from '../../shared/poll/judge.ts';
import type { Look } from '../../shared/poll/look.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../shared/time.ts';
import type { Feed } from '../../shared/watch/config.ts';
import { failed, feedAt, noon, read, unchanged } from './situations.ts';

const ticks = (from: Instant, to: Instant) =>
  Array.from({ length: (to - from) / (5 * MINUTE) }, (_, n) => from + n * 5 * MINUTE);
const fine = (url: string) => judge(feedAt(url), null, read([]), noon).state;
const hundred = Array.from({ length: 100 }, (_, n) => feedAt(`https://h${n}.example/feed`));

/** The ticks at which a feed is looked at, when every tick comes. */
function looksOf(feed: Feed, state: FeedState | null, from: Instant, to: Instant): Instant[] {
  return ticks(from, to).filter((at) => isDue(feed, state, { since: at - 5 * MINUTE, at }));
}

describe('a feed is due', () => {
  it.each([
    [5, 5],
    [12, 15],
    [15, 15],
    [30, 30],
    [60, 60],
    [240, 240],
  ])('every %i minutes, in whole ticks: %i', (everyMinutes, minutes) => {
    const feed = feedAt('https://a.example/feed', { everyMinutes });
    const looks = looksOf(feed, fine(feed.url), noon, noon + 2 * DAY);
    const gaps = new Set(looks.slice(1).map((tick, n) => (tick - (looks[n] ?? 0)) / MINUTE));
    expect([...gaps]).toEqual([minutes]);
  });

  const perTick = (everyMinutes: number) =>
    ticks(noon, noon + everyMinutes * MINUTE).map(
      (at) =>
        hundred.filter((feed) => isDue({ ...feed, everyMinutes }, fine(feed.url), { since: at - 5 * MINUTE, at }))
          .length,
    );

  it('together with its shard within a quarter of an hour, so that one invocation reads them all', () => {
    expect(perTick(15)).toEqual([100, 0, 0]);
  });

  it('spread over the quarters of a longer interval', () => {
    const perQuarter = perTick(60).filter((_, tick) => tick % 3 === 0);
    expect(perQuarter.reduce((a, b) => a + b)).toBe(100);
    expect(Math.min(...perQuarter)).toBeGreaterThan(12);
  });

  it('82: at the next tick when its own was missed, and only once', () => {
    const feed = feedAt('https://a.example/feed', { everyMinutes: 1_440 });
    const [slot = 0] = looksOf(feed, fine(feed.url), noon, noon + DAY);
    const late = slot + 3 * HOUR + 7_000;
    expect(isDue(feed, fine(feed.url), { since: slot - HOUR, at: late })).toBe(true);
    expect(isDue(feed, fine(feed.url), { since: late, at: late + 5 * MINUTE })).toBe(false);
    expect(isDue(feed, fine(feed.url), { since: slot, at: slot })).toBe(false);
  });

  it('at once when it, or its shard, was never looked at', () => {
    expect(hundred.every((feed) => isDue(feed, null, { since: noon, at: noon }))).toBe(true);
    expect(hundred.every((feed) => isDue(feed, fine(feed.url), { since: null, at: noon }))).toBe(true);
  });

  it('24: not before its publisher allows', () => {
    const feed = feedAt('https://a.example/feed', { everyMinutes: 5 });
    const { state } = judge(feed, null, failed({ why: 'server error', retryAfterSeconds: 3_600 }), noon);
    expect(looksOf(feed, state, noon, noon + HOUR)).toEqual([]);
    expect(looksOf(feed, state, noon + HOUR, noon + 2 * HOUR)).not.toEqual([]);
  });

  it('ever more seldom while it fails, and never not at all', () => {
    const feed = feedAt('https://a.example/feed');
    const { state } = judge(feed, fine(feed.url), failed({ why: 'server error' }), noon);
    const looks = (from: number, to: number) => looksOf(feed, state, noon + from, noon + to).length;
    expect([looks(0, HOUR), looks(HOUR, DAY), looks(DAY, 7 * DAY), looks(7 * DAY, 9 * DAY)]).toEqual([4, 23, 36, 2]);
  });
});

describe('the order of a poll', () => {
  it('is who was missed, then who takes longest: no answer in time, slow, quick', () => {
    const [quick, slow, silent, missed] = ['quick', 'slow', 'silent', 'missed'].map((name) =>
      feedAt(`https://${name}.example/`),
    );
    if (!quick || !slow || !silent || !missed) throw new Error('four feeds');
    const states = new Map([
      [quick.id, fine(quick.url)],
      [slow.id, judge(slow, null, read([], { tookMs: 3_000 }), noon).state],
      [silent.id, judge(silent, fine(silent.url), failed({ why: 'timeout' }), noon).state],
      [missed.id, fine(missed.url)],
    ]);
    const look = {
      shard: 0,
      tickAt: noon,
      endedAt: noon,
      looked: new Set<string>(),
      missed: [missed.id],
      read: 0,
      unchanged: 0,
      failed: 0,
    };
    const due = dueFeeds(
      [quick, slow, silent, missed],
      ({ id }) => states.get(id) ?? null,
      look,
      noon + 1,
      noon + HOUR,
    );
    expect(due.map(({ name }) => name)).toEqual(['missed', 'silent', 'slow', 'quick'].map((name) => `${name}.example`));
  });
});

describe('a look without validators', () => {
  it('comes once in a week of looks in turn, whatever the interval', () => {
    for (const everyMinutes of [5, 15, 60, 240]) {
      const feed = feedAt('https://a.example/feed', { everyMinutes });
      const state = fine(feed.url);
      const whole = looksOf(feed, state, noon, noon + 14 * DAY).filter((at) => isWholeLook(feed, state, at));
      expect(whole, `every ${everyMinutes}`).toHaveLength(2);
    }
  });
});

describe('after a look out of turn', () => {
  const feed = feedAt('https://a.example/feed', { everyMinutes: 15 });
  const state = judge(feed, null, read([], { freshSeconds: 3_600 }), noon).state;

  it('a feed that asks for an hour gets it, and in turn nothing need be written', () => {
    const slot = looksOf(feed, { ...state!, notBeforeAt: null }, noon, noon + 2 * HOUR)[0] ?? 0;
    expect(restUntil(feed, state!, slot + 4 * MINUTE)).toBeNull();
    expect(restUntil(feed, state!, slot + 30 * MINUTE)).toBe(slot + 90 * MINUTE);
    expect(judge(feed, state, unchanged({ freshSeconds: 3_600 }), slot + 4 * MINUTE + DAY).state).toBeNull();
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

describe('the word that a poll leaves for the next one', () => {
  const states = new Map(hundred.map((feed) => [feed.id, fine(feed.url)]));
  const stateOf = (feed: Feed) => states.get(feed.id) ?? null;
  const lookAt = (tickAt: Instant, change: Partial<Look> = {}): Look => ({
    shard: 0,
    tickAt,
    endedAt: tickAt + 20_000,
    looked: new Set(),
    missed: [],
    read: 0,
    unchanged: 0,
    failed: 0,
    ...change,
  });
  const left = (feeds: readonly Feed[], change: Partial<Look> = {}): Look => {
    const look = lookAt(noon, change);
    return { ...look, rest: restAfter(feeds, stateOf, look) };
  };

  it('holds until the tick at which one of them is due, and no longer than a quarter of an hour', () => {
    const hourly = hundred.map((feed) => ({ ...feed, everyMinutes: 60 }));
    const hasty = [...hundred.slice(1), { ...hundred[0]!, everyMinutes: 5 }];
    expect(left(hundred).rest?.until).toBe(noon + 15 * MINUTE);
    expect(left(hourly).rest?.until).toBe(noon + 15 * MINUTE);
    expect(left(hasty).rest?.until).toBe(noon + 5 * MINUTE);
  });

  it('says the same as looking at all that is remembered', () => {
    for (const everyMinutes of [5, 10, 15, 20, 45]) {
      const feeds = hundred.map((feed) => ({ ...feed, everyMinutes }));
      const look = left(feeds);
      for (const at of ticks(noon + 5 * MINUTE, noon + 30 * MINUTE)) {
        if (isAtRest(feeds, look, at)) expect(dueFeeds(feeds, stateOf, look, null, at)).toEqual([]);
      }
    }
  });

  it('does not hold for other feeds, after a feed was missed, for a clock that was ahead, or where nothing was said', () => {
    const next = noon + 5 * MINUTE;
    expect(isAtRest(hundred, left(hundred), next)).toBe(true);
    expect(isAtRest([...hundred, feedAt('https://new.example/feed')], left(hundred), next)).toBe(false);
    expect(isAtRest(hundred, left(hundred, { missed: [hundred[0]!.id] }), next)).toBe(false);
    expect(isAtRest(hundred, left(hundred), noon - 5 * MINUTE)).toBe(false);
    expect(isAtRest(hundred, lookAt(noon), next)).toBe(false);
    expect(isAtRest(hundred, null, next)).toBe(false);
  });
});
