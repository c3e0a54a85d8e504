/** What is remembered of feeds: one partition a shard, read in one query, written one feed at a time. */
import { formerShards, shardOf } from '../poll/due.ts';
import type { FeedState } from '../poll/feed-state.ts';
import type { Look } from '../poll/look.ts';
import type { Feed } from '../watch/config.ts';
import type { Item, Table, Value } from '../world.ts';
import { newsKeys } from './keys.ts';
import { lookOf } from './looks.ts';
import { getAll, queryAll, writeAll } from './whole.ts';

/** A part of all feeds: the `shard`-th of `shards`. */
export interface Shard {
  readonly shard: number;
  readonly shards: number;
}

export interface ShardMemory {
  readonly states: ReadonlyMap<string, FeedState>;
  readonly lastLook: Look | null;
}

/**
 * The states of a shard's feeds by id, and its last look. When the number of shards changed, a feed's state still stands
 * in the shard that was its home; it is found there, and moves here when it is next written.
 */
export async function shardMemory(news: Table, shard: Shard, feeds: readonly Feed[]): Promise<ShardMemory> {
  const states = new Map<string, FeedState>();
  const last = newsKeys.lastLook(shard.shard);
  let lastLook: Look | null = null;
  for await (const item of queryAll(news, { pk: last.pk })) {
    if (item.sk === last.sk) lastLook = lookOf(item);
    else states.set(item.sk, stateOf(item));
  }
  const missing = feeds.filter((feed) => !states.has(feed.id));
  const homes = missing.flatMap((feed) => formerHomes(feed, shard));
  for (const item of await getAll(news, homes)) {
    const moved = stateOf(item);
    if (moved.rev >= (states.get(item.sk)?.rev ?? 0)) states.set(item.sk, moved);
  }
  return { states, lastLook };
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
    const { states } = await shardMemory(news, { shard, shards }, members);
    for (const feed of members) {
      const state = states.get(feed.id);
      if (state !== undefined) all.set(feed.id, state);
    }
  }
  return all;
}

/**
 * Stores a state unless another poll stored one since `before` was read: then that reading holds, and ours found nothing
 * that the next will not find.
 */
export async function putFeedState(
  news: Table,
  shard: Shard,
  feed: Feed,
  before: FeedState | null,
  state: FeedState,
): Promise<void> {
  const item: Item = {
    ...(state as unknown as Record<string, Value>),
    ...newsKeys.feedState(shard.shard, state.feed),
  };
  if (before === null) await news.putIf(item, 'absent');
  else if (!(await news.putIf(item, { rev: before.rev })) && (await news.putIf(item, 'absent'))) {
    // It moved here. What stayed behind would come to life again if the number of shards changed back.
    await writeAll(
      news,
      formerHomes(feed, shard).map((key) => ({ delete: key })),
    );
  }
}

function formerHomes(feed: Feed, shard: Shard) {
  return formerShards(feed, shard.shards).map((former) => newsKeys.feedState(former, feed.id));
}

function stateOf({ pk: _, sk: __, ...state }: Item): FeedState {
  return state as unknown as FeedState;
}
