/** Feed states as they are stored: those of an earlier version are read, and a feed that moved leaves its memory. */
import { describe, expect, it } from 'vitest';
import { type FeedState, neverLookedAt } from '../../shared/poll/feed-state.ts';
import { judge } from '../../shared/poll/judge.ts';
import { feedStatesOf, putFeedState, putMoved } from '../../shared/store/feed-states.ts';
import type { Item } from '../../shared/world.ts';
import { entry, feedAt, noon, read } from '../poll/situations.ts';
import { memoryTable } from '../simulation/memory-table.ts';

const feed = feedAt();
const shard = { shard: 0, shards: 1 };

/** As version 0.1.0 wrote it at first: marks of nine bytes, and nothing of rate, rest, moves and turns. */
const earlier: Item = {
  pk: 'shard#0',
  sk: feed.id,
  feed: feed.id,
  title: 'News',
  validators: { url: feed.url, etag: '"1"', lastModified: null },
  bodyHash: 'hash',
  seen: new Uint8Array(Buffer.from('ca978112ca1bbdb0dd', 'hex')), // the id "a", whose SHA-256 begins ca978112ca1b
  firstReadAt: noon - 1,
  remembered: 3,
  newsAt: noon - 1,
  scanned: 7,
  failing: null,
  notBeforeAt: null,
  rev: 4,
};

async function stored(...items: readonly Item[]) {
  const news = memoryTable();
  for (const item of items) await news.put(item);
  return news;
}
const stateIn = async (news: ReturnType<typeof memoryTable>, of = feed) =>
  (await feedStatesOf(news, [of], 1)).get(of.id);

describe('the state of a feed', () => {
  it('comes back as it was put, and takes no room for what is usual', async () => {
    const news = memoryTable();
    const state: FeedState = { ...neverLookedAt(feed.id), scanned: 5, rate: { perDay: 2, at: noon }, rev: 1 };
    await putFeedState(news, shard, feed, null, state);
    expect(await stateIn(news)).toEqual(state);
    expect(Object.keys(news.items()[0] ?? {}).sort()).toEqual(['pk', 'rate', 'rev', 'scanned', 'sk']);
  });

  it('of an earlier version is read: its entries are known, what it lacks is as with a new feed', async () => {
    const news = await stored(earlier);
    const state = await stateIn(news);
    expect(state).toMatchObject({ scanned: 7, rev: 4, rate: null, rest: null, moved: null, held: null, turns: [] });
    const verdict = judge(feed, state ?? null, read([entry('b'), entry('a')]), noon);
    expect(verdict.news.map(({ id }) => id)).toEqual(['b', 'a']); // "a" as edited: its text was not this
    expect([...verdict.edited].map(({ id }) => id)).toEqual(['a']);
    await putFeedState(news, shard, feed, state ?? null, verdict.state!);
    expect(await stateIn(news)).toEqual(verdict.state);
    expect(news.items()[0]).not.toHaveProperty('seen');
  });

  it('is taken over by a feed that has the address it moved to, in whatever shard, and only if that has none', async () => {
    const news = await stored(earlier);
    const heir = feedAt('https://new.example/feed');
    await putMoved(news, feed, heir.url, noon);
    for (const shards of [1, 8]) {
      const state = (await feedStatesOf(news, [heir], shards)).get(heir.id);
      expect(state).toMatchObject({
        feed: heir.id,
        keyedAs: feed.id,
        scanned: 7,
        moved: null,
        validators: null,
        bodyHash: null,
      });
    }
    await putFeedState(news, shard, heir, null, { ...neverLookedAt(heir.id), scanned: 1, rev: 1 });
    expect(await stateIn(news, heir)).toMatchObject({ scanned: 1, keyedAs: null });
  });
});
