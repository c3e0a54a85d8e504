/** The pages of new entries: asked for once, in bounds, and what stands when one of them is no article. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../shared/feed/entry.ts';
import { wholeEntries } from '../../shared/fetch/fetch-article.ts';
import { NoTurn } from '../../shared/fetch/pace.ts';
import { limits } from '../../shared/limits.ts';
import { SECOND } from '../../shared/time.ts';
import { entry, feedAt, noon } from '../poll/situations.ts';
import { memoryOrigin, type Origin } from '../simulation/origin.ts';

const body =
  'The harbour board has decided that the ferry stays for another winter, as the island had asked for. '.repeat(5);
const page = (text: string) => `<!doctype html><html><body><article><p>${text}</p></article></body></html>`;
const html = { 'content-type': 'text/html; charset=utf-8' };
const article = feedAt('https://news.example/feed.xml', { text: 'article' });

let origin: Origin;
let now: number;
const clock = { now: () => now };
const whole = (entries = [entry('1')], feed = article, until = Number.POSITIVE_INFINITY) =>
  wholeEntries({ http: origin, clock }, feed, entries, until);
/** An entry that is read as its feed gave it. */
const asFed = (fed: Entry, article: string | null) => ({ entry: fed, read: fed, article });
const asked = () => origin.asked.map(({ url }) => url);

beforeEach(() => {
  origin = memoryOrigin();
  now = noon;
});

describe('an entry whose feed wants whole articles', () => {
  it('has the text of its page as content, beside the summary of its feed', async () => {
    origin.publish('https://news.example/1', page(body), html);
    expect(await whole([entry('1', { summary: 'Ferry stays' })])).toEqual([
      {
        entry: entry('1', { summary: 'Ferry stays' }),
        read: entry('1', { summary: 'Ferry stays', content: body.trim() }),
        article: 'read',
      },
    ]);
  });

  it('loses nothing that only its feed says', async () => {
    origin.publish('https://news.example/1', page(body), html);
    const [said] = await whole([entry('1', { content: 'Only in the feed.' })]);
    expect(said?.read.content).toBe(`${body}Only in the feed.`);
    const [repeated] = await whole([entry('1', { content: 'the ferry stays for another winter' })]);
    expect(repeated?.read.content).toBe(body.trim());
  });

  it.each([
    ['is not there', 404, 'no answer'],
    ['asks not to be called', 429, 'no answer'],
    ['is gone', 410, 'no answer'],
  ])('keeps the text of its feed when the page %s', async (_name, status, fate) => {
    origin.answer('https://news.example/1', { kind: 'answer', status, headers: {}, body: new Uint8Array() });
    expect(await whole([entry('1', { summary: 'Ferry' })])).toEqual([asFed(entry('1', { summary: 'Ferry' }), fate)]);
  });

  it.each([
    [
      'is a notice',
      page('We and our 12 partners use cookies. Accept all, or change your privacy settings. '.repeat(4)),
      'notice',
    ],
    ['has no text', page('Loading'), 'no text'],
    ['is too large', page('x'.repeat(limits.articleBytesMax)), 'too large'],
    ['may not be shown', `<meta name="robots" content="nosnippet">${page(body)}`, 'not allowed'],
  ])('keeps the text of its feed when the page %s', async (_name, text, fate) => {
    origin.publish('https://news.example/1', text, html);
    expect(await whole()).toEqual([asFed(entry('1'), fate)]);
  });

  it('that leads nowhere has no page', async () => {
    expect(await whole([entry('1', { link: null })])).toEqual([asFed(entry('1', { link: null }), 'no page')]);
    expect(asked()).toEqual([]);
  });

  it('is followed through redirects, and no further than a feed is', async () => {
    const to = (location: string) =>
      ({ kind: 'answer', status: 301, headers: { location }, body: new Uint8Array() }) as const;
    origin.answer('https://news.example/1', to('/story/1'));
    origin.publish('https://news.example/story/1', page(body), html);
    expect((await whole())[0]?.article).toBe('read');
    origin.answer('https://news.example/1', to('http://elsewhere.example/1'));
    expect((await whole())[0]?.article).toBe('no answer');
    expect(asked().at(-1)).toBe('https://news.example/1');
  });
});

describe('pages', () => {
  it('are not asked for when the feed is enough: by default, and for auto where its text is long', async () => {
    const long = entry('1', { summary: 'word '.repeat(limits.teaserCharsMax / 5) });
    const short = entry('2', { summary: 'A teaser.' });
    expect(await whole([long, short], feedAt())).toEqual([asFed(long, null), asFed(short, null)]);
    expect(asked()).toEqual([]);
    await whole([long, short], { ...article, text: 'auto' });
    expect(asked()).toEqual(['https://news.example/2']);
  });

  it('are asked for once, however many entries lead there', async () => {
    origin.publish('https://news.example/1', page(body), html);
    const fates = await whole([entry('1'), entry('2', { link: 'https://news.example/1' })]);
    expect(fates.map((each) => each.article)).toEqual(['read', 'read']);
    expect(asked()).toHaveLength(1);
  });

  it('that all say the same say nothing of their entries: a notice in any language', async () => {
    const ids = ['1', '2', '3', '4'];
    for (const id of ids)
      origin.publish(`https://news.example/${id}`, page(id === '4' ? `${body} The end.` : body), html);
    const fates = async (from: number) =>
      (await whole(ids.slice(from).map((id) => entry(id)))).map((each) => each.article);
    expect(await fates(0)).toEqual(['notice', 'notice', 'notice', 'read']);
    expect(await fates(1)).toEqual(['read', 'read', 'read']);
  });

  it('are so many in one look; of the others the text of the feed stands', async () => {
    const many = Array.from({ length: limits.articlesPerLookMax + 3 }, (_, n) => entry(String(n)));
    for (const { link } of many) origin.publish(link ?? '', page(`${body} ${link}`), html);
    const fates = (await whole(many)).map((each) => each.article);
    expect(asked()).toHaveLength(limits.articlesPerLookMax);
    expect(fates.filter((fate) => fate === 'read')).toHaveLength(limits.articlesPerLookMax);
    expect(fates.slice(-3)).toEqual(['not asked', 'not asked', 'not asked']);
  });

  it('are asked for within the time of the look, each with a deadline of its own', async () => {
    const slow: typeof origin.get = async (request) => {
      now += 4 * SECOND;
      return origin.get(request);
    };
    for (const id of ['1', '2', '3', '4', '5'])
      origin.publish(`https://news.example/${id}`, page(`${body} ${id}`), html);
    const entries = ['1', '2', '3', '4', '5'].map((id) => entry(id));
    const fates = await wholeEntries({ http: { get: slow }, clock }, article, entries, noon + 9 * SECOND);
    expect(fates.map((each) => each.article)).toEqual(['read', 'read', 'read', 'not asked', 'not asked']);
    expect(origin.asked.map(({ deadlineAt }) => (deadlineAt - noon) / SECOND)).toEqual([5, 9, 9]);
  });

  it('wait for feeds: while others keep the host busy, the text of the feed stands, and a stop of the host is passed on', async () => {
    const throwing = (fault: Error) => ({ get: () => Promise.reject(fault) });
    const busy = { http: throwing(new NoTurn('the host was busy with others')), clock };
    expect(await wholeEntries(busy, article, [entry('1')], now + SECOND)).toEqual([asFed(entry('1'), 'not asked')]);
    const stopping = { http: throwing(new Error('this host is stopping')), clock };
    await expect(wholeEntries(stopping, article, [entry('1')], now + SECOND)).rejects.toThrow('stopping');
  });

  it('are left alone once the server says that it is too much', async () => {
    origin.answer('https://news.example/1', { kind: 'answer', status: 429, headers: {}, body: new Uint8Array() });
    const fates = await whole([entry('1'), entry('2')]);
    expect(fates.map((each) => each.article)).toEqual(['no answer', 'not asked']);
  });
});
