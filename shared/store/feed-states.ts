/** What is remembered of feeds: one partition a shard, read in one query, written one feed at a time. */
import { formerShards, shardOf } from '../poll/due.ts';
import type { FeedState } from '../poll/feed-state.ts';
import type { Feed } from '../watch/config.ts';
import type { Item, Table, Value } from '../world.ts';
import { newsKeys } from './keys.ts';
import { getAll, queryAll } from './whole.ts';

/**
 * The states of a shard's feeds by id. When the number of shards changed, a feed's state still stands in the shard that
 * was its home; it is found there, and written here from now on.
 */
export async function feedStates(
  news: Table,
  shard: { readonly shard: number; readonly shards: number },
  feeds: readonly Feed[],
): Promise<ReadonlyMap<string, FeedState>> {
  const states = new Map<string, FeedState>();
  for await (const item of queryAll(news, { pk: newsKeys.feedState(shard.shard, '').pk })) {
    states.set(item.sk, stateOf(item));
  }
  const missing = feeds.filter((feed) => !states.has(feed.id));
  const homes = missing.flatMap((feed) =>
    formerShards(feed, shard.shards).map((former) => newsKeys.feedState(former, feed.id)),
  );
  for (const item of await getAll(news, homes)) {
    const moved = stateOf(item);
    if (moved.rev >= (states.get(item.sk)?.rev ?? 0)) states.set(item.sk, moved);
  }
  return states;
}

/** The states of any feeds by id, wherever they stand. */
export async function feedStatesOf(
  news: Table,
  feeds: readonly Feed[],
  shards: number,
): Promise<ReadonlyMap<string, FeedState>> {
  const byShard = Map.groupBy(feeds, (feed) => shardOf(feed, shards));
  const all = new Map<string, FeedState>();
  for (const [shard, members] of byShard) {
    const states = await feedStates(news, { shard, shards }, members);
    for (const feed of members) {
      const state = states.get(feed.id);
      if (state !== undefined) all.set(feed.id, state);
    }
  }
  return all;
}

/**
 * Stores a state unless another poll stored one since `before` was read.
 *
 * @returns false when another poll was there first: its reading holds, ours found nothing that it will not find
 */
export async function putFeedState(
  news: Table,
  shard: number,
  before: FeedState | null,
  state: FeedState,
): Promise<boolean> {
  const item: Item = { ...(state as unknown as Record<string, Value>), ...newsKeys.feedState(shard, state.feed) };
  if (before === null) return news.putIf(item, 'absent');
  // A state that moved here from a former shard does not stand under this key yet.
  return (await news.putIf(item, { rev: before.rev })) || (await news.putIf(item, 'absent'));
}

function stateOf({ pk: _, sk: __, ...state }: Item): FeedState {
  return state as unknown as FeedState;
}
