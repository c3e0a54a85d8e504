/** A small config and its feeds: two outlets, two watches, one reader of a digest that comes at once and one at seven. */

import { idOf } from '../../shared/id.ts';
import { HOUR, type Instant } from '../../shared/time.ts';
import type { Config, Watch } from '../../shared/watch/config.ts';

export function phraseWatch(name: string, ...any: readonly string[]): Watch {
  return {
    id: idOf('watch', name),
    name,
    any,
    all: null,
    near: null,
    atLeast: null,
    person: null,
    office: null,
    none: [],
    in: null,
    feeds: null,
    noisy: false,
    examples: { match: [], noMatch: [] },
  };
}

const urls = ['https://herald.example/feed.xml', 'https://courier.example/news.xml'] as const;
const watches = [phraseWatch('Encryption', 'encryption~'), phraseWatch('Floods', 'flood~')];
const all = watches.map(({ id }) => id);

export const town: Config = {
  deliver: { from: 'Watchword <alerts@watchword.example>', zone: 'Europe/London', signup: { kind: 'closed' } },
  poll: { historyDays: null },
  feeds: urls.map((url) => ({
    id: idOf('feed', url),
    url,
    name: new URL(url).host,
    tags: [],
    everyMinutes: 5,
    excerptChars: 200,
    firstLookHours: 24,
    text: 'feed' as const,
  })),
  watches,
  digests: [
    {
      id: idOf('digest', 'At once'),
      name: 'At once',
      watches: all,
      when: { kind: 'at once' },
      zone: 'Europe/London',
      to: ['press@reader.example'],
      empty: 'skip',
    },
    {
      id: idOf('digest', 'Morning'),
      name: 'Morning',
      watches: all,
      when: { kind: 'times', days: [1, 2, 3, 4, 5, 6, 7], times: ['07:00'] },
      zone: 'Europe/London',
      to: ['policy@reader.example', 'press@reader.example'],
      empty: 'send',
    },
  ],
  network: { allow: [] },
};

export const [herald, courier] = urls;

/** An RSS document with these headlines, newest first; the number of a headline is its guid. */
export function rss(now: Instant, headlines: Readonly<Record<string, string>>): string {
  const items = Object.entries(headlines).map(
    ([guid, title]) =>
      `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title><link>https://news.example/${guid}</link>` +
      `<pubDate>${new Date(now - HOUR).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.example/</link>${items.join('')}</channel></rss>`;
}
