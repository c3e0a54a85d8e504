import { describe, expect, it } from 'vitest';
import type { LookFailure } from '../../shared/feed/outcome.ts';
import { type FeedState, neverLookedAt } from '../../shared/poll/feed-state.ts';
import { healthOf, rhythm } from '../../shared/poll/health.ts';
import { judge } from '../../shared/poll/judge.ts';
import { DAY, HOUR } from '../../shared/time.ts';
import { entry, failed, feedAt, noon, read, unchanged } from './situations.ts';

const feed = feedAt();
const known = (change: Partial<FeedState> = {}): FeedState => ({
  ...neverLookedAt(feed.id),
  firstReadAt: noon - 30 * DAY,
  newsAt: noon - HOUR,
  rate: { perDay: 4, at: noon - HOUR },
  ...change,
});
const kind = (change: Partial<FeedState>) => healthOf(known(change), noon).kind;
const failing = (why: LookFailure) => ({ failing: { since: noon - DAY, why, detail: 'So it said.' } });

describe('the health of a feed', () => {
  it.each([
    ['not looked at yet', { firstReadAt: null, newsAt: null }],
    ['fine', {}],
    ['unchanged', { newsAt: noon - 2 * DAY }],
    ['quiet', { newsAt: noon - 5 * DAY }],
    ['unchanged', { newsAt: noon - 20 * DAY, rate: { perDay: 0.2, at: noon } }],
    ['quiet', { newsAt: noon - 46 * DAY, rate: null }],
    ['slow', { latency: 3 }],
    ['moved', { moved: { to: 'https://new.example/', since: noon, settled: true } }],
    ['fine', { moved: { to: 'https://new.example/', since: noon, settled: false } }],
    ['held back', { held: { since: noon, entries: 9 } }],
    ['blocked', failing('blocked')],
    ['not a feed', failing('not a feed')],
    ['gone', failing('gone')],
    ['refused', failing('not allowed')],
    ['failing', failing('not found')],
    ['failing', failing('timeout')],
  ] as const)('is %s', (expected, change) => {
    expect(kind(change as Partial<FeedState>)).toBe(expected);
  });

  it('says since when and why, and what to do where somebody can', () => {
    expect(healthOf(known(failing('blocked')), noon)).toEqual({
      kind: 'blocked',
      since: noon - DAY,
      sentence: 'So it said.',
    });
    const moved = healthOf(known({ moved: { to: 'https://new.example/f', since: noon, settled: true } }), noon);
    expect(moved.sentence).toContain('https://new.example/f');
    expect(healthOf(known({ newsAt: noon - 5 * DAY }), noon).sentence).toContain('some 4 a day');
    expect([0.1, 0.5, 3].map(rhythm)).toEqual(['one in 10 days', 'some 4 a week', 'some 3 a day']);
  });
});

describe('changes of health', () => {
  it('are remembered, the last six of them, and not repeated while nothing changes', () => {
    let state = judge(feed, null, read([entry('a')]), noon).state;
    expect(state?.turns).toEqual([]);
    for (let day = 1; day <= 10; day++) {
      state = judge(feed, state, failed({ why: 'blocked' }), noon + day * DAY).state;
      expect(judge(feed, state, failed({ why: 'blocked' }), noon + day * DAY + HOUR).state).toBeNull();
      state = judge(feed, state, read([entry('a')]), noon + day * DAY + 2 * HOUR).state;
    }
    expect(state?.turns.map(({ to }) => to)).toEqual(['blocked', 'fine', 'blocked', 'fine', 'blocked', 'fine']);
    expect(state?.turns.at(-1)?.at).toBe(noon + 10 * DAY + 2 * HOUR);
  });

  it('come with a slow answer at once, and with a quick one when something else is written', () => {
    const first = judge(feed, null, read([entry('a')]), noon).state;
    const slow = judge(feed, first, unchanged({ tookMs: 6_000 }), noon + DAY).state;
    expect(slow).toMatchObject({ latency: 3, turns: [{ to: 'slow' }] });
    expect(judge(feed, slow, unchanged(), noon + DAY).state).toBeNull();
    expect(judge(feed, slow, read([entry('b'), entry('a')]), noon + DAY).state).toMatchObject({ latency: 0 });
  });
});

describe('"gone" (row 25)', () => {
  it('counts when it is said twice a day apart, and not when it was said once', () => {
    const before = judge(feed, null, read([entry('a')]), noon).state;
    const gone = failed({ why: 'gone', detail: 'Gone.' });
    const once = judge(feed, before, gone, noon).state;
    expect(once?.failing?.endedAt).toBeUndefined();
    expect(judge(feed, once, gone, noon + HOUR).state).toBeNull();
    const twice = judge(feed, once, gone, noon + DAY).state;
    expect(twice?.failing?.endedAt).toBe(noon + DAY);
    expect(judge(feed, twice, gone, noon + 30 * DAY).state).toBeNull();
    expect(judge(feed, twice, read([entry('a')]), noon + 31 * DAY).state?.failing).toBeNull();
  });
});
