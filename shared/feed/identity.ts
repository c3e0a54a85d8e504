/** Which entry this is: the name that stays the same while titles, texts and order change. */
import { idOf } from '../id.ts';
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import type { Entry } from './entry.ts';

/** An entry whose id is not settled yet. `given`: guid, id or rdf:about, as the publisher wrote it. */
export type Draft = Omit<Entry, 'id'> & { readonly given: string | null };

/** Drafts with their ids, in the same order. */
export function named(drafts: readonly Draft[], ids: readonly string[]): Entry[] {
  return drafts.map(({ given: _, ...entry }, index) => ({ id: ids[index]!, ...entry }));
}

/**
 * The id of each draft: what the publisher calls it, else its link, else a hash of title and date (of the text, when
 * there is no title). All that say nothing of this share one id: there is nothing in them to find.
 *
 * A publisher's id that one document gives to entries with different links is no id: those entries are told apart by
 * their links, all of them, so that it does not matter which of them is the newest today.
 */
export function idsOf(drafts: readonly Draft[]): string[] {
  const shared = sharedIds(drafts);
  return drafts.map(({ given, ...entry }) => idFor(given === null || shared.has(given) ? null : given, given, entry));
}

function idFor(given: string | null, shared: string | null, entry: Omit<Entry, 'id'>): string {
  const { title, link, publishedAt, summary, content } = entry;
  if (given !== null) return bounded(given);
  if (link !== null) return shared === null ? bounded(link) : idOf('shared id', shared, link);
  if (title !== null) return idOf('title and date', title, dateKey(publishedAt));
  return idOf('text and date', summary ?? content ?? '', dateKey(publishedAt));
}

/** Whether entries of the document share a publisher's id, so that it is none; seen by what became of the ids. */
export function anyShared(drafts: readonly Draft[], ids: readonly string[]): boolean {
  return drafts.some(({ given }, index) => given !== null && bounded(given) !== ids[index]);
}

function bounded(id: string): string {
  return id.length <= limits.entryIdCharsMax ? id : idOf('long id', id);
}

function dateKey(at: Instant | null): string {
  return at === null ? '' : String(at);
}

function sharedIds(drafts: readonly Draft[]): ReadonlySet<string> {
  const links = new Map<string, string | null>();
  const shared = new Set<string>();
  for (const { given, link } of drafts) {
    if (given === null) continue;
    const first = links.get(given);
    if (first === undefined) links.set(given, link);
    else if (first !== null && link !== null && first !== link) shared.add(given);
  }
  return shared;
}
