/** Watches tried on a history: what they gain, keep and lose against those of an earlier file. */
import { describe, expect, it } from 'vitest';
import { type ReplayConfig, replayOf } from '../../shared/poll/replay.ts';
import type { Scanned } from '../../shared/poll/scanned.ts';
import { DAY } from '../../shared/time.ts';
import type { Feed } from '../../shared/watch/config.ts';
import { watchOf } from '../watch/watch-of-lines.ts';

const noon = Date.UTC(2026, 10, 23, 12);

const feed = (id: string, excerptChars = 200): Feed => ({
  id,
  url: `https://${id}.example/`,
  name: `The ${id}`,
  tags: [],
  everyMinutes: 15,
  excerptChars,
  firstLookHours: 24,
  text: 'feed' as const,
});

function file(watches: Readonly<Record<string, readonly string[]>>, feeds = [feed('herald')]): ReplayConfig {
  return {
    deliver: { from: 'a@watchword.example', zone: 'Europe/London', signup: { kind: 'closed' } },
    feeds,
    watches: Object.entries(watches).map(([name, any]) => watchOf({ id: name, name, any })),
  };
}

function read(daysAgo: number, id: string, title: string | null, summary: string | null = null): Scanned {
  const entry = { id, title, link: null, publishedAt: null, summary, content: null };
  return { at: noon - daysAgo * DAY, feed: 'herald', entry };
}

function report(now: ReplayConfig, before: ReplayConfig | null, history: readonly Scanned[], fromDay = '2026-11-01') {
  const replay = replayOf(now, before, fromDay);
  for (const each of history) replay.take(each);
  return replay.report();
}

const history = [read(2, '1', 'Flood'), read(1, '2', 'Fog'), read(1, '3', 'Flood and fog'), read(0, '4', 'Ice')];

describe('a replay', () => {
  it('counts by the day what the watches find', () => {
    const { days, entries, watches } = report(file({ Floods: ['flood'] }), null, history);
    expect({ days, entries }).toEqual({ days: ['2026-11-21', '2026-11-22', '2026-11-23'], entries: 4 });
    expect(watches).toEqual([
      {
        watch: 'Floods',
        isPresent: true,
        days: [
          { day: '2026-11-21', kept: 1, gained: 0, lost: 0 },
          { day: '2026-11-22', kept: 1, gained: 0, lost: 0 },
        ],
        total: { kept: 2, gained: 0, lost: 0 },
        gained: [],
        lost: [],
      },
    ]);
  });

  it('tells gained, kept and lost apart when a term is edited', () => {
    const [watch] = report(file({ Weather: ['fog', 'ice'] }), file({ Weather: ['flood'] }), history).watches;
    expect(watch).toMatchObject({
      days: [
        { day: '2026-11-21', kept: 0, gained: 0, lost: 1 },
        { day: '2026-11-22', kept: 1, gained: 1, lost: 0 },
        { day: '2026-11-23', kept: 0, gained: 1, lost: 0 },
      ],
      total: { kept: 1, gained: 2, lost: 1 },
      gained: [
        { day: '2026-11-23', title: 'Ice', outlet: 'The herald' },
        { day: '2026-11-22', title: 'Fog', outlet: 'The herald' },
      ],
      lost: [{ day: '2026-11-21', title: 'Flood', outlet: 'The herald' }],
    });
  });

  it('gains all of a new watch, loses all of a removed one', () => {
    const { watches } = report(file({ Fog: ['fog'] }), file({ Floods: ['flood'] }), history);
    expect(watches.map(({ watch, isPresent, total }) => [watch, isPresent, total])).toEqual([
      ['Fog', true, { kept: 0, gained: 2, lost: 0 }],
      ['Floods', false, { kept: 0, gained: 0, lost: 2 }],
    ]);
  });

  it('counts an entry that was edited or read twice once, on the day it was first found', () => {
    const again = [read(3, '1', 'Fog'), read(2, '1', 'Flood'), read(1, '1', 'Flood'), read(0, '1', 'Floods')];
    const [watch] = report(file({ Floods: ['flood'] }), null, again).watches;
    expect(watch?.days).toEqual([{ day: '2026-11-21', kept: 1, gained: 0, lost: 0 }]);
    const [late] = report(file({ Floods: ['flood'] }), null, again, '2026-11-22').watches;
    expect(late?.total.kept).toBe(0);
  });

  it('finds nothing in feeds that the file does not have, and says how many entries those are', () => {
    const result = report(file({ Floods: ['flood'] }, []), file({ Floods: ['flood'] }), history);
    expect(result).toMatchObject({ entries: 4, entriesOfOtherFeeds: 4 });
    expect(result.watches[0]?.total).toEqual({ kept: 0, gained: 0, lost: 2 });
  });

  it('shows no more of a text than the feed lets be seen', () => {
    const titleless = [read(0, '1', null, 'A flood that nobody is to read of')];
    const titleOf = (excerptChars: number) =>
      report(file({ Floods: ['flood'] }, [feed('herald', excerptChars)]), file({ Floods: ['ice'] }), titleless)
        .watches[0]?.gained[0]?.title;
    expect(titleOf(0)).toBe('Untitled article');
    expect(titleOf(10)).toBe('A flood…');
  });
});
