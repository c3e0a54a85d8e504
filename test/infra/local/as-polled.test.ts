/** `match` on a feed that wants whole articles finds what a poll would find; and no host is asked two pages at once. */
import { createServer } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { match } from '../../../infra/local/commands/match.ts';
import { listenOnLoopback } from '../../../infra/local/loopback.ts';
import { wholeEntries } from '../../../shared/fetch/fetch-article.ts';
import { createHttp } from '../../../shared/fetch/http.ts';
import { entry, feedAt } from '../../poll/situations.ts';
import { type Desk, feedType, openDesk, pageType, watchText } from './commands/feeds-desk.ts';

const body =
  'The harbour board has decided that the ferry stays for another winter, as the island had asked for. '.repeat(5);
const article = `<!doctype html><html><body><article><p>${body} It will be closed with padlocks at night.</p></article></body></html>`;

describe('watchword match', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    const items = ['1', '2'].map(
      (id) => `<item><guid>${id}</guid><title>Ferry ${id}</title><link>${desk.site}/${id}</link></item>`,
    );
    desk.pages.set('/feed.xml', {
      body: `<rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>`,
      type: feedType,
    });
    desk.pages.set('/1', { body: article, type: pageType });
  });
  afterAll(() => desk.close());

  it('reads the pages of a feed that wants whole articles, and says which it could not read', async () => {
    desk.write('watch.yaml', watchText(desk.site, `feeds: [{url: ${desk.site}/feed.xml, text: article}]`));
    const found = await desk.run(match, `${desk.site}/feed.xml`);
    expect(found.out).toEqual([
      `${desk.site}/feed.xml: 1 of 2 articles match`,
      '  Ferry 1',
      '    Padlocks  Padlocks in the text',
    ]);
    expect(found.err).toEqual([
      `${desk.site}/feed.xml: 1 of 2 articles not read whole: there the text in the feed was looked at.`,
    ]);
  });

  it('of any other feed asks for no page', async () => {
    desk.asked.length = 0;
    desk.write('watch.yaml', watchText(desk.site, `feeds: [${desk.site}/feed.xml]`));
    expect((await desk.run(match, `${desk.site}/feed.xml`)).out).toEqual([
      `${desk.site}/feed.xml: 0 of 2 articles match`,
    ]);
    expect(desk.asked).toEqual(['/feed.xml']);
  });
});

it('29: a host is asked for one page at a time, whichever feeds lead there', async () => {
  let underWay = 0;
  let most = 0;
  const server = createServer(async (_, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await after(20);
    underWay -= 1;
    response.writeHead(200, { 'content-type': pageType }).end(article);
  });
  const host = await listenOnLoopback(server, 0);
  const http = createHttp({ allow: [new URL(host.url).host], clock: Date });
  const feeds = ['a', 'b', 'c'].map((name) => feedAt(`https://${name}.example/feed`, { text: 'article' }));
  const pages = await Promise.all(
    feeds.map(({ url }, n) => {
      const entries = ['1', '2'].map((id) => entry(id, { link: `${host.url}/${n}/${id}` }));
      return wholeEntries({ http, clock: Date }, feedAt(url, { text: 'article' }), entries, Date.now() + 10_000);
    }),
  );
  expect(pages.flat().map((each) => each.article)).toEqual(Array.from({ length: 6 }, () => 'read'));
  expect(most).toBe(1);
  http.close();
  await host.close();
});
