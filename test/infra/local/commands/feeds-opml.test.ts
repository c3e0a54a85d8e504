/** OPML in and out, and each feed asked once. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Usage } from '../../../../infra/local/command.ts';
import { checkFeeds, feedsCheck } from '../../../../infra/local/commands/feeds-check.ts';
import { feedsExport } from '../../../../infra/local/commands/feeds-export.ts';
import { feedsImport } from '../../../../infra/local/commands/feeds-import.ts';
import { NoTurn } from '../../../../shared/fetch/pace.ts';
import { type OpmlFeed, opmlOf } from '../../../../shared/watch/opml.ts';
import type { HttpAnswer } from '../../../../shared/world.ts';
import { feedAt } from '../../../poll/situations.ts';
import { type Folder, openFolder } from '../folder.ts';
import { type Desk, feedType, openDesk, pageOf, pageType, rssOf, watchText } from './feeds-desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.pages.clear();
  desk.asked.length = 0;
});

describe('300 feeds of an OPML file', () => {
  const folders = [[], ['Press'], ['Press', 'Wales & the Marches'], ['Law <courts>'], ['Press']];
  const feedsAt = (site: string): OpmlFeed[] =>
    Array.from({ length: 300 }, (_, n) => ({
      url: `${site}/feeds/${n}.xml?a=1&b=${n}`,
      name: `Outlet ${n}: "news" & <more>${n % 7 === 0 ? ' – ünïcödé 新聞' : ''}`,
      tags: folders[Math.floor(n / 30) % folders.length] ?? [],
    }));

  it('are imported, answer when they are checked, and are exported again byte for byte', async () => {
    const feeds = feedsAt(desk.site);
    for (const [n, { url, name }] of feeds.entries()) {
      const title = (name ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      desk.pages.set(url.slice(desk.site.length), {
        body: rssOf(title, ...Array.from({ length: n % 5 }, (_, i) => `${n}-${i}`)),
        type: feedType,
      });
    }
    const opml = opmlOf(feeds);
    const lead = '# Everything we read. Keep the order!\n\n';
    desk.write('watch.yaml', watchText(desk.site, 'feeds: []', lead));

    const imported = await desk.run(feedsImport, desk.write('reader.opml', opml));
    expect(imported).toMatchObject({ code: 0, err: [] });
    expect(imported.out[0]).toBe(`300 feeds added to ${desk.watch}.`);
    expect(desk.asked).toEqual([]);
    const text = desk.read();
    expect(text.startsWith(`${lead}deliver:`)).toBe(true);
    expect(text.split('\n')).toHaveLength(watchText(desk.site, 'feeds: []', lead).split('\n').length + 300);

    const checked = await desk.run(feedsCheck, '--json');
    expect(checked).toMatchObject({ code: 0, err: [] });
    expect(checked.out.map((line) => JSON.parse(line))).toEqual(
      feeds.map(({ url, name }, n) => ({
        name,
        url,
        format: 'rss',
        entries: n % 5,
        newest: n % 5 === 0 ? null : '2026-03-02T08:00:00Z',
        mended: false,
        problem: null,
        found: [],
      })),
    );
    expect([...desk.asked].sort()).toEqual([...desk.pages.keys()].sort());

    const exported = await desk.run(feedsExport, desk.at('again.opml'));
    expect(exported).toMatchObject({ code: 0, out: [], err: [`300 feeds written to ${desk.at('again.opml')}.`] });
    expect(desk.read('again.opml')).toBe(opml);
    expect((await desk.run(feedsExport)).out.join('\n')).toBe(opml.trimEnd());

    expect((await desk.run(feedsImport, desk.at('again.opml'))).out).toEqual([
      `0 feeds added to ${desk.watch}; 300 feeds were there already.`,
    ]);
    expect(desk.read()).toBe(text);
  }, 30_000);
});

describe('watchword feeds import', () => {
  it('puts in what it can, tells the others, and ends with 1', async () => {
    desk.write('watch.yaml', watchText(desk.site, 'feeds:\n- https://a.example/ # ours'));
    const opml = desk.write(
      'x.opml',
      '<opml><body><outline text="Bad" xmlUrl="ftp://b.example/"/><outline xmlUrl="https://a.example"/><outline text="Local"><outline xmlUrl="https://c.example/f"/></outline></body></opml>',
    );
    expect(await desk.run(feedsImport, opml, '--json')).toEqual({
      code: 1,
      out: [
        JSON.stringify({
          added: ['https://c.example/f'],
          known: ['https://a.example/'],
          problems: ['Bad: ftp: is not read; write an address with https://'],
        }),
      ],
      err: [],
    });
    expect(desk.read()).toBe(
      watchText(desk.site, 'feeds:\n- https://a.example/ # ours\n- {url: https://c.example/f, tags: [Local]}'),
    );
  });

  it('reads a file in the charset that it names', async () => {
    desk.write('watch.yaml', watchText(desk.site, 'feeds: [https://a.example/]'));
    const opml =
      '<?xml version="1.0" encoding="ISO-8859-1"?><opml><body><outline text="Zürich" xmlUrl="https://z.example/"/></body></opml>';
    writeFileSync(desk.at('latin1.opml'), opml, 'latin1');
    expect((await desk.run(feedsImport, desk.at('latin1.opml'))).code).toBe(0);
    expect(desk.read()).toContain('{url: https://z.example/, name: Zürich}');
  });

  it.each([
    ['<html></html>', 'is not an OPML file; export one from your feed reader'],
    ['<opml><body><outline xmlUrl="https://a.example/"/>', 'ends before it is complete; export it again'],
  ])('of %s says what it is', async (text, problem) => {
    const path = desk.write('odd.opml', text);
    expect(await desk.run(feedsImport, path)).toEqual({ code: 1, out: [], err: [`${path} ${problem}`] });
  });

  it('of no file, or of several, says so', async () => {
    await expect(desk.run(feedsImport, desk.at('none.opml'))).rejects.toThrow(/There is no file/);
    await expect(desk.run(feedsImport)).rejects.toThrow(Usage);
    await expect(desk.run(feedsImport, 'a', 'b')).rejects.toThrow(Usage);
  });
});

describe('watchword feeds check', () => {
  it('tells what is wrong last, and what was meant by the address of a page (row 45)', async () => {
    desk.pages.set('/fine.xml', { body: rssOf('Fine', '1'), type: feedType });
    desk.pages.set('/', { body: pageOf('/fine.xml'), type: pageType });
    desk.pages.set('/json', { body: '{"posts": []}', type: 'application/json' });
    desk.write(
      'watch.yaml',
      watchText(
        desk.site,
        `feeds:\n  - {url: ${desk.site}/, name: Page}\n  - {url: ${desk.site}/json, name: JSON}\n  - {url: ${desk.site}/gone.xml, name: Gone}\n  - {url: ${desk.site}/fine.xml, name: Fine}`,
      ),
    );
    expect(await desk.run(feedsCheck)).toEqual({
      code: 1,
      out: ['Fine  rss, 1 article, the newest of 2026-03-02T08:00:00Z', '1 of 4 feeds read.'],
      err: [
        'Page: The page is a web page (HTML), not a feed.',
        `  ${desk.site}/`,
        `  The page leads to this feed: ${desk.site}/fine.xml`,
        'JSON: The document is JSON, but not a JSON Feed.',
        `  ${desk.site}/json`,
        'Gone: The server answered 404 Not Found.',
        `  ${desk.site}/gone.xml`,
      ],
    });
  });

  it('says of a feed whose turn at a busy host did not come that it was not asked, and tells of the others', async () => {
    const [busy, gone] = [feedAt('https://busy.example/f'), feedAt('https://gone.example/f')];
    const http = {
      get: ({ url }: { url: string }): Promise<HttpAnswer> =>
        url === busy.url
          ? Promise.reject(new NoTurn('the host was busy with others'))
          : Promise.resolve({ kind: 'answer', status: 410, headers: {}, body: new Uint8Array() }),
      hangUp: () => Promise.resolve(),
    };
    const checked = await checkFeeds({ http, clock: Date }, [busy, gone], () => {});
    expect(checked.map(({ problem }) => problem?.kind)).toEqual(['not asked', 'gone']);
  });

  it('of a file that is not right asks nobody', async () => {
    desk.write('watch.yaml', watchText(desk.site, 'feeds: [nowhere]'));
    const { code, err } = await desk.run(feedsCheck);
    expect(code).toBe(1);
    expect(err.join('\n')).toContain('"nowhere" is not a web address');
    expect(desk.asked).toEqual([]);
  });
});

describe('the command line', () => {
  let folder: Folder;
  beforeAll(async () => {
    folder = await openFolder();
  });
  afterAll(() => folder.remove());

  it('has a help for each of them, and 2 for wrong usage', async () => {
    const [help, other, wrong, unknown] = await Promise.all([
      folder.run('feeds', 'add', '--help'),
      folder.run('help', 'feeds', 'check'),
      folder.run('feeds', 'import'),
      folder.run('feeds', 'chek'),
    ]);
    expect(help).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^watchword feeds add URL/) });
    expect(other).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^watchword feeds check/) });
    expect(wrong).toEqual({ code: 2, out: '', err: 'Name one OPML file.\nSee: npx watchword feeds import --help\n' });
    expect(unknown).toMatchObject({ code: 2, out: '', err: expect.stringContaining('did you mean "check"?') });
  }, 60_000);
});
