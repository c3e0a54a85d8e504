/**
 * Watches tried on what was read before: which hits they would have made, and how these differ from those of an earlier
 * watch file. An entry counts once a watch, at the moment when it was first found, as a stored hit does.
 */
import { idOf } from '../id.ts';
import { limits } from '../limits.ts';
import { localDay } from '../time.ts';
import { compile } from '../watch/compile.ts';
import type { Config, Feed, Watch } from '../watch/config.ts';
import { engineOf } from '../watch/engine.ts';
import { hitOf } from '../watch/hit.ts';
import type { Scanned } from './scanned.ts';

/** What of a watch file a replay asks. */
export type ReplayConfig = Pick<Config, 'watches' | 'feeds' | 'deliver'>;

export interface ReplayReport {
  /** Local days in the zone of the present file that the history has something of, rising. */
  readonly days: readonly string[];
  /** Entries within the days asked for, each once. */
  readonly entries: number;
  /** How many of those are of feeds that the present file does not have; its watches find nothing in them. */
  readonly entriesOfOtherFeeds: number;
  /** Those of the present file in its order, then those that only the earlier one has. */
  readonly watches: readonly WatchReplay[];
}

export interface WatchReplay {
  readonly watch: string;
  /** Whether the present file has it. */
  readonly isPresent: boolean;
  /** Days on which either file finds something, rising. The present watch's hits are `kept + gained`. */
  readonly days: readonly (Counts & { readonly day: string })[];
  readonly total: Counts;
  /** A few of each, the newest first. */
  readonly gained: readonly ReplayHit[];
  readonly lost: readonly ReplayHit[];
}

export interface Counts {
  readonly kept: number;
  readonly gained: number;
  readonly lost: number;
}

export interface ReplayHit {
  readonly day: string;
  /** As a reader would see it: no more than the feed's excerpt rule allows. */
  readonly title: string;
  readonly outlet: string;
}

export interface Replay {
  /** @param scanned in rising order, all that there is: what was found before the days asked for is not found again */
  take(scanned: Scanned): void;
  report(): ReplayReport;
}

/**
 * @param before null to count the present watches only; their hits are all `kept`
 * @param fromDay the first local day that counts
 */
export function replayOf(now: ReplayConfig, before: ReplayConfig | null, fromDay: string): Replay {
  const { zone } = now.deliver;
  const present = finderOf(now, zone);
  const earlier = before === null ? present : finderOf(before, zone);
  const feeds = new Set(now.feeds.map(({ id }) => id));
  const days = new Set<string>();
  const entries = new Map<string, boolean>();
  return {
    take(scanned) {
      present.take(scanned);
      if (earlier !== present) earlier.take(scanned);
      const day = localDay(scanned.at, zone);
      if (day < fromDay) return;
      days.add(day);
      entries.set(idOf('entry', scanned.feed, scanned.entry.id), feeds.has(scanned.feed));
    },
    report() {
      const known = new Set(now.watches.map(({ id }) => id));
      const gone = (before?.watches ?? []).filter(({ id }) => !known.has(id));
      const compared = (watch: Watch, isPresent: boolean) =>
        comparison(watch.name, isPresent, present.hitsOf(watch.id), earlier.hitsOf(watch.id), fromDay);
      return {
        days: [...days].sort(),
        entries: entries.size,
        entriesOfOtherFeeds: [...entries.values()].filter((ofOurs) => !ofOurs).length,
        watches: [...now.watches.map((watch) => compared(watch, true)), ...gone.map((watch) => compared(watch, false))],
      };
    },
  };
}

/** By the entry, in the order in which they were found. */
type Hits = ReadonlyMap<string, ReplayHit>;

/** What one watch file finds. @param zone of the days that hits are counted by */
function finderOf({ watches, feeds, deliver }: ReplayConfig, zone: string) {
  const matcher = engineOf(compile(watches));
  const feedsById = new Map<string, Feed>(feeds.map((feed) => [feed.id, feed]));
  const found = new Map<string, Map<string, ReplayHit>>(watches.map(({ id }) => [id, new Map()]));
  return {
    take({ at, feed: id, entry }: Scanned): void {
      const feed = feedsById.get(id);
      if (feed === undefined) return;
      const day = localDay(entry.publishedAt ?? at, deliver.zone);
      for (const match of matcher.match(entry, { feed, day })) {
        const hit = hitOf(feed, entry, match, at);
        const hits = found.get(hit.watch);
        if (hits === undefined || hits.has(hit.entry)) continue;
        hits.set(hit.entry, { day: localDay(at, zone), title: hit.title.text, outlet: hit.outlet });
      }
    },
    hitsOf: (watch: string): Hits => found.get(watch) ?? new Map(),
  };
}

function comparison(watch: string, isPresent: boolean, present: Hits, earlier: Hits, fromDay: string): WatchReplay {
  const days = new Map<string, { kept: number; gained: number; lost: number }>();
  const total = { kept: 0, gained: 0, lost: 0 };
  const gained: ReplayHit[] = [];
  const lost: ReplayHit[] = [];
  const count = (hit: ReplayHit, kind: keyof Counts) => {
    if (hit.day < fromDay) return;
    const ofDay = days.get(hit.day) ?? { kept: 0, gained: 0, lost: 0 };
    days.set(hit.day, ofDay);
    ofDay[kind] += 1;
    total[kind] += 1;
    if (kind === 'gained') gained.push(hit);
    if (kind === 'lost') lost.push(hit);
  };
  for (const [entry, hit] of present) count(hit, earlier.has(entry) ? 'kept' : 'gained');
  for (const [entry, hit] of earlier) if (!present.has(entry)) count(hit, 'lost');
  const newest = (hits: readonly ReplayHit[]) => hits.slice(-limits.replaySamplesMax).reverse();
  return {
    watch,
    isPresent,
    days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, counts]) => ({ day, ...counts })),
    total,
    gained: newest(gained),
    lost: newest(lost),
  };
}
