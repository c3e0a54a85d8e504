/** digest, part of: what was looked at since the issue before. */
import type { Issue } from '../shared/digest/issue.ts';
import { feedsOf, looksNeededSince, type Receipt, receiptOf } from '../shared/digest/receipt.ts';
import { shardsFor } from '../shared/poll/due.ts';
import type { FeedState } from '../shared/poll/feed-state.ts';
import { feedMark } from '../shared/poll/look.ts';
import { feedStatesOf } from '../shared/store/feed-states.ts';
import type { HitKey } from '../shared/store/keys.ts';
import { looksBetween } from '../shared/store/looks.ts';
import { HOUR, type Instant } from '../shared/time.ts';
import type { Config, Digest, Feed, Watch } from '../shared/watch/config.ts';
import type { Table } from '../shared/world.ts';

/** What a mail says of a watch. */
export type WatchName = Pick<Watch, 'id' | 'name' | 'feeds'>;

export interface CoverageWorld {
  readonly news: Table;
  readonly config: Pick<Config, 'feeds' | 'digests'> & {
    /** Without their lines: what they look for is the poll's affair. */
    readonly watches: readonly WatchName[];
  };
}

/** The states of a digest's feeds, read once in a tick: its editions that are due together tell of the same. */
export type Readings = Map<string, Promise<readonly { readonly feed: Feed; readonly state: FeedState | null }[]>>;

export async function coverage(
  world: CoverageWorld,
  digest: Digest,
  last: Issue | null,
  pending: readonly HitKey[],
  now: Instant,
  readings: Readings,
): Promise<Pick<Issue, 'receipt' | 'scanned'>> {
  const read = readings.get(digest.id) ?? readingsOf(world, digest);
  readings.set(digest.id, read);
  const feeds = await read;
  const before = last === null ? null : { at: last.frozenAt, scanned: last.scanned, toldAt: toldBefore(last) };
  const since = looksNeededSince(before?.at ?? null, now, feeds);
  // A look is filed under its tick, and may have ended some time later.
  const looks = await looksBetween(world.news, since - HOUR, now);
  const perWatch: Receipt['watches'] = watchesOf(world, digest).map(({ id, name }) => ({
    name,
    hits: pending.filter((hit) => hit.watch === id).length,
  }));
  const scanned = Object.fromEntries(
    feeds.flatMap(({ state }) => (state === null ? [] : [[feedMark(state.feed), state.scanned] as const])),
  );
  return { receipt: receiptOf(before, now, feeds, looks, perWatch), scanned };
}

/** When people were last told anything: an issue that is not sent closes its slot, and no more. */
export function toldBefore(last: Issue | null): Instant | null {
  if (last === null) return null;
  return last.sends ? last.frozenAt : (last.toldAt ?? null);
}

export function watchesOf(world: CoverageWorld, digest: Digest): readonly WatchName[] {
  return digest.watches.flatMap((id) => world.config.watches.find((watch) => watch.id === id) ?? []);
}

async function readingsOf(world: CoverageWorld, digest: Digest) {
  const { feeds } = world.config;
  const own = [...new Set(watchesOf(world, digest).flatMap((watch) => feedsOf(watch, feeds)))];
  const states = await feedStatesOf(world.news, own, shardsFor(feeds.length));
  return own.map((feed) => ({ feed, state: states.get(feed.id) ?? null }));
}
