/**
 * The copy in `news` of which editions people chose. A poll that is under way may not know a new one yet, so an edition is
 * young until what is noted for the digest's own edition was carried over to it by somebody who looked late enough: every
 * such poll had ended by then. Youth ends by that deed, not by an hour.
 */
import { type Edition, shelfOf } from '../delivery/edition.ts';
import { limits } from '../limits.ts';
import { type Instant, MINUTE } from '../time.ts';
import type { Item, Table, Value } from '../world.ts';
import { chosenEditions } from './editions.ts';
import { alreadyListed, dropPending, pendingOf, putPending } from './hits.ts';
import { type HitKey, newsKeys } from './keys.ts';

export interface KnownEdition extends Edition {
  /** When the copy first had it. */
  readonly knownAt: Instant;
  readonly young: boolean;
}

export interface KnownEditions {
  readonly rev: number;
  readonly editions: readonly KnownEdition[];
  /** Shelves of lives that ended, to be cleared. */
  readonly leaving: readonly { readonly shelf: string; readonly since: Instant }[];
}

export async function knownEditions(news: Table, digest: string): Promise<KnownEditions> {
  const item = await news.get(newsKeys.editionsOf(digest));
  if (item === null) return { rev: 0, editions: [], leaving: [] };
  return { rev: Number(item.rev), ...(item as unknown as Pick<KnownEditions, 'editions' | 'leaving'>) };
}

/**
 * Brings the copy up to date and clears away what ended. It is read before the list: a copy that somebody made meanwhile,
 * from a newer list, is not overwritten.
 */
export async function mirrorEditions(news: Table, people: Table, digest: string, now: Instant): Promise<KnownEditions> {
  for (let attempt = 0; attempt < limits.conflictsMax; attempt++) {
    const before = await knownEditions(news, digest);
    const chosen = await chosenEditions(people, digest);
    const after = nextCopy(before, chosen, now);
    const stored = after === before ? before : await putCopy(news, digest, before, after);
    if (stored === null) continue;
    return clearLeaving(news, digest, stored, now);
  }
  throw new Error('the list of editions could not be copied; others kept changing it');
}

function nextCopy(before: KnownEditions, chosen: readonly Edition[], now: Instant): KnownEditions {
  const shelves = new Set(chosen.map(shelfOf));
  const known = new Map(before.editions.map((edition) => [shelfOf(edition), edition]));
  const left = before.editions.filter((edition) => !shelves.has(shelfOf(edition)));
  if (left.length === 0 && known.size === shelves.size) return before;
  const editions = chosen.map((edition): KnownEdition => {
    const { id, digest, when, zone, life } = edition;
    return known.get(shelfOf(edition)) ?? { id, digest, when, zone, life, knownAt: now, young: true };
  });
  const leaving = [...before.leaving, ...left.map((edition) => ({ shelf: shelfOf(edition), since: now }))];
  return { rev: before.rev, editions, leaving };
}

/** Until no poll that knew them can be under way. */
async function clearLeaving(news: Table, digest: string, known: KnownEditions, now: Instant): Promise<KnownEditions> {
  for (const { shelf } of known.leaving) await dropPending(news, shelf, await pendingOf(news, shelf));
  const leaving = known.leaving.filter(({ since }) => now - since < limits.youngEditionMinutes * MINUTE);
  if (leaving.length === known.leaving.length) return known;
  return (await putCopy(news, digest, known, { ...known, leaving })) ?? known;
}

/**
 * Carries over what is noted for the digest's own edition, and not told by it, to those that are young.
 *
 * @param now before anything was read
 */
export async function raiseYoung(
  news: Table,
  digest: string,
  known: KnownEditions,
  now: Instant,
): Promise<KnownEditions> {
  const young = known.editions.filter((edition) => edition.young);
  if (young.length === 0) return known;
  const noted = await pendingOf(news, digest);
  const told = await alreadyListed(news, digest, noted);
  await carryOver(
    news,
    noted.filter((hit) => !told(hit)),
    young,
  );
  const isOfAge = ({ knownAt }: KnownEdition) => now - knownAt >= limits.youngEditionMinutes * MINUTE;
  if (!young.some(isOfAge)) return known;
  const editions = known.editions.map((edition) => (isOfAge(edition) ? { ...edition, young: false } : edition));
  return (await putCopy(news, digest, known, { ...known, editions })) ?? known;
}

/**
 * Carries over hits that the digest's own edition froze, before they are cleared away: to each edition that was chosen by
 * now and of which no earlier look can be sure that it has them.
 */
export async function carryFrozen(
  news: Table,
  people: Table,
  digest: string,
  known: KnownEditions,
  hits: readonly HitKey[],
): Promise<void> {
  if (hits.length === 0) return;
  const raised = new Set(known.editions.filter(({ young }) => !young).map(shelfOf));
  const chosen = await chosenEditions(people, digest);
  await carryOver(
    news,
    hits,
    chosen.filter((edition) => !raised.has(shelfOf(edition))),
  );
}

async function carryOver(news: Table, hits: readonly HitKey[], editions: readonly Edition[]): Promise<void> {
  for (const edition of editions) {
    const shelf = shelfOf(edition);
    const there = new Set((await pendingOf(news, shelf)).map(({ entry, watch }) => `${entry} ${watch}`));
    const told = await alreadyListed(news, edition.id, hits);
    const missing = hits.filter((hit) => !there.has(`${hit.entry} ${hit.watch}`) && !told(hit));
    await putPending(
      news,
      missing.map((hit) => ({ digest: shelf, hit })),
    );
  }
}

/** @returns the copy as it stands, or null when somebody else changed it meanwhile */
async function putCopy(
  news: Table,
  digest: string,
  before: KnownEditions,
  after: KnownEditions,
): Promise<KnownEditions | null> {
  const rev = before.rev + 1;
  const { editions, leaving } = after as unknown as Record<string, Value>;
  const item = { ...newsKeys.editionsOf(digest), rev, editions, leaving } as Item;
  const isStored = await news.putIf(item, before.rev === 0 ? 'absent' : { rev: before.rev });
  return isStored ? { ...after, rev } : null;
}
