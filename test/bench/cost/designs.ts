/**
 * Three other ways to build it, as handlers that could be deployed: on the same recorded feeds, with the same fetcher, parser,
 * matcher and translators. What is left out of them makes them cheaper: digests, receipts, health, retries, schedules of
 * their own registry.
 */
import type { Entry } from '../../../shared/feed/entry.ts';
import { fetchFeed, type LookWorld } from '../../../shared/fetch/fetch-feed.ts';
import { idOf } from '../../../shared/id.ts';
import { type FeedState, neverLookedAt } from '../../../shared/poll/feed-state.ts';
import { judge, lastRead } from '../../../shared/poll/judge.ts';
import { putHit } from '../../../shared/store/hits.ts';
import { localDay } from '../../../shared/time.ts';
import type { Feed } from '../../../shared/watch/config.ts';
import { hitOf } from '../../../shared/watch/hit.ts';
import type { Matcher } from '../../../shared/watch/match.ts';
import type { Key, Log, Table, Value } from '../../../shared/world.ts';

export interface DesignWorld extends LookWorld {
  readonly news: Table;
  readonly log: Log;
  readonly matcher: Matcher;
}

/** A: a schedule and an invocation for each feed. A read for each entry, and an item for each article. */
export async function scheduleEach(world: DesignWorld, feed: Feed): Promise<void> {
  const entries = await readWhole(world, feed);
  const isNew = await Promise.all(
    entries.map((entry) => isAbsent(world, { pk: `article#${feed.id}`, sk: idOf('entry', entry.id) })),
  );
  const fresh = entries.filter((_, n) => isNew[n]);
  for (const entry of fresh) {
    await world.news.put(articleOf(feed, entry));
    await keep(world, feed, entry);
  }
  world.log.info('polled', { feed: feed.id, entries: entries.length, new: fresh.length });
}

/** B: a message for each feed, ten to an invocation, one after the other. The ids that are known are one query. */
export async function messageEach(world: DesignWorld, feeds: readonly Feed[]): Promise<void> {
  let fresh = 0;
  for (const feed of feeds) {
    const entries = await readWhole(world, feed);
    const pk = `seen#${feed.id}`;
    const { items } = await world.news.query({ pk, mayLag: true });
    const known = new Set(items.map(({ sk }) => sk));
    for (const entry of entries) {
      const sk = idOf('entry', entry.id);
      if (known.has(sk)) continue;
      fresh += 1;
      await keep(world, feed, entry);
      await world.news.put({ pk, sk });
    }
  }
  world.log.info('polled', { feeds: feeds.length, new: fresh });
}

/** F: ten feeds to a message and an invocation, asked at once and conditionally; state is read and written at each look. */
export async function batchesOfTen(world: DesignWorld, feeds: readonly Feed[]): Promise<void> {
  const fresh = await Promise.all(feeds.map((feed) => lookAndNote(world, feed)));
  world.log.info('polled', { feeds: feeds.length, new: fresh.reduce((a, b) => a + b, 0) });
}

async function lookAndNote(world: DesignWorld, feed: Feed): Promise<number> {
  const key = { pk: `feed#${feed.id}`, sk: 'state' };
  const { items } = await world.news.query({ ...key, prefix: key.sk, mayLag: true });
  const state = items[0] === undefined ? null : stateOf(feed, items[0]);
  const outcome = await fetchFeed(world, feed, lastRead(state));
  const now = world.clock.now();
  const verdict = judge(feed, state, outcome, now);
  for (const entry of verdict.news) await keep(world, feed, entry);
  const next = verdict.state ?? state;
  await world.news.put({ ...(next as unknown as Record<string, Value>), ...key, lastPolled: now });
  return verdict.news.length;
}

function stateOf(feed: Feed, { pk: _, sk: __, lastPolled: ___, ...state }: Readonly<Record<string, Value>>): FeedState {
  return { ...neverLookedAt(feed.id), ...(state as unknown as Partial<FeedState>) };
}

async function readWhole(world: DesignWorld, feed: Feed): Promise<readonly Entry[]> {
  const outcome = await fetchFeed(world, feed, { validators: null, bodyHash: null });
  return outcome.kind === 'read' ? outcome.document.entries : [];
}

/** One read, eventually consistent as by default. */
async function isAbsent({ news }: DesignWorld, { pk, sk }: Key): Promise<boolean> {
  return (await news.query({ pk, between: [sk, sk], mayLag: true })).items.length === 0;
}

function articleOf(feed: Feed, { id, title, link, publishedAt, summary, content }: Entry) {
  return { pk: `article#${feed.id}`, sk: idOf('entry', id), id, title, link, publishedAt, summary, content };
}

async function keep({ matcher, news, clock }: DesignWorld, feed: Feed, entry: Entry): Promise<void> {
  const now = clock.now();
  for (const match of matcher.match(entry, { feed, day: localDay(entry.publishedAt ?? now, 'UTC') })) {
    await putHit(news, hitOf(feed, entry, match, now, feed.id));
  }
}
