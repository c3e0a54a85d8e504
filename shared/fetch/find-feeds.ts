/** The feeds of an address that somebody gives: it is one, or its page names some, or they stand where feeds usually do. */
import { decode } from '../feed/decode.ts';
import type { FeedFormat } from '../feed/entry.ts';
import { feedLinks, usualFeedAddresses } from '../feed/feed-links.ts';
import { parseFeed } from '../feed/parse.ts';
import { limits } from '../limits.ts';
import { type Instant, SECOND } from '../time.ts';
import type { LookWorld } from './fetch-feed.ts';
import { fetchPage, type PageAnswer } from './fetch-page.ts';

/** A feed that was read. */
export interface FoundFeed {
  /** Where it is for good: redirects are followed in the address as far as they say that they are permanent. */
  readonly url: string;
  readonly title: string | null;
  readonly format: FeedFormat;
  readonly entries: number;
  readonly newestAt: Instant | null;
}

export type Finding =
  | { readonly kind: 'feed'; readonly feed: FoundFeed }
  /** Feeds that the page at the address leads to; never empty. */
  | { readonly kind: 'feeds'; readonly feeds: readonly FoundFeed[] }
  /** `detail`: one sentence for people. */
  | { readonly kind: 'none'; readonly detail: string };

type Page = Extract<PageAnswer, { kind: 'page' }>;

const accept =
  'text/html, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

/**
 * Asks for the address, for the feeds that its page names, and, where it names none, for the usual places, one after the
 * other. What is no feed when it is read is not found. Never throws for what a publisher does.
 */
export async function findFeeds(world: LookWorld, url: string): Promise<Finding> {
  const page = await pageAt(world, url);
  if (page.kind === 'failed') return { kind: 'none', detail: page.detail };
  const result = await feedIn(page);
  if (result.kind === 'feed') return result;
  const named = feedLinks(decode(page.body, page.headers['content-type'] ?? null).text, page.url);
  const namesSome = named.length > 0;
  const feeds = await feedsAt(world, namesSome ? named : usualFeedAddresses(page.url));
  if (feeds.length > 0) return { kind: 'feeds', feeds };
  const why = namesSome
    ? 'What it names as its feeds cannot be read.'
    : 'It names no feed, and there is none in the usual places.';
  return { kind: 'none', detail: `${result.detail} ${why}` };
}

async function feedsAt(world: LookWorld, urls: readonly string[]): Promise<readonly FoundFeed[]> {
  const found = new Map<string, FoundFeed>();
  for (const url of urls) {
    const page = await pageAt(world, url);
    const result = page.kind === 'page' ? await feedIn(page) : null;
    if (result?.kind === 'feed') found.set(result.feed.url, found.get(result.feed.url) ?? result.feed);
  }
  return [...found.values()];
}

function pageAt(world: LookWorld, url: string): Promise<PageAnswer> {
  return fetchPage(world, url, accept, world.clock.now() + limits.lookSecondsMax * SECOND);
}

async function feedIn({ body, headers, url, settledUrl }: Page): Promise<Exclude<Finding, { kind: 'feeds' }>> {
  const result = await parseFeed(body, headers['content-type'] ?? null, url);
  if (result.kind === 'problem') return { kind: 'none', detail: result.message };
  const { title, format, entries } = result.document;
  const newestAt = newest(entries.map(({ publishedAt }) => publishedAt));
  return { kind: 'feed', feed: { url: settledUrl, title, format, entries: entries.length, newestAt } };
}

/** The latest of some instants; null when there is none. */
export function newest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((latest, at) => (at !== null && (latest === null || at > latest) ? at : latest), null);
}
