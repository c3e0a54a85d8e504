/** What is remembered of feeds: one partition a shard, read in one query, written one feed at a time. */
import { idOf } from '../id.ts';
import { limits } from '../limits.ts';
import { formerShards, shardOf } from '../poll/due.ts';
import { type FeedState, neverLookedAt } from '../poll/feed-state.ts';
import { withoutLinks } from '../poll/seen.ts';
import type { Instant } from '../time.ts';
import type { Feed } from '../watch/config.ts';
import type { Item, Table, Value } from '../world.ts';
import { expiresAt, newsKeys } from './keys.ts';
import { getAll, queryAll, writeAll } from './whole.ts';

/** A part of all feeds: the `shard`-th of `shards`. */
export interface Shard {
  readonly shard: number;
  readonly shards: number;
}

/**
 * The states of a shard's feeds by id. When the number of shards changed, a feed's state still stands in the shard that was
 * its home; it is found there, and moves here when it is next written.
 *
 * @param mayLag whether a state may be one that was replaced in the last moments: for whoever writes none but on condition
 *   of its number
 */
export async function shardStates(
  news: Table,
  shard: Shard,
  feeds: readonly Feed[],
  mayLag: { readonly mayLag?: true } = {},
): Promise<Map<string, FeedState>> {
  const states = new Map<string, FeedState>();
  const last = newsKeys.lastLook(shard.shard);
  for await (const item of queryAll(news, { pk: last.pk, ...mayLag })) {
    if (item.sk !== last.sk) states.set(item.sk, stateOf(item));
  }
  const missing = feeds.filter((feed) => !states.has(feed.id));
  for (const [feed, state] of await statesElsewhere(news, shard, missing)) states.set(feed, state);
  return states;
}

/** Of feeds without a state in their shard: from a former home, or of a feed that moved to the address of this one. */
async function statesElsewhere(
  news: Table,
  { shards }: Shard,
  feeds: readonly Feed[],
): Promise<ReadonlyMap<string, FeedState>> {
  const states = new Map<string, FeedState>();
  const heirs = new Map<string, string>();
  const atHome = feeds.flatMap((feed) => homes(feed, formerShards(feed, shards)));
  const pointers = feeds.map((feed) => newsKeys.moved(feed.id));
  for (const item of await getAll(news, [...atHome, ...pointers])) {
    if (item.pk === newsKeys.moved('').pk) heirs.set(String(item.url), item.sk);
    else keepNewest(states, stateOf(item));
  }
  const left = new Map<string, FeedState>();
  const theirs = [...heirs.keys()].flatMap((url) =>
    homes({ id: idOf('feed', url), url }, [shardOf({ url }, shards), ...formerShards({ url }, shards)]),
  );
  for (const item of await getAll(news, theirs)) keepNewest(left, stateOf(item));
  for (const [url, heir] of heirs) {
    const state = left.get(idOf('feed', url));
    if (state !== undefined && !states.has(heir)) states.set(heir, inherited(state, heir));
  }
  return states;
}

/** What a feed at the new address takes over, so that nothing of it is told twice: all but what was said by the old one. */
function inherited(state: FeedState, heir: string): FeedState {
  const keyedAs = state.keyedAs ?? state.feed;
  return { ...state, feed: heir, keyedAs, moved: null, validators: null, bodyHash: null, failing: null };
}

function keepNewest(states: Map<string, FeedState>, state: FeedState): void {
  if (state.rev >= (states.get(state.feed)?.rev ?? 0)) states.set(state.feed, state);
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
    const states = await shardStates(news, { shard, shards }, members);
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
  const item = itemOf(state, shard);
  if (before === null) await news.putIf(item, 'absent');
  else if (!(await news.putIf(item, { rev: before.rev })) && (await news.putIf(item, 'absent'))) {
    // It moved here. What stayed behind would come to life again if the number of shards changed back.
    await writeAll(
      news,
      homes(feed, formerShards(feed, shard.shards)).map((key) => ({ delete: key })),
    );
  }
}

/** Notes that a feed has moved for good: who writes its new address into the watch file finds its memory there. */
export async function putMoved(news: Table, feed: Feed, to: string, now: Instant): Promise<void> {
  const expires = expiresAt(now, limits.hitDays);
  await news.put({ ...newsKeys.moved(idOf('feed', to)), url: feed.url, expires });
}

/** Where a feed's state stands, or stood. */
function homes(feed: { readonly id: string; readonly url: string }, shards: readonly number[]) {
  return shards.map((shard) => newsKeys.feedState(shard, feed.id));
}

/** Without what is as it is in a feed never looked at: names of attributes are paid for like values. */
function itemOf(state: FeedState, { shard }: Shard): Item {
  const { feed, ...fields } = state;
  const plain = Object.entries(neverLookedAt(feed));
  const said = Object.entries(fields).filter(
    ([name, value]) => !plain.some(([field, usual]) => field === name && isAlike(value, usual)),
  );
  return { ...(Object.fromEntries(said) as Record<string, Value>), ...newsKeys.feedState(shard, feed) };
}

function isAlike(value: unknown, usual: unknown): boolean {
  return value === usual || ((Array.isArray(value) || value instanceof Uint8Array) && value.length === 0);
}

/** States that an earlier Watchword wrote lack what came later, and have marks without links. */
function stateOf({ pk: _, sk, seen, ...state }: Item): FeedState {
  const marks = seen instanceof Uint8Array ? { marks: withoutLinks(seen) } : {};
  return { ...neverLookedAt(sk), ...marks, ...(state as unknown as Partial<FeedState>) };
}
