/** Entries whose feed has only teasers: which of them want the page that they lead to, and what they say with it. */
import type { Entry } from '../feed/entry.ts';
import { limits } from '../limits.ts';
import type { Feed } from '../watch/config.ts';
import type { NoArticle } from './article.ts';

/** What became of the page of an entry. All but `read` mean that the feed's own text was held against the watches. */
export type ArticleFate =
  | 'read'
  | NoArticle
  /** The entry leads nowhere. */
  | 'no page'
  /** It could not be reached, or answered with something other than a page. */
  | 'no answer'
  /** The pages of one look are bounded, in number and in time. */
  | 'not asked';

export interface WholeEntry {
  /** As its feed gave it. */
  readonly entry: Entry;
  /** To be held against the watches, and not to be kept: with the text of its page, where that was read. */
  readonly read: Entry;
  /** Null when its feed's text is enough. */
  readonly article: ArticleFate | null;
}

/** Whether the page of an entry is to be read: always, or, for `auto`, when the feed's text is short. */
export function wantsArticle({ text }: Pick<Feed, 'text'>, entry: Entry): boolean {
  if (text !== 'auto') return text === 'article';
  return Math.max(entry.summary?.length ?? 0, entry.content?.length ?? 0) < limits.teaserCharsMax;
}

/** How many pages were read, and how many were wanted and could not be. */
export function countPages(entries: readonly WholeEntry[]): { readonly read: number; readonly notRead: number } {
  const fates = entries.map(({ article }) => article).filter((fate) => fate !== null);
  const read = fates.filter((fate) => fate === 'read').length;
  return { read, notRead: fates.length - read };
}

/** The entry with the text of its page as content. What its feed says and its page does not is kept behind it. */
export function withArticle(entry: Entry, text: string): Entry {
  const { content } = entry;
  const isSaid = content === null || text.includes(content);
  return { ...entry, content: isSaid ? text : `${text} ${content}` };
}
