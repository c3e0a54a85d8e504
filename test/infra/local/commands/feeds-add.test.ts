import { chmodSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Usage } from '../../../../infra/local/command.ts';
import { feedsAdd } from '../../../../infra/local/commands/feeds-add.ts';
import { openWatchFile } from '../../../../infra/local/edit-watch-file.ts';
import { HostProblem } from '../../../../infra/local/host-problem.ts';
import { type Desk, feedType, openDesk, pageOf, pageType, rssOf, watchText } from './feeds-desk.ts';

let desk: Desk;
const add = (...args: readonly string[]) => desk.run(feedsAdd, ...args);
const before = ['feeds:', '  # press', '  - https://a.example/feed # the first', '', '  # more to come'];
const withFeed = (line: string) => watchText(desk.site, before.toSpliced(3, 0, `  - ${line}`).join('\n'));

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.write('watch.yaml', watchText(desk.site, before.join('\n')));
  desk.pages.clear();
  desk.pages.set('/', { body: pageOf('/news.xml'), type: pageType });
  desk.pages.set('/two', { body: pageOf('/news.xml', '/comments.xml'), type: pageType });
  desk.pages.set('/news.xml', { body: rssOf('The Herald: news & more', '1', '2'), type: feedType });
  desk.pages.set('/comments.xml', { body: rssOf('Comments', '3'), type: feedType });
  desk.asked.length = 0;
});

describe('watchword feeds add', () => {
  it('puts in the feed that the page of a site names, and leaves every other character as it was', async () => {
    const { code, out, err } = await add(`${desk.site}/`);
    expect([code, err]).toEqual([0, []]);
    expect(out).toEqual([
      `Added to ${desk.watch}: ${desk.site}/news.xml  The Herald: news & more (rss, 2 articles, the newest of 2026-03-02)`,
    ]);
    expect(desk.read()).toBe(withFeed(`{url: ${desk.site}/news.xml, name: "The Herald: news & more"}`));
  });

  it('takes a name and tags, and a feed that is named itself', async () => {
    expect((await add(`${desk.site}/news.xml`, '--name', 'Herald', '--tag', 'press', '--tag', 'uk')).code).toBe(0);
    expect(desk.read()).toBe(withFeed(`{url: ${desk.site}/news.xml, name: Herald, tags: [press, uk]}`));
  });

  it('says that a feed is there already, without asking for it, or when it turns out to be', async () => {
    desk.write('watch.yaml', watchText(desk.site, `feeds: [${desk.site}/news.xml]`));
    expect(await add(`${desk.site}/news.xml#top`)).toEqual({
      code: 0,
      out: [`${desk.site}/news.xml is already a feed of ${desk.watch}.`],
      err: [],
    });
    expect(desk.asked).toEqual([]);
    expect((await add(`${desk.site}/`)).out).toEqual([`${desk.site}/news.xml is already a feed of ${desk.watch}.`]);
  });

  it('knows the feeds of OPML files, too', async () => {
    desk.write('ours.opml', `<opml><body><outline xmlUrl="${desk.site}/news.xml"/></body></opml>`);
    desk.write('watch.yaml', watchText(desk.site, 'feeds: [{opml: ours.opml}]'));
    expect((await add(`${desk.site}/news.xml`)).out[0]).toContain('is already a feed of');
  });

  it('lists several feeds and adds none: the person chooses', async () => {
    const { code, out, err } = await add(`${desk.site}/two`);
    expect(code).toBe(1);
    expect(out).toEqual([
      `${desk.site}/news.xml  The Herald: news & more (rss, 2 articles, the newest of 2026-03-02)`,
      `${desk.site}/comments.xml  Comments (rss, 1 article, the newest of 2026-03-02)`,
    ]);
    expect(err).toEqual([
      `${desk.site}/two has 2 feeds: nothing was added. Name the one you want, such as: npx watchword feeds add ${desk.site}/news.xml`,
    ]);
    expect(desk.read()).toBe(watchText(desk.site, before.join('\n')));

    await add(`${desk.site}/news.xml`);
    const again = await add(`${desk.site}/two`);
    expect(again.out[0]).toMatch(/; already in .*watch\.yaml$/);
    expect(again.err[0]).toContain(`such as: npx watchword feeds add ${desk.site}/comments.xml`);
  });

  it('--json says what was added, known and found', async () => {
    const found = {
      url: `${desk.site}/news.xml`,
      title: 'The Herald: news & more',
      format: 'rss',
      entries: 2,
      newest: '2026-03-02T08:00:00Z',
    };
    const json = async (...args: readonly string[]) => JSON.parse((await add('--json', ...args)).out.join());
    expect(await json(`${desk.site}/two`)).toMatchObject({ added: null, known: null, found: [found, {}] });
    expect(await json(`${desk.site}/`)).toEqual({ added: found.url, known: null, found: [found] });
    expect(await json(found.url)).toEqual({ added: null, known: found.url, found: [] });
  });

  it.each([
    ['a page without a feed (row 45)', () => `${desk.site}/bare`, /404|web page/],
    ['a place that was not allowed', () => 'http://127.0.0.1:1/', /port 1 is not read; if it is meant, write network/],
    ['this machine by name', () => 'localhost', /not on the public internet/],
    ['another scheme', () => 'ftp://example.org/', /ftp: is not read/],
    ['a password', () => 'https://me:secret@example.org/', /must not stand in this file/],
  ])('%s: one sentence, and nothing is written', async (_name, address, problem) => {
    const { code, out, err } = await add(address());
    expect([code, out]).toEqual([1, []]);
    expect(err.join('\n')).toMatch(problem);
    expect(desk.read()).toBe(watchText(desk.site, before.join('\n')));
  });

  it('puts the first feed into a file that has none, which was not right before', async () => {
    desk.write('watch.yaml', watchText(desk.site, 'feeds: []'));
    expect((await add(`${desk.site}/`)).code).toBe(0);
    expect(desk.read()).toContain(`feeds:\n  - {url: ${desk.site}/news.xml`);
  });

  it('writes nothing when the file would not be right, and says why', async () => {
    desk.write('watch.yaml', watchText(desk.site, 'feeds: []').replace('UTC', 'Utopia'));
    const text = desk.read();
    const { code, err } = await add(`${desk.site}/`);
    expect(code).toBe(1);
    expect(err).toEqual([
      expect.stringMatching(/watch\.yaml:1:\d+: deliver\.zone: /),
      `${desk.watch} was left as it is.`,
    ]);
    expect(desk.read()).toBe(text);
    expect((await add(`${desk.site}/`, '--tag', 'two\nlines')).err[0]).toMatch(/feeds/);
  });

  it('a file that is not there, is no text or has no list is told as everywhere', async () => {
    const told = async (path: string) => {
      const err: string[] = [];
      const terminal = { out: () => {}, err: (line: string) => err.push(line), interactive: false };
      return [await feedsAdd.run([`${desk.site}/news.xml`, '--watch', path], terminal), err.join('\n')];
    };
    expect(await told(desk.at('none.yaml'))).toEqual([1, expect.stringMatching(/none\.yaml:1:1: there is no file/)]);
    expect(await told(desk.write('odd.yaml', 'feeds:\0'))).toEqual([1, expect.stringMatching(/:1:7: .*not in UTF-8/)]);
    const path = desk.write('text.yaml', watchText(desk.site, 'feeds: https://a.example/'));
    expect(await told(path)).toEqual([1, expect.stringMatching(/what stands under feeds: is no list/)]);
  });

  it.each([[[]], [['a.example', 'b.example']], [['--no-such', 'x']]])('wrong usage %j is said so', async (args) => {
    await expect(add(...args)).rejects.toThrow(args[0] === '--no-such' ? /no-such/ : Usage);
  });
});

describe('the watch file', () => {
  it('keeps its byte order mark, its rights, and the link that leads to it; nothing is left beside it', async () => {
    desk.write('real.yaml', `\uFEFF${watchText(desk.site, 'feeds: [https://a.example/]').replaceAll('\n', '\r\n')}`);
    chmodSync(desk.at('real.yaml'), 0o640);
    symlinkSync('real.yaml', desk.at('link.yaml'));
    const file = openWatchFile(desk.at('link.yaml'));
    expect(
      'problems' in file ? file.problems : file.add([{ url: 'https://b.example/', name: null, tags: [] }]),
    ).toEqual([]);
    expect(desk.read('real.yaml')).toBe(
      `\uFEFF${watchText(desk.site, 'feeds: [https://a.example/, https://b.example/]').replaceAll('\n', '\r\n')}`,
    );
    expect(statSync(desk.at('real.yaml')).mode & 0o777).toBe(0o640);
    expect(desk.read('link.yaml')).toBe(desk.read('real.yaml'));
    expect(readdirSync(desk.at('.')).filter((name) => name.includes('.new'))).toEqual([]);
  });

  it('that somebody else changed meanwhile is left as they made it', () => {
    const file = openWatchFile(desk.watch);
    desk.write('watch.yaml', watchText(desk.site, 'feeds: [https://theirs.example/]'));
    expect(() => 'add' in file && file.add([{ url: 'https://b.example/', name: null, tags: [] }])).toThrow(HostProblem);
    expect(desk.read()).toBe(watchText(desk.site, 'feeds: [https://theirs.example/]'));
  });
});
