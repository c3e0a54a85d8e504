/** From an address that somebody gives to feeds that can be read. */
import { beforeEach, describe, expect, it } from 'vitest';
import { findFeeds } from '../../shared/fetch/find-feeds.ts';
import { noon } from '../poll/situations.ts';
import { memoryOrigin, type Origin } from '../simulation/origin.ts';
import { rss } from '../simulation/small-town.ts';

const site = 'https://news.example/';
const page = (...hrefs: readonly string[]) =>
  `<!doctype html><html><head>${hrefs.map((href) => `<link rel="alternate" type="application/rss+xml" href="${href}">`).join('')}</head><body>Hi</body></html>`;
const html = { 'content-type': 'text/html' };
const feed = rss(noon, { '1': 'One', '2': 'Two' });
const toFound = (url: string) => ({ url, title: 'News', format: 'rss', entries: 2, newestAt: noon - 3_600_000 });

let origin: Origin;
const find = (url = site) => findFeeds({ http: origin, clock: { now: () => noon } }, url);
const asked = () => origin.asked.map(({ url }) => url);
const moved = (url: string, status: number, location: string) =>
  origin.answer(url, { kind: 'answer', status, headers: { location }, body: new Uint8Array() });

beforeEach(() => {
  origin = memoryOrigin();
});

describe('feeds are found', () => {
  it('at the address itself, which is asked once', async () => {
    origin.publish('https://news.example/f', feed);
    expect(await find('https://news.example/f')).toEqual({ kind: 'feed', feed: toFound('https://news.example/f') });
    expect(asked()).toEqual(['https://news.example/f']);
  });

  it('where its page names them, as far as they can be read (row 45)', async () => {
    origin.publish(site, page('/a', '/gone', '/page', '/b'), html);
    origin.publish('https://news.example/a', feed);
    origin.publish('https://news.example/page', page(), html);
    origin.publish('https://news.example/b', feed);
    const feeds = [toFound('https://news.example/a'), toFound('https://news.example/b')];
    expect(await find()).toEqual({ kind: 'feeds', feeds });
  });

  it('in the usual places of its host, where the page names none', async () => {
    origin.publish('https://news.example/uk/today', page(), html);
    origin.publish('https://news.example/feed.xml', feed);
    const feeds = [toFound('https://news.example/feed.xml')];
    expect(await find('https://news.example/uk/today')).toEqual({ kind: 'feeds', feeds });
  });

  it('where they have moved to for good, and for now under the address that was given', async () => {
    moved('https://news.example/old', 301, '/f');
    origin.publish('https://news.example/f', feed);
    expect(await find('https://news.example/old')).toEqual({ kind: 'feed', feed: toFound('https://news.example/f') });
    moved('https://news.example/old', 302, '/f');
    expect(await find('https://news.example/old')).toEqual({ kind: 'feed', feed: toFound('https://news.example/old') });
  });

  it('once, when two addresses lead to the same', async () => {
    origin.publish(site, page('/a', '/b'), html);
    moved('https://news.example/a', 308, '/b');
    origin.publish('https://news.example/b', feed);
    expect(await find()).toEqual({ kind: 'feeds', feeds: [toFound('https://news.example/b')] });
  });
});

describe('no feed is found', () => {
  it('where nobody answers', async () => {
    origin.answer(site, { kind: 'failed', why: 'refused', detail: 'The address is not on the public internet.' });
    expect(await find()).toEqual({ kind: 'none', detail: 'The address is not on the public internet.' });
  });

  it.each([
    [
      'a page that names none',
      page(),
      'The page is a web page (HTML), not a feed. It names no feed, and there is none in the usual places.',
    ],
    [
      'a page whose feeds are gone',
      page('/gone'),
      'The page is a web page (HTML), not a feed. What it names as its feeds cannot be read.',
    ],
    [
      'JSON that is no feed',
      '{"posts": []}',
      'The document is JSON, but not a JSON Feed. It names no feed, and there is none in the usual places.',
    ],
  ])('in %s (row 45)', async (_name, body, detail) => {
    origin.publish(site, body, html);
    expect(await find()).toEqual({ kind: 'none', detail });
  });
});
