/** Hits as the operator finds, counts and takes them along. */
import { beforeEach, describe, expect, it } from 'vitest';
import { columnChart } from '../../../infra/local/operator/chart.ts';
import { lastDays } from '../../../infra/local/operator/hit-counts.ts';
import { hitIndex } from '../../../infra/local/operator/hit-index.ts';
import { parseFeed } from '../../../shared/feed/parse.ts';
import { limits } from '../../../shared/limits.ts';
import { putEditedHit, putHit } from '../../../shared/store/hits.ts';
import { DAY, HOUR, MINUTE } from '../../../shared/time.ts';
import { phraseWatch, town } from '../../simulation/small-town.ts';
import { aHit, askOf, hostile, now, operatorView, saidBy, type TownView } from './operator-town.ts';

const [herald, courier] = town.feeds;
const [encryption, floods] = town.watches;
if (!herald || !courier || !encryption || !floods) throw new Error('the town has two of each');

let view: TownView;

beforeEach(() => {
  view = operatorView();
});

const ask: ReturnType<typeof askOf> = (path, init) => askOf(view)(path, init);
const markup = async (path: string) => (await ask(path)).text();
const read = async (path: string) => saidBy(await markup(path));
const put = async (...hits: ReturnType<typeof aHit>[]) => {
  for (const hit of hits) await putHit(view.news, hit);
};

describe('the hits', () => {
  it('are listed by day, newest first, with marked words, the watch and the reason', async () => {
    const title = { text: 'Ministers & encrypted chats', marks: [[12, 21]] } as const;
    await put(aHit('Old news', { foundAt: now - 2 * DAY }), aHit('Ministers', { title }));
    const page = await read('/hits');
    expect(page).toMatch(/Monday 23 November 2026 1 .*encrypted.*Saturday 21 November 2026 1 .*Old news/);
    expect(page).toContain('The Herald , found 11:20');
    expect(page).toContain('Encryption : encryption~ in the headline (“encrypted”)');
    expect(await markup('/hits')).toContain('Ministers &amp; <mark>encrypted</mark> chats');
  });

  it('show an entry once that several watches found, with all of them', async () => {
    const flood = { watch: floods.id, reasons: [{ line: 'flood~', field: 'title', text: null }] } as const;
    await put(aHit('Both'), aHit('Both', flood));
    const page = await markup('/hits');
    expect(page.match(/<h3/g)).toHaveLength(1);
    expect(page).toContain('2 hits in 1 article');
    expect(page).toContain(`href="/hits?watch=${encryption.id}">Encryption</a>`);
    expect(page).toContain(`href="/hits?watch=${floods.id}">Floods</a>`);
  });

  it.each([
    ['watch', () => `watch=${floods.id}`, 'Hits of Floods'],
    ['outlet', () => `outlet=${courier.id}`, 'Hits in courier.example'],
    ['first day', () => 'from=2026-11-23', 'Hits'],
    ['last day', () => 'from=2026-11-23&to=2026-11-23', 'Hits'],
    ['words', () => 'words=RAIN+cafe', 'Hits'],
    ['a part of a word and the outlet', () => 'words=rai+courier', 'Hits'],
    [
      'all at once',
      () => `watch=${floods.id}&outlet=${courier.id}&from=2026-11-23&words=rain`,
      'Hits of Floods in courier.example',
    ],
  ])('can be narrowed by %s', async (_by, query, title) => {
    await put(
      aHit('About chats', { foundAt: now - 3 * DAY }),
      aHit('About rain', {
        watch: floods.id,
        feed: courier.id,
        outlet: 'courier.example',
        excerpt: { text: 'Seen from a café', marks: [] },
      }),
    );
    const page = await read(`/hits?${query()}`);
    expect(page).toContain(`${title} `);
    expect(page).toContain('About rain');
    expect(page).not.toContain('About chats');
    expect(page).toContain('1 hit in 1 article, the newest first.');
  });

  it('count their days in the zone of the watch file', async () => {
    view = operatorView({ ...town, deliver: { ...town.deliver, zone: 'Asia/Tokyo' } });
    await put(aHit('Late', { foundAt: Date.UTC(2026, 10, 22, 16) }));
    expect(await read('/hits?from=2026-11-23&to=2026-11-23')).toContain('Late');
    expect(await read('/hits?to=2026-11-22')).toContain('No hit is as asked for.');
  });

  it('keep what was asked for in the form and in every link', async () => {
    await put(...Array.from({ length: 60 }, (_, age) => aHit(`Article ${age}.`, { foundAt: now - age * MINUTE })));
    const page = await markup('/hits?words=article&from=2026-11-20');
    expect(page).toContain('value="article"');
    expect(page).toContain('value="2026-11-20"');
    expect(page).toContain('href="/hits?from=2026-11-20&amp;words=article&amp;page=2"');
    expect(page).toContain('href="/hits.csv?from=2026-11-20&amp;words=article"');
    expect(page).toContain(
      'type="application/rss+xml" title="Hits, as a feed" href="/hits.rss?from=2026-11-20&amp;words=article"',
    );
  });

  it('come a page at a time, none twice and none left out', async () => {
    const articles = limits.hitsPageArticlesMax * 2 + 5;
    await put(
      ...Array.from({ length: articles }, (_, age) => aHit(`Article ${age}.`, { foundAt: now - age * MINUTE })),
    );
    const pages = await Promise.all([1, 2, 3].map((page) => read(`/hits?page=${page}`)));
    expect(pages.flatMap((page) => page.match(/Article \d+\./g))).toEqual(
      Array.from({ length: articles }, (_, age) => `Article ${age}.`),
    );
    expect(pages[0]).toContain('105 hits in 105 articles, the newest first: page 1 of 3.');
    for (const odd of ['0', '-1', 'x', '1e9', '']) expect((await ask(`/hits?page=${odd}`)).status).toBe(200);
  });

  it('say so when a day is none, or nothing is as asked for', async () => {
    await put(aHit('About chats'));
    expect(await read('/hits?from=2026-02-30')).toContain('“2026-02-30” is not a day: write it like 2026-11-23.');
    expect(await read('/hits?words=xyzzy')).toContain('No hit is as asked for.');
    expect((await ask('/hits?watch=nobody')).status).toBe(404);
    expect((await ask('/hits?outlet=nobody')).status).toBe(404);
  });

  it('are known as soon as a poll stores them, and as an edit leaves them', async () => {
    expect(await read('/hits')).toContain('No hit yet.');
    const hit = aHit('About chats');
    await put(hit);
    await put({ ...hit, title: { text: 'Not stored: it was a hit before', marks: [] } });
    expect(await read('/hits')).toContain('About chats');
    await putEditedHit(view.news, hit, { ...hit, title: { text: 'About ciphers', marks: [] } });
    expect(await read('/hits?words=ciphers')).toContain('About ciphers');
    expect(await read('/hits?words=chats')).toContain('No hit is as asked for.');
  });

  it('that were stored before are read once, and the page says how far that is', async () => {
    await put(...Array.from({ length: 30 }, (_, age) => aHit(`Article ${age}.`)));
    const { query } = view.news;
    let asked = 0;
    let isHeld = true;
    const news = {
      ...view.news,
      onPut: () => {},
      async query(page: Parameters<typeof query>[0]) {
        asked += 1;
        while (isHeld && asked > 2) await new Promise((resolve) => setTimeout(resolve, 1));
        return query(page);
      },
    };
    view = { ...view, hits: hitIndex(news, town, 20) };
    expect(await read('/hits')).toContain('The stored hits are being read: 14 so far.');
    expect((await ask('/hits.csv')).status).toBe(503);
    isHeld = false;
    await expect.poll(() => read('/hits')).toContain('30 hits in 30 articles');
    const before = asked;
    await read('/hits');
    expect(asked).toBe(before);
  });

  it('are asked for again when reading them failed', async () => {
    await put(aHit('About chats'));
    let isBroken = true;
    const { query } = view.news;
    const news = {
      ...view.news,
      onPut: () => {},
      query: async (page: Parameters<typeof query>[0]) => {
        if (isBroken) throw new Error('the disk is gone');
        return query(page);
      },
    };
    view = { ...view, hits: hitIndex(news, town, 5_000) };
    expect((await ask('/hits')).status).toBe(500);
    expect(view.faults).toHaveLength(1);
    isBroken = false;
    expect(await read('/hits')).toContain('About chats');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://bank.example@evil.example/', '//evil.example'])(
    'are linked to %s on no page and in no file (row 55)',
    async (link) => {
      await put(aHit('A title', { link }));
      expect(await markup('/hits')).toMatch(/<h3 dir="auto">A title<\/h3>/);
      for (const path of ['/hits', '/hits.csv', '/hits.json', '/hits.rss']) {
        const text = await markup(path);
        expect(text).toContain('A title');
        expect(text).not.toContain('evil.example');
        expect(text).not.toContain(link);
      }
    },
  );
});

describe('the file of hits', () => {
  /** Rows of RFC 4180. */
  const rowsOf = (csv: string) =>
    csv
      .slice(0, -2)
      .split('\r\n')
      .map((row) =>
        [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
          ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
        ),
      );

  it('as CSV has exactly what the page lists, quoted by RFC 4180', async () => {
    await put(
      aHit('Comma, "quote"\r\nand line', { excerpt: { text: 'Über alles', marks: [] } }),
      aHit('Other', { watch: floods.id }),
    );
    const answer = await ask(`/hits.csv?watch=${encryption.id}`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="hits.csv"');
    expect(answer.headers.get('x-total-count')).toBe('1');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder().decode(bytes);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(rowsOf(text)).toEqual([
      ['found', 'published', 'watch', 'outlet', 'headline', 'link', 'excerpt', 'why'],
      [
        '2026-11-23T11:20:00Z',
        '2026-11-23T10:20:00Z',
        'Encryption',
        'The Herald',
        'Comma, "quote" and line',
        'https://herald.example/Comma%2C%20%22quote%22%0D%0Aand%20line',
        'Über alles',
        'encryption~ in the headline (“encrypted”)',
      ],
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', '\r=1', ' =1', '\u200b=1', '＝1'])(
    'as CSV holds no formula for %j',
    async (title) => {
      await put(aHit('x', { title: { text: title, marks: [] }, outlet: title }));
      const [, row] = rowsOf(await markup('/hits.csv'));
      expect(row?.[4]).toMatch(/^'[=+\-@＝]/);
      expect(row?.[3]).toMatch(/^'[=+\-@＝]/);
    },
  );

  it('as JSON says how many there are, and has each with its reasons', async () => {
    await put(...Array.from({ length: 230 }, (_, age) => aHit(`Article ${age}.`, { foundAt: now - age * MINUTE })));
    const answer = await ask('/hits.json');
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="hits.json"');
    const { total, hits } = (await answer.json()) as { total: number; hits: { headline: string }[] };
    expect(total).toBe(230);
    expect(hits.map(({ headline }) => headline)).toEqual(Array.from({ length: 230 }, (_, age) => `Article ${age}.`));
    expect(hits[0]).toMatchObject({
      found: '2026-11-23T12:20:00Z',
      watch: { id: encryption.id, name: 'Encryption' },
      outlet: 'The Herald',
      reasons: [{ line: 'encryption~', field: 'title', text: 'encrypted' }],
    });
  });

  it('of nothing is a file all the same', async () => {
    expect(await markup('/hits.json')).toBe('{"total":0,"hits":[\n]}\n');
    expect(rowsOf(await markup('/hits.csv'))).toHaveLength(1);
  });

  it('breaks off when the table fails on the way, and does not look whole', async () => {
    await put(...Array.from({ length: 230 }, (_, age) => aHit(`Article ${age}.`)));
    const { batchGet } = view.news;
    let asked = 0;
    view = {
      ...view,
      news: {
        ...view.news,
        async batchGet(keys) {
          asked += 1;
          if (asked > 20) throw new Error('the disk is gone');
          return batchGet(keys);
        },
      },
    };
    const answer = await ask('/hits.json');
    await expect(answer.text()).rejects.toThrow('the disk is gone');
    expect(view.faults).toHaveLength(1);
  });

  it.each(['csv', 'json', 'rss'])(
    'as %s is refused for a day that is none, or a watch that is unknown',
    async (kind) => {
      const answer = await ask(`/hits.${kind}?from=yesterday`);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toBe('“yesterday” is not a day: write it like 2026-11-23.');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await ask(`/hits.${kind}?watch=nobody`)).status).toBe(404);
    },
  );
});

describe('the feed of hits', () => {
  const feedAt = async (path: string) => {
    const answer = await ask(path);
    expect(answer.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
    const result = await parseFeed(new Uint8Array(await answer.arrayBuffer()), null, 'http://127.0.0.1:8412/hits.rss');
    if (result.kind !== 'feed') throw new Error(result.message);
    return result.document;
  };

  it('is read back as it was meant by our own parser', async () => {
    await put(
      aHit('Older', { foundAt: now - 2 * HOUR }),
      aHit('Newest', { link: 'https://herald.example/?a=1&b=2', excerpt: { text: 'What they said', marks: [] } }),
      aHit('Of the other watch', { watch: floods.id }),
    );
    const document = await feedAt(`/hits.rss?watch=${encryption.id}`);
    expect(document.title).toBe('Hits of Encryption · Watchword');
    expect(document.entries).toMatchObject([
      { title: 'Newest', link: 'https://herald.example/?a=1&b=2', publishedAt: now - HOUR },
      { title: 'Older', publishedAt: now - 2 * HOUR },
    ]);
    expect(document.entries[0]?.summary).toContain('The Herald');
    expect(document.entries[0]?.summary).toContain('What they said');
    expect(document.entries[0]?.summary).toContain('Encryption: encryption~ in the headline');
    expect(new Set(document.entries.map(({ id }) => id)).size).toBe(2);
  });

  it('keeps hostile text as text (row 52)', async () => {
    const texts = [hostile, ']]> <b>bold</b> &amp; &lt;', 'control \u0001\u0000\ufffe\ud800 here', 'A & B'];
    await put(
      ...texts.map((text, age) =>
        aHit(text, { outlet: text, link: null, foundAt: now - age * MINUTE, entry: `e${age}` }),
      ),
    );
    const { entries } = await feedAt('/hits.rss');
    expect(entries.map(({ title }) => title)).toEqual([hostile, ']]> <b>bold</b> &amp; &lt;', 'control here', 'A & B']);
    expect(entries.every(({ link }) => link === null)).toBe(true);
  });

  it('holds the newest of many', async () => {
    await put(...Array.from({ length: 130 }, (_, age) => aHit(`Article ${age}.`, { foundAt: now - age * MINUTE })));
    const { entries } = await feedAt('/hits.rss');
    expect(entries).toHaveLength(limits.hitsFeedEntriesMax);
    expect(entries[0]?.title).toBe('Article 0.');
  });
});

describe('the figures', () => {
  it('count hits by day, by watch and by outlet, and lead to them', async () => {
    await put(
      aHit('One', { foundAt: now - DAY }),
      aHit('Two', { foundAt: now - DAY - HOUR }),
      aHit('Three'),
      aHit('Rain', { watch: floods.id, feed: courier.id, outlet: 'courier.example' }),
      aHit('Long ago', { foundAt: now - 20 * DAY }),
    );
    const page = await read('/figures?days=7');
    expect(page).toContain('4 hits in 7 days');
    expect(page).toContain('The most were 2, on 22 Nov.');
    expect(page).toMatch(/Encryption 3 Floods 1/);
    expect(page).toMatch(/Day All Encryption Floods 23 Nov 2 1 1 22 Nov 2 2 0 21 Nov 0 0 0/);
    expect(await markup('/figures?days=7')).toContain(
      `href="/hits?watch=${floods.id}&amp;from=2026-11-17&amp;to=2026-11-23"`,
    );
    expect(await read('/figures')).toContain('5 hits in 30 days');
    expect(await read('/figures?days=90&by=total')).toMatch(/Day All watches 23 Nov 2 22 Nov 2/);
  });

  it('say so when there is nothing to draw', async () => {
    expect(await read('/figures')).toContain('No hit yet.');
    await put(aHit('Long ago', { foundAt: now - 50 * DAY }));
    const page = await markup('/figures');
    expect(saidBy(page)).toContain('None was found in these days.');
    expect(page).not.toContain('<svg');
  });

  it('put the least frequent of many watches together', async () => {
    const watches = Array.from({ length: 12 }, (_, n) => phraseWatch(`Watch ${n}`, 'x'));
    view = operatorView({ ...town, watches });
    for (const [n, { id }] of watches.entries()) {
      for (let hit = 0; hit <= n; hit += 1) await put(aHit(`${n} ${hit}`, { watch: id }));
    }
    const page = await read('/figures?days=7');
    expect(page).toContain('Watch 11 12 Watch 10 11 Watch 9 10 Watch 8 9 Watch 7 8 Watch 6 7 Watch 5 6 All others 15');
    expect(page).toMatch(/By watch .*Watch 0 1 /);
  });

  it('are drawn without scripts, links, names or anything from outside', async () => {
    view = operatorView({ ...town, watches: [{ ...encryption, name: hostile }, floods] });
    await put(aHit(hostile, { outlet: hostile }), aHit('Rain', { watch: floods.id }));
    const page = await markup('/figures');
    const drawings = page.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
    expect(drawings).toHaveLength(2);
    for (const drawing of drawings) {
      const elements = new Set([...drawing.matchAll(/<([a-zA-Z!?][\w:-]*)/g)].map(([, name]) => name));
      expect([...elements].sort()).toEqual(['path', 'rect', 'svg', 'text']);
      expect(drawing).not.toMatch(/\son\w+=|href|url\(|alert|class=/i);
      expect(drawing).toContain('aria-hidden="true"');
      expect(drawing).toContain('fill="var(--series-2)"');
    }
    expect(page).not.toContain('<script');
  });

  it('escape labels that are written as text', () => {
    const svg = columnChart(
      { labels: ['<script>&'], series: [{ colour: 'red', values: [1] }] },
      { width: 300, height: 200 },
    );
    expect(svg).toContain('&lt;script&gt;&amp;');
  });

  it('have every day once, over both changes of the clocks', () => {
    for (const end of [Date.UTC(2026, 9, 26, 0, 30), Date.UTC(2026, 2, 29, 23, 30)]) {
      const days = lastDays(90, 'Europe/London', end);
      expect(new Set(days).size).toBe(90);
    }
    expect(lastDays(2, 'Pacific/Auckland', Date.UTC(2026, 10, 23, 12, 20))).toEqual(['2026-11-23', '2026-11-24']);
  });
});
