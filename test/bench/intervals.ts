/** How soon entries are found, and at how many polls: the product's own dueness and judgement over feeds of many rates. */
import type { Entry } from '../../shared/feed/entry.ts';
import type { Outcome } from '../../shared/feed/outcome.ts';
import { unsliced } from '../../shared/feed/slices.ts';
import { idOf } from '../../shared/id.ts';
import { isDue } from '../../shared/poll/due.ts';
import type { FeedState } from '../../shared/poll/feed-state.ts';
import { judge } from '../../shared/poll/judge.ts';
import { putFeedState } from '../../shared/store/feed-states.ts';
import { DAY, type Instant, MINUTE } from '../../shared/time.ts';
import type { Feed } from '../../shared/watch/config.ts';
import type { Item, Value } from '../../shared/world.ts';
import { memoryTable } from '../simulation/memory-table.ts';
import { feedRates, publications, seededDice } from './feed-rates.ts';

export interface Found {
  readonly polls: number;
  readonly entries: number;
  /** Entries that left their document before a look saw them. */
  readonly lost: number;
  /** Minutes from publication to the look that found it. */
  readonly delay: { readonly mean: number; readonly p50: number; readonly p95: number; readonly meanOfFeeds: number };
  /** Bytes of a feed's item in the table at the end. */
  readonly stateBytes: { readonly mean: number; readonly max: number };
}

const start = Date.UTC(2026, 10, 2);
/** Entries of a document: what most outlets show. */
const documentEntries = 20;

/** @param change what the watch file says of every feed */
export async function pollFor(days: number, feeds: number, change: Partial<Feed>): Promise<Found> {
  const delays: number[] = [];
  const feedMeans: number[] = [];
  const bytes: number[] = [];
  let polls = 0;
  let lost = 0;
  for (const [n, perDay] of feedRates(feeds).entries()) {
    const dice = seededDice(n + 1);
    const before = publications(perDay, start - Math.min(3_000, 60 / perDay) * DAY, start, dice);
    const times = [...before, ...publications(perDay, start, start + days * DAY, dice)];
    const feed = feedOf(n, change);
    const one = pollOne(feed, times, before.length, start + days * DAY);
    delays.push(...one.delays);
    if (one.delays.length > 0) feedMeans.push(mean(one.delays));
    bytes.push(await storedBytes(feed, one.state));
    polls += one.polls;
    lost += one.lost;
  }
  delays.sort((a, b) => a - b);
  const share = (part: number) => delays[Math.floor(delays.length * part)] ?? 0;
  return {
    polls,
    entries: delays.length,
    lost,
    delay: { mean: mean(delays), p50: share(0.5), p95: share(0.95), meanOfFeeds: mean(feedMeans) },
    stateBytes: { mean: mean(bytes), max: Math.max(...bytes) },
  };
}

function pollOne(feed: Feed, times: readonly Instant[], known: number, end: Instant) {
  const delays: number[] = [];
  let polls = 0;
  let lost = 0;
  let published = known;
  let { state } = judge(feed, null, readOf(feed, times, known), start);
  for (let at = start + 5 * MINUTE; at < end; at += 5 * MINUTE) {
    while ((times[published] ?? end) <= at) published += 1;
    if (!isDue(feed, state, { since: at - 5 * MINUTE, at })) continue;
    polls += 1;
    if (published === known) continue;
    lost += Math.max(0, published - known - documentEntries);
    for (let n = Math.max(known, published - documentEntries); n < published; n++) {
      delays.push((at - (times[n] ?? at)) / MINUTE);
    }
    known = published;
    state = judge(feed, state, readOf(feed, times, known), at).state ?? state;
  }
  return { delays, polls, lost, state };
}

function readOf(feed: Feed, times: readonly Instant[], published: number): Outcome {
  const from = Math.max(0, published - documentEntries);
  const entries = times.slice(from, published).map((publishedAt, n): Entry => {
    const id = `${feed.url}articles/${from + n}`;
    return { id, title: `Article ${from + n}`, link: id, publishedAt, summary: null, content: null };
  });
  return {
    kind: 'read',
    document: {
      title: feed.name,
      link: null,
      format: 'rss',
      entries: entries.reverse(),
      repaired: false,
      flaw: null,
      pace: null,
    },
    passedOver: [],
    slices: unsliced,
    bodyHash: idOf('body', String(published), feed.id),
    validators: {
      url: feed.url,
      etag: `"${idOf('tag', String(published))}"`,
      lastModified: new Date(start).toUTCString(),
    },
    freshSeconds: null,
    movedTo: null,
    tookMs: 350,
  };
}

function feedOf(n: number, change: Partial<Feed>): Feed {
  const url = `https://outlet-${n}.example/news/feed.xml/`;
  const base = { id: idOf('feed', url), url, name: `The Outlet of Town ${n}`, tags: [], everyMinutes: 15 };
  return { ...base, excerptChars: 300, firstLookHours: 24, text: 'feed', ...change };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

async function storedBytes(feed: Feed, state: FeedState | null): Promise<number> {
  if (state === null) return 0;
  const news = memoryTable();
  await putFeedState(news, { shard: 0, shards: 1 }, feed, null, state);
  return itemBytes(news.items()[0] as Item);
}

/** As DynamoDB counts: names and texts in UTF-8, numbers two digits a byte and one more, one to three bytes for the rest. */
function itemBytes(value: Value): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).replace(/\D/g, '').length / 2) + 1;
  if (value instanceof Uint8Array) return value.length;
  const inner = Array.isArray(value) ? value.map((each: Value) => ['', each] as const) : Object.entries(value);
  return 3 + inner.reduce((sum, [name, each]) => sum + Buffer.byteLength(name) + itemBytes(each as Value) + 1, 0);
}
