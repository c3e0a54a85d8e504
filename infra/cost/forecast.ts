/** The month of a watch file, line by line. Pure: (config, subscribers, measured, prices) → lines. */

import { limits } from '../../shared/limits.ts';
import { shardOf, shardsFor } from '../../shared/poll/due.ts';
import type { Config, Digest, Feed } from '../../shared/watch/config.ts';
import type { Measured } from './measured.ts';
import { type Assumptions, hitsPerFeed, monthOf, type Part, type Plan } from './month.ts';
import { costOf, type Prices } from './prices.ts';
import { monthDays, type Surroundings, standingOf, ticksOf } from './standing.ts';
import type { Usage, UsageName } from './usage.ts';

export interface Line {
  readonly part: 'fixed' | 'feeds' | 'mail';
  readonly what: string;
  readonly usd: number;
  readonly usage: Usage;
}

export interface Forecast {
  readonly lines: readonly Line[];
  readonly total: number;
  readonly fixed: number;
  readonly mail: number;
  /** What a thousand more of these feeds would add. */
  readonly perThousandFeeds: number;
  readonly plan: Plan;
}

const minutesOfMonth = monthDays * 24 * 60;

/** Looks of a fixed quarter of an hour that find something new; a longer interval finds it later, in as many looks at most. */
const writtenPerFeed = 0.037 * ticksOf(15);

const names: Readonly<Record<Exclude<Part, 'standing'>, readonly [part: Line['part'], what: string]>> = {
  ticks: ['fixed', 'Ticks of dispatch and digest'],
  polls: ['feeds', 'Polls: time and messages'],
  looks: ['feeds', 'Looks: bytes sent, states read'],
  news: ['feeds', 'News and hits written'],
  kept: ['feeds', 'Kept in the tables, with recovery'],
  history: ['feeds', 'History in the bucket'],
  issues: ['mail', 'Issues frozen and rendered'],
  mails: ['mail', 'Mails sent, and told of'],
};

/**
 * @param subscribers people beside those of `to:`, each with every digest
 */
export function forecastOf(
  config: Config,
  subscribers: number,
  measured: Measured,
  prices: Prices,
  surroundings: Surroundings,
  given: Assumptions,
): Forecast {
  const plan = planOf(config, subscribers, measured);
  const used = monthOf(plan, measured, given);
  const lineOf = (part: Line['part'], what: string, usage: Usage): Line => {
    return { part, what, usd: costOf(usage, prices), usage };
  };
  const lines = [
    ...standingOf(surroundings).map(({ what, usage }) => lineOf('fixed', what, usage)),
    ...Object.entries(names).map(([part, [group, what]]) => lineOf(group, what, used[part as Part])),
  ].filter(({ usd }) => usd > 0);
  const sumOf = (part: Line['part']) =>
    lines.filter((line) => line.part === part).reduce((sum, { usd }) => sum + usd, 0);
  const [fixed, feeds, mail] = [sumOf('fixed'), sumOf('feeds'), sumOf('mail')];
  const more = monthOf(planOf({ ...config, feeds: withThousandMore(config.feeds) }, 0, measured), measured, given);
  const feedsThen = Object.entries(names)
    .filter(([, [group]]) => group === 'feeds')
    .reduce((sum, [part]) => sum + costOf(more[part as Part], prices), 0);
  return { lines, total: fixed + feeds + mail, fixed, mail, perThousandFeeds: feedsThen - feeds, plan };
}

/** As those that are there, each on a host of its own. */
function withThousandMore(feeds: readonly Feed[]): readonly Feed[] {
  const more = Array.from({ length: 1_000 }, (_, n) => ({
    ...feeds[n % feeds.length]!,
    url: `https://h${n}.example/`,
  }));
  return [...feeds, ...more];
}

/** What dominates a forecast: kinds of usage by their cost, the dearest first. */
export function dearest({ lines }: Forecast, prices: Prices): readonly (readonly [UsageName, number])[] {
  const byName = new Map<UsageName, number>();
  for (const { usage } of lines) {
    for (const [name, amount] of Object.entries(usage) as [UsageName, number][]) {
      byName.set(name, (byName.get(name) ?? 0) + amount * prices.usd[name]);
    }
  }
  return [...byName].sort(([, a], [, b]) => b - a);
}

function planOf(config: Config, subscribers: number, measured: Measured): Plan {
  const shards = shardsFor(config.feeds.length);
  const byShard = Map.groupBy(config.feeds, (feed) => shardOf(feed, shards));
  const hits = config.feeds.length * hitsPerFeed;
  return {
    shards: [...byShard.values()].map((feeds) => {
      const looks = feeds.map((feed) => looksOf(feed, measured)).reduce((a, b) => a + b, 0);
      return { feeds: feeds.length, looks, readingTicks: Math.min(Math.round(looks), readingTicksMax(feeds)) };
    }),
    written: config.feeds.reduce((sum, feed) => sum + Math.min(writtenPerFeed, looksOf(feed, measured)), 0),
    hits,
    digests: config.digests.map((digest) => {
      const told = (hits * digest.watches.length) / Math.max(1, config.watches.length);
      const issues = issuesOf(digest, told);
      return { issues, mails: sentOf(digest, issues, told) * (digest.to.length + subscribers), hits: told };
    }),
    historyDays: config.poll.historyDays ?? 0,
  };
}

/** In a month. What `every: auto` comes to was measured over feeds of many rates, for some of the longest intervals. */
function looksOf({ everyMinutes, atMostMinutes }: Feed, { autoLooksADay }: Measured): number {
  if (atMostMinutes === undefined) return minutesOfMonth / everyMinutes;
  const known = Object.entries(autoLooksADay).sort(([a], [b]) => Number(b) - Number(a));
  const found = known.find(([minutes]) => Number(minutes) <= atMostMinutes) ?? known.at(-1);
  return (found?.[1] ?? 0) * monthDays;
}

/** Slots fall together within a quarter of an hour, but for feeds that may be asked more often. */
function readingTicksMax(feeds: readonly Feed[]): number {
  const quarter = limits.ticksTogether * limits.tickMinutes;
  const together = feeds.every((feed) => feed.atMostMinutes === undefined && feed.everyMinutes % quarter === 0);
  return ticksOf(together ? quarter : limits.tickMinutes);
}

function issuesOf({ when }: Digest, told: number): number {
  switch (when.kind) {
    case 'at once':
      return Math.min(told, ticksOf(limits.tickMinutes));
    case 'hourly':
      return monthDays * 24;
    case 'times':
      return (when.times.length * when.days.length * monthDays) / 7;
  }
}

/** Of its issues, those that go out. */
function sentOf({ when, empty }: Digest, issues: number, told: number): number {
  return when.kind === 'at once' || empty === 'send' ? issues : Math.min(issues, told);
}
