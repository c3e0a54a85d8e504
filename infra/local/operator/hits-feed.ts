/** Hits as an RSS feed, for a feed reader on this machine. The only importer of the package that writes feeds. */
import { Feed } from 'feed';
import { oneLine } from '../../../shared/digest/mail-text.ts';
import { idOf } from '../../../shared/id.ts';
import { limits } from '../../../shared/limits.ts';
import type { Instant } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import { reasonLine } from '../../../shared/watch/explain.ts';
import type { Hit } from '../../../shared/watch/hit.ts';
import { followable, watchNames } from './hits-export.ts';

export interface HitsFeed {
  /** Of the feed: what it is about. */
  readonly title: string;
  /** The page that lists the same, and the feed itself. */
  readonly page: string;
  readonly self: string;
  readonly updatedAt: Instant;
}

/** @returns the XML of RSS 2.0 */
export function hitsFeed(about: HitsFeed, hits: readonly Hit[], config: Pick<Config, 'watches'>): string {
  const feed = new Feed({
    title: oneLine(about.title),
    description: 'What Watchword found, the newest first.',
    id: about.self,
    link: about.page,
    feedLinks: { rss: about.self },
    updated: new Date(about.updatedAt),
    ttl: limits.tickMinutes,
    generator: 'Watchword',
    copyright: '',
  });
  const nameOf = watchNames(config);
  for (const { watch, entry, outlet, title, link, excerpt, reasons, foundAt } of hits) {
    const why = `${nameOf(watch)}: ${reasonLine(reasons)}`;
    const paragraphs = [outlet, excerpt?.text ?? '', why].filter(Boolean).map((text) => `<p>${escaped(text)}</p>`);
    const address = followable(link);
    feed.addItem({
      // Titles are read as HTML by many readers.
      title: escaped(title.text.trim() === '' ? 'Without a headline' : title.text),
      guid: idOf('hit', watch, entry),
      // The package types a link as a must; where an article has none, the element is left out.
      ...({ link: address ?? undefined } as { link: string }),
      date: new Date(foundAt),
      description: paragraphs.join(''),
      category: [{ name: oneLine(nameOf(watch)) }],
    });
  }
  return feed.rss2();
}

/** One line without characters that XML cannot carry, as HTML. */
function escaped(text: string): string {
  return oneLine(text, limits.excerptCharsMax).replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
