/** What the receipts of a week say of feeds that go wrong, each in its own way: exactly those, each change once. */
import PostalMime from 'postal-mime';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Issue } from '../../shared/digest/issue.ts';
import { DAY, HOUR, type Instant } from '../../shared/time.ts';
import { feedAt, type Publisher, publish, saying, townOf } from './publishers.ts';
import { rss } from './small-town.ts';
import { simulate } from './world.ts';

const start = Date.UTC(2026, 10, 23, 9);
const day = (at: Instant) => (at - start) / DAY;

/** An article an hour, of which the last ten stand in the document; until a day. */
const busy = (at: Instant, until = 100) => {
  const last = Math.floor(Math.min(at - start, until * DAY) / HOUR);
  const headlines = Array.from({ length: 10 }, (_, n) => [`a${last - n}`, `Article ${last - n}`] as const);
  return rss(at, Object.fromEntries(headlines));
};
const tagOf = (at: Instant) => `"${Math.floor((at - start) / HOUR)}"`;
const fine: Publisher = ({ at, headers }) =>
  headers['if-none-match'] === tagOf(at) ? saying(304) : saying(200, { etag: tagOf(at) }, busy(at));
const login = '<!doctype html><html><title>Log in</title></html>';

const publishers: Readonly<Record<string, Publisher>> = {
  'https://fine.example/f': fine,
  'https://blocked.example/f': (asked) => (day(asked.at) > 1.5 ? saying(403) : fine(asked)),
  'https://login.example/f': (asked) => (day(asked.at) > 1.5 ? saying(200, {}, login) : fine(asked)),
  'https://challenge.example/f': (asked) =>
    day(asked.at) > 1.5 ? saying(200, {}, '<html><title>Just a moment...</title></html>') : fine(asked),
  // Fails, and from then on answers 304 whatever it is asked.
  'https://stuck.example/f': (asked) =>
    day(asked.at) <= 1.5 ? fine(asked) : day(asked.at) < 1.6 ? saying(500) : saying(304),
  // A cache that went to sleep: 200, the same bytes for ever.
  'https://frozen.example/f': ({ at }) => saying(200, { etag: '"x"' }, busy(at, 1.5)),
  'https://emptied.example/f': ({ at }) => saying(200, {}, day(at) > 1.5 ? rss(start, {}) : busy(at)),
  'https://hiccup.example/f': (asked) => (day(asked.at) > 1.5 && day(asked.at) < 1.6 ? saying(502) : fine(asked)),
};

let issues: readonly Issue[];
let mails: readonly string[];
/** Of the issue on the morning of a day, 1 for the first after the start. */
const receipt = (morning: number) => {
  const issue = issues[morning];
  if (issue === undefined) throw new Error(`there is no issue ${morning}`);
  return issue.receipt;
};
const failing = (morning: number) =>
  Object.fromEntries(receipt(morning).feeds.failing.map(({ name, why }) => [name.replace('.example', ''), why]));
const tidings = (morning: number) =>
  (receipt(morning).tidings ?? []).map(({ name, kind }) => `${name.replace('.example', '')} ${kind}`);

beforeAll(async () => {
  const simulation = simulate(townOf(Object.keys(publishers).map((url) => feedAt(url))), start);
  publish(simulation, publishers);
  await simulation.live(8 * DAY);
  issues = (await simulation.issues()).filter(({ sends }) => sends);
  mails = await Promise.all(
    simulation.mailer.accepted.map(async ({ raw }) => (await PostalMime.parse(raw)).text ?? ''),
  );
}, 60_000);

describe('P27: the receipt', () => {
  it('names nobody while all is well', () => {
    expect([failing(0), tidings(0)]).toEqual([{}, []]);
    expect(receipt(0).feeds).toMatchObject({ watched: 8, read: 8, quietCount: 0 });
  });

  it('names exactly those that cannot be read, each with its own word', () => {
    const expected = { blocked: 'blocked', login: 'not a feed', challenge: 'blocked', stuck: 'bad answer' };
    expect(failing(1)).toEqual(expected);
    expect(failing(7)).toEqual(expected);
  });

  it('tells of a failure at length once, and after that in a line', () => {
    expect(receipt(1).feeds.failing.every(({ isOld }) => isOld === undefined)).toBe(true);
    expect(receipt(2).feeds.failing.every(({ isOld }) => isOld === true)).toBe(true);
    const [, second = '', third = ''] = mails;
    expect(second).toContain('403 Forbidden');
    expect(third).not.toContain('403 Forbidden');
    expect(third).toMatch(/blocked\.example: Blocked by the publisher; failing since [^\n]*, as told before/);
  });

  it('tells once of a feed that failed between two mails and is read again', () => {
    expect([0, 1, 2].map((morning) => tidings(morning).filter((each) => each.startsWith('hiccup')))).toEqual([
      [],
      ['hiccup recovered'],
      [],
    ]);
  });

  it('names once the feeds whose content stands still, against their own rate, and counts them from then on', () => {
    const told = issues.flatMap((_, morning) => tidings(morning).filter((each) => each.endsWith('quiet')));
    expect(told.sort()).toEqual(['emptied quiet', 'frozen quiet']);
    expect(receipt(7).feeds).toMatchObject({ quietCount: 2, stillQuiet: ['frozen.example', 'emptied.example'] });
    expect(
      mails.filter((mail) => mail.includes('frozen.example: It answers, and has had nothing new since')).length,
    ).toBe(1);
  });

  it('says nothing else', () => {
    const all = issues.flatMap((_, morning) => tidings(morning));
    expect(all.sort()).toEqual(['emptied quiet', 'frozen quiet', 'hiccup recovered']);
  });

  it('never takes "not changed" for the end of a failure (row 22)', () => {
    const stuck = receipt(7).feeds.failing.find(({ name }) => name === 'stuck.example');
    expect(stuck?.detail).toBe('The server answered "not changed" to a first question.');
    expect(day(stuck?.since ?? 0)).toBeCloseTo(1.5, 1);
  });
});

describe('a digest that is silent when nothing is found', () => {
  it('tells in its next mail what happened meanwhile, though silent issues lie between', async () => {
    const url = 'https://herald.example/f';
    const config = townOf([feedAt(url)]);
    const digests = config.digests.map((digest) => ({ ...digest, empty: 'skip' as const }));
    const simulation = simulate({ ...config, digests }, start);
    const found = (at: Instant) => rss(start, { b: 'A bus', ...(day(at) > 2.5 && { a: 'Floods' }) });
    publish(simulation, {
      [url]: ({ at }) => (day(at) > 0.1 && day(at) < 0.3 ? saying(500) : saying(200, {}, found(at))),
    });
    await simulation.live(3 * DAY);
    const sent = (await simulation.issues()).map(({ sends, receipt: { tidings = [] } }) => [
      sends,
      tidings.map(({ kind }) => kind),
    ]);
    expect(sent.at(-1)).toEqual([true, ['recovered']]);
    expect(sent.slice(0, -1).every(([sends]) => sends === false)).toBe(true);
  });
});

describe('row 21', () => {
  it('keeps the known entries of a feed that gives a web page or nothing for a time: none is told again', async () => {
    const url = 'https://herald.example/f';
    const simulation = simulate(townOf([feedAt(url)]), start);
    const news = (at: Instant) =>
      rss(start, { a: 'Floods here', b: 'Floods there', ...(day(at) > 1 && { c: 'More floods' }) });
    publish(simulation, {
      [url]: ({ at }) => {
        const hour = Math.floor((at - start) / HOUR);
        if (hour === 1) return saying(200, {}, login);
        if (hour === 2) return saying(200, {}, '');
        return saying(200, { etag: '"1"' }, hour === 3 ? rss(start, {}) : news(at));
      },
    });
    await simulation.live(2 * DAY);
    const hits = simulation.news.items().filter(({ pk }) => pk.startsWith('hit#'));
    expect(hits.map(({ title }) => (title as { text: string }).text).sort()).toEqual([
      'Floods here',
      'Floods there',
      'More floods',
    ]);
    const listed = (await simulation.issues()).flatMap((issue) => issue.hits.map(({ entry }) => entry));
    expect(new Set(listed).size).toBe(listed.length);
  });
});
