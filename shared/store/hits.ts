/** Hits, and what each edition of a digest has still to tell of them. Everything here may be done again without harm. */
import type { Entry } from '../feed/entry.ts';
import { entryKey, pathKey } from '../feed/entry-key.ts';
import { idOf } from '../id.ts';
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import type { Hit } from '../watch/hit.ts';
import type { Item, Table, Value } from '../world.ts';
import { expiresAt, type HitKey, hitKeyOf, newsKeys } from './keys.ts';
import { getAll, queryAll, writeAll } from './whole.ts';

/** @returns false when this entry was a hit of this watch before: what was stored first stays */
export async function putHit(news: Table, hit: Hit): Promise<boolean> {
  return news.putIf(itemOf(hit), 'absent');
}

/**
 * The hit that stands for this article already, as its watch found it when it read otherwise; null when there is none.
 *
 * @param former its {@link formerEntryOf}
 * @param isRenamed whether the article has a new name, so that only feed and link tell that it is the same. Reads all hits
 *   of the watch then: for the rare case that a publisher names everything anew.
 */
export async function knownHit(news: Table, hit: Hit, former: string | null, isRenamed: boolean): Promise<Hit | null> {
  for (const entry of former === null ? [hit.entry] : [hit.entry, former]) {
    const same = await news.get(newsKeys.hit(hit.watch, entry));
    if (same !== null) return hitOfItem(same);
  }
  const path = isRenamed && hit.link !== null ? pathKey(hit.link) : null;
  if (path === null) return null;
  const ofWatch = await hitsOfWatch(news, hit.watch);
  return ofWatch.find(({ feed, link }) => feed === hit.feed && link !== null && pathKey(link) === path) ?? null;
}

/**
 * The name under which an earlier Watchword kept a hit of this entry: by the publisher's id as it was written. Null where that
 * is the name it has today.
 */
export function formerEntryOf(keyedAs: string, { id }: Pick<Entry, 'id'>): string | null {
  return entryKey(id) === id ? null : idOf('entry', keyedAs, id);
}

/** An article that was edited: its hit says from now on what it says, and keeps its name and when it was found. */
export async function putEditedHit(news: Table, known: Hit, edited: Hit): Promise<Hit> {
  const hit: Hit = { ...edited, entry: known.entry, foundAt: known.foundAt };
  await news.put(itemOf(hit));
  return hit;
}

/** The hits that are still stored, in no order. */
export async function getHits(news: Table, keys: readonly HitKey[]): Promise<readonly Hit[]> {
  const items = await getAll(
    news,
    keys.map(({ watch, entry }) => newsKeys.hit(watch, entry)),
  );
  return items.map(hitOfItem);
}

/** Every stored hit of a watch, in no order. */
export async function hitsOfWatch(news: Table, watch: string): Promise<readonly Hit[]> {
  return Array.fromAsync(eachHitOf(news, watch));
}

/** The same, one at a time. */
export async function* eachHitOf(news: Table, watch: string): AsyncGenerator<Hit> {
  for await (const item of queryAll(news, { pk: newsKeys.hit(watch, '').pk })) yield hitOfItem(item);
}

/** The hit that an item of the table is; null when it is something else. */
export function hitIn(item: Item): Hit | null {
  return item.pk.startsWith(newsKeys.hit('', '').pk) ? hitOfItem(item) : null;
}

/** Notes that the editions have these hits to tell; `digest` is what the edition's are filed under (`shelfOf`). */
export async function putPending(
  news: Table,
  pending: readonly { readonly digest: string; readonly hit: HitKey }[],
): Promise<void> {
  await writeAll(
    news,
    pending.map(({ digest, hit }) => ({ put: { ...newsKeys.pending(digest, hit) } })),
  );
}

/** What is noted for an edition, by its shelf, and not yet cleared away, in the order of the keys. */
export async function pendingOf(news: Table, shelf: string): Promise<readonly HitKey[]> {
  const keys: HitKey[] = [];
  const { pk } = newsKeys.pending(shelf, { entry: '', watch: '' });
  for await (const item of queryAll(news, { pk })) keys.push(hitKeyOf(item.sk));
  return keys;
}

/** Which of these hits an issue of the edition has listed before. */
export async function alreadyListed(
  news: Table,
  edition: string,
  hits: readonly HitKey[],
): Promise<(hit: HitKey) => boolean> {
  const items = await getAll(
    news,
    hits.map((hit) => newsKeys.listed(edition, hit)),
  );
  const listed = new Set(items.map((item) => item.sk));
  return (hit) => listed.has(newsKeys.listed(edition, hit).sk);
}

/**
 * First the marks that they were listed, then the pending rows go: between the two a hit is only noted twice.
 *
 * @param shelf what they are filed under, where that is not the edition's id
 */
export async function settlePending(
  news: Table,
  edition: string,
  listed: readonly HitKey[],
  now: Instant,
  shelf: string = edition,
): Promise<void> {
  const expires = expiresAt(now, limits.hitDays);
  await writeAll(
    news,
    listed.map((hit) => ({ put: { ...newsKeys.listed(edition, hit), expires } })),
  );
  await dropPending(news, shelf, listed);
}

/** Clears away what need not be told (again). */
export async function dropPending(news: Table, shelf: string, hits: readonly HitKey[]): Promise<void> {
  await writeAll(
    news,
    hits.map((hit) => ({ delete: newsKeys.pending(shelf, hit) })),
  );
}

function itemOf(hit: Hit): Item {
  return {
    ...(hit as unknown as Record<string, Value>),
    ...newsKeys.hit(hit.watch, hit.entry),
    expires: expiresAt(hit.foundAt, limits.hitDays),
  };
}

function hitOfItem({ pk: _, sk: __, expires: ___, ...hit }: Item): Hit {
  return hit as unknown as Hit;
}
