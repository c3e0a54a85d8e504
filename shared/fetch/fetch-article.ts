/** The whole articles of a feed's new entries: each page is asked for once, one after the other, through the same gate. */
import { readArticle } from '../article/article.ts';
import { type ArticleFate, type WholeEntry, wantsArticle, withArticle } from '../article/whole-entry.ts';
import type { Entry } from '../feed/entry.ts';
import { limits } from '../limits.ts';
import { type Instant, SECOND } from '../time.ts';
import type { Feed } from '../watch/config.ts';
import type { LookWorld } from './fetch-feed.ts';
import { fetchPage, type PageAnswer } from './fetch-page.ts';
import { NoTurn } from './pace.ts';

interface PageText {
  readonly fate: ArticleFate;
  /** '' unless it was read. */
  readonly text: string;
  /** Whether the server asked for less. */
  readonly isEnough: boolean;
}

const accept = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1';

/**
 * @param entries new and edited ones, the most pressing first: the pages of one look are bounded in number and in time, and
 *   of those beyond the feed's text stands
 * @param until when the last page must be there
 * @returns one for each entry, in their order
 */
export async function wholeEntries(
  world: LookWorld,
  feed: Feed,
  entries: readonly Entry[],
  until: Instant,
): Promise<readonly WholeEntry[]> {
  const links = new Set(entries.filter((entry) => wantsArticle(feed, entry)).flatMap(({ link }) => link ?? []));
  const end = Math.min(until, world.clock.now() + limits.articlesSecondsMax * SECOND);
  const pages = await readPages(world, [...links], end);
  const boilerplate = repeated([...pages.values()].map(({ text }) => text));
  return entries.map((entry): WholeEntry => {
    const fedOnly = (article: ArticleFate | null): WholeEntry => ({ entry, read: entry, article });
    if (!wantsArticle(feed, entry)) return fedOnly(null);
    if (entry.link === null) return fedOnly('no page');
    const { fate, text } = pages.get(entry.link) ?? notAsked;
    if (boilerplate.has(text)) return fedOnly('notice');
    return fate === 'read' ? { entry, read: withArticle(entry, text), article: fate } : fedOnly(fate);
  });
}

/** The very same text on several pages is a notice, in whatever language. */
function repeated(texts: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= limits.articlesAlikeMin).map(([text]) => text));
}

/** Asks for one page after the other until it is enough; the others are not in the result. */
async function readPages(
  world: LookWorld,
  urls: readonly string[],
  end: Instant,
): Promise<ReadonlyMap<string, PageText>> {
  const pages = new Map<string, PageText>();
  for (const url of urls.slice(0, limits.articlesPerLookMax)) {
    const now = world.clock.now();
    if (now >= end) break;
    const page = await pageText(world, url, Math.min(end, now + limits.articleSecondsMax * SECOND));
    pages.set(url, page);
    if (page.isEnough) break;
  }
  return pages;
}

const notAsked: PageText = { fate: 'not asked', text: '', isEnough: false };

/** Statuses that ask not to go on: too many requests, not now. */
const enough: ReadonlySet<number | null> = new Set([429, 503]);

async function pageText(world: LookWorld, url: string, deadlineAt: Instant): Promise<PageText> {
  const page = await pageBefore(world, url, deadlineAt);
  if (page === null) return notAsked;
  if (page.kind === 'failed') return { fate: 'no answer', text: '', isEnough: enough.has(page.status) };
  const article = readArticle(page.body, page.headers['content-type'] ?? null, page.headers['x-robots-tag'] ?? null);
  return article.kind === 'article'
    ? { fate: 'read', text: article.text, isEnough: false }
    : { fate: article.why, text: '', isEnough: false };
}

/** Null when others kept its host busy: pages wait for feeds, and no look fails for a page. */
async function pageBefore(world: LookWorld, url: string, deadlineAt: Instant): Promise<PageAnswer | null> {
  try {
    return await fetchPage(world, url, accept, deadlineAt);
  } catch (fault) {
    if (fault instanceof NoTurn) return null;
    throw fault;
  }
}
