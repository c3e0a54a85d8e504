/** The whole articles of a feed's new entries: each page is asked for once, one after the other, through the same gate. */
import { readArticle } from '../article/article.ts';
import { type ArticleFate, type WholeEntry, wantsArticle, withArticle } from '../article/whole-entry.ts';
import type { Entry } from '../feed/entry.ts';
import { limits } from '../limits.ts';
import { type Instant, SECOND } from '../time.ts';
import type { Feed } from '../watch/config.ts';
import type { LookWorld } from './fetch-feed.ts';
import { fetchPage } from './fetch-page.ts';

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
  const textAt = pagesUntil(world, Math.min(until, world.clock.now() + limits.articlesSecondsMax * SECOND));
  const whole: WholeEntry[] = [];
  for (const entry of entries) {
    if (!wantsArticle(feed, entry)) whole.push({ entry, read: entry, article: null });
    else if (entry.link === null) whole.push({ entry, read: entry, article: 'no page' });
    else {
      const { fate, text } = await textAt(entry.link);
      whole.push({ entry, read: fate === 'read' ? withArticle(entry, text) : entry, article: fate });
    }
  }
  return whole;
}

/** Asks for pages until it is enough; for each once, however many entries lead there. */
function pagesUntil(world: LookWorld, end: Instant): (url: string) => Promise<PageText> {
  const pages = new Map<string, PageText>();
  let isEnough = false;
  return async (url) => {
    const known = pages.get(url);
    if (known !== undefined) return known;
    const now = world.clock.now();
    if (isEnough || pages.size >= limits.articlesPerLookMax || now >= end) return notAsked;
    const page = await pageText(world, url, Math.min(end, now + limits.articleSecondsMax * SECOND));
    pages.set(url, page);
    isEnough = page.isEnough;
    return page;
  };
}

const notAsked: PageText = { fate: 'not asked', text: '', isEnough: false };

/** Statuses that ask not to go on: too many requests, not now. */
const enough: ReadonlySet<number | null> = new Set([429, 503]);

async function pageText(world: LookWorld, url: string, deadlineAt: Instant): Promise<PageText> {
  const page = await fetchPage(world, url, accept, deadlineAt);
  if (page.kind === 'failed') return { fate: 'no answer', text: '', isEnough: enough.has(page.status) };
  const article = readArticle(page.body, page.headers['content-type'] ?? null, page.headers['x-robots-tag'] ?? null);
  return article.kind === 'article'
    ? { fate: 'read', text: article.text, isEnough: false }
    : { fate: article.why, text: '', isEnough: false };
}
