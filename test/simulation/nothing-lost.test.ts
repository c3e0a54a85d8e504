/** Feeds that move, are renamed, edited or turned over between two looks: nothing is lost, nothing is told twice. */
import { describe, expect, it } from 'vitest';
import { idOf } from '../../shared/id.ts';
import { type FeedState, neverLookedAt } from '../../shared/poll/feed-state.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../shared/time.ts';
import { type Asked, feedAt, type Publisher, publish, saying, townOf } from './publishers.ts';
import { rss } from './small-town.ts';
import { type Simulation, simulate } from './world.ts';

const start = Date.UTC(2026, 10, 23, 9);
const url = 'https://herald.example/feed';
const hours = (at: Instant) => (at - start) / HOUR;

function living(publisher: Publisher, change: Parameters<typeof feedAt>[1] = {}) {
  const simulation = simulate(townOf([feedAt(url, change)]), start);
  const log = publish(simulation, { [url]: publisher });
  return { simulation, log };
}
/** Of the one feed. */
function state({ news }: Simulation): FeedState {
  const item = news.items().find(({ pk, sk }) => pk.startsWith('shard#') && sk !== '#last-look');
  return { ...neverLookedAt(''), ...(item as unknown as FeedState) };
}
const hitTitles = ({ news }: Simulation) =>
  news
    .items()
    .flatMap(({ pk, title }) => (pk.startsWith('hit#') ? [(title as { text: string }).text] : []))
    .sort();
/** A pass each hour: feeds and digests are due by time, so nothing is missed, and days go by quickly. */
async function liveHourly(simulation: Simulation, milliseconds: number): Promise<void> {
  for (const end = simulation.clock.now() + milliseconds; simulation.clock.now() < end; simulation.advance(HOUR)) {
    await simulation.pass(false);
  }
}
const listedIn = async (simulation: Simulation) =>
  (await simulation.issues()).flatMap(({ hits }) => hits.map(({ entry, watch }) => `${entry} ${watch}`));
async function tidings(simulation: Simulation): Promise<string[]> {
  return (await simulation.issues()).flatMap(({ receipt }) => (receipt.tidings ?? []).map(({ kind }) => kind));
}

/** Ten articles of which two are hits, named by what the test does to names. */
function ten(nameOf: (n: number) => string, titleOf = (n: number) => (n < 2 ? `Flood ${n}` : `Story ${n}`)): string {
  const items = Array.from(
    { length: 10 },
    (_, n) =>
      `<item><guid isPermaLink="false">${nameOf(n)}</guid><title>${titleOf(n)}</title><link>https://herald.example/articles/${n}</link>` +
      `<pubDate>${new Date(start - HOUR).toUTCString()}</pubDate></item>`,
  );
  return `<rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>`;
}

describe('names that change', () => {
  it.each([
    ['from http to https (row 39)', 'http://herald.example/a', 'https://herald.example/a'],
    [
      'by tracking parameters',
      'https://herald.example/a?x=1&utm_source=a',
      'https://herald.example/a?x=1&utm_source=b',
    ],
    ['to another host', 'https://old.example/articles/', 'https://herald.example/articles/'],
  ])('%s make no second hit, and nobody is told', async (_, before, after) => {
    const nameOf = (stem: string) => (n: number) => (stem.includes('?') ? stem.replace('?', `${n}?`) : stem + n);
    const { simulation } = living(({ at }) => saying(200, {}, ten(nameOf(hours(at) < 3 ? before : after))));
    await liveHourly(simulation, 2 * DAY);
    expect(hitTitles(simulation)).toEqual(['Flood 0', 'Flood 1']);
    expect(await listedIn(simulation)).toHaveLength(2);
    expect(await tidings(simulation)).toEqual([]);
  });

  it('all at once are held back, told, and taken over after a day: no second hit', async () => {
    const { simulation } = living(({ at }) =>
      saying(
        200,
        { etag: '"1"' },
        ten((n) => `${hours(at) < 24 ? 'old' : 'new'}-${n}`),
      ),
    );
    await liveHourly(simulation, 1.1 * DAY);
    expect(state(simulation).held).toMatchObject({ entries: 10 });
    await liveHourly(simulation, 1.5 * DAY);
    expect(hitTitles(simulation)).toEqual(['Flood 0', 'Flood 1']);
    expect(await tidings(simulation)).toEqual(['held back']);
    expect(state(simulation).held).toBeNull();
  });

  it('that come back within the day were never lost, and what is new meanwhile is told', async () => {
    const { simulation } = living(({ at }) => {
      const renamed = hours(at) > 3 && hours(at) < 8;
      const fresh =
        '<item><guid>fresh</guid><title>Flood of the hour</title><link>https://herald.example/fresh</link></item>';
      const all = ten((n) => `${renamed ? 'new' : 'old'}-${n}`);
      return saying(200, {}, hours(at) > 4 ? all.replace('<item>', `${fresh}<item>`) : all);
    });
    await liveHourly(simulation, 2 * DAY);
    expect(hitTitles(simulation)).toEqual(['Flood 0', 'Flood 1', 'Flood of the hour']);
    expect(state(simulation)).toMatchObject({ held: null, scanned: 11 });
  });

  it('together with their texts: what was rewritten is held against the watches, its hit brought up to date', async () => {
    const rewritten = (n: number) => (n < 3 ? `Floods, rewritten ${n}` : `Rewritten ${n}`);
    const { simulation } = living(({ at }) =>
      saying(200, {}, hours(at) < 3 ? ten((n) => `old-${n}`) : ten((n) => `new-${n}`, rewritten)),
    );
    await liveHourly(simulation, 20 * HOUR);
    expect(hitTitles(simulation)).toEqual(['Flood 0', 'Flood 1']); // held back
    await liveHourly(simulation, 2 * DAY);
    expect(hitTitles(simulation)).toEqual(['Floods, rewritten 0', 'Floods, rewritten 1', 'Floods, rewritten 2']);
    expect(await listedIn(simulation)).toHaveLength(3);
  });
});

describe('an article that is edited (row 40)', () => {
  it('makes a hit of a watch that it now matches, and brings the text of a hit that it has up to date', async () => {
    const title = (at: Instant) =>
      hours(at) < 2 ? 'Flood' : hours(at) < 30 ? 'Flood and encryption' : 'Flood, encryption and more';
    const { simulation } = living(({ at }) => saying(200, {}, rss(start, { a: title(at), b: 'Other' })));
    await liveHourly(simulation, 3 * DAY);
    expect(hitTitles(simulation)).toEqual(['Flood, encryption and more', 'Flood, encryption and more']);
    expect(await listedIn(simulation)).toHaveLength(2); // one for each watch, once
  });
});

describe('a hit that an earlier Watchword kept under the id as its publisher wrote it', () => {
  it('is brought up to date when its article is edited, and told no second time', async () => {
    const nameOf = (n: number) => `http://herald.example/articles/${n}/`;
    const titleOf = (at: Instant) => (n: number) => (n < 2 ? `Flood ${n}${hours(at) < 3 ? '' : ', edited'}` : 'Story');
    const { simulation } = living(({ at }) => saying(200, {}, ten(nameOf, titleOf(at))));
    await liveHourly(simulation, 2 * HOUR);
    const { news } = simulation;
    for (const hit of news.items().filter(({ pk }) => pk.startsWith('hit#'))) {
      const entry = idOf('entry', feedAt(url).id, nameOf(Number(/\d/.exec((hit.title as { text: string }).text)?.[0])));
      await news.delete(hit);
      await news.put({ ...hit, entry, sk: entry });
    }
    await liveHourly(simulation, 2 * DAY);
    expect(hitTitles(simulation)).toEqual(['Flood 0, edited', 'Flood 1, edited']);
  });
});

describe('a gap', () => {
  /** Ten new articles every hour. */
  const turning: Publisher = ({ at }) => {
    const hour = Math.floor(hours(at));
    return saying(
      200,
      {},
      ten(
        (n) => `${hour}-${n}`,
        (n) => `Story ${hour}-${n}`,
      ).replaceAll('/articles/', `/${hour}/`),
    );
  };

  it('is recorded with its bounds and told, and a feed of which the interval is ours is looked at more often', async () => {
    const { simulation, log } = living(turning, { everyMinutes: 60, atMostMinutes: 240 });
    const looksIn = async (time: number) => {
      const before = log.length;
      await simulation.live(time);
      return log.length - before;
    };
    await looksIn(5 * MINUTE);
    await looksIn(3 * HOUR);
    const gap = state(simulation).gap as { from: Instant; to: Instant };
    const asked = log.map(({ at }) => at);
    expect(asked).toContain(gap.to);
    expect(gap.from).toBe(asked[asked.indexOf(gap.to) - 1]);
    expect(await looksIn(HOUR)).toBe(12);
    await looksIn(DAY);
    expect(await tidings(simulation)).toContain('gap');
  });

  it('leaves a fixed interval as it is', async () => {
    const { simulation, log } = living(turning, { everyMinutes: 60 });
    await liveHourly(simulation, DAY);
    expect(log.length).toBeLessThanOrEqual(25);
    expect(await tidings(simulation)).toContain('gap');
  });

  it('is not claimed where a look shares an article with the one before, nor on a first look', async () => {
    const { simulation } = living(({ at }) => {
      const hour = Math.floor(hours(at));
      return saying(200, {}, rss(start, { [`${hour}`]: `Story ${hour}`, [`${hour - 1}`]: `Story ${hour - 1}` }));
    });
    await liveHourly(simulation, DAY);
    expect(state(simulation).gap).toBeNull();
  });
});

describe('a feed that moves (row 26)', () => {
  const there = 'https://new.example/feed';
  const body = (at: Instant) => rss(start, { a: 'Floods', ...(hours(at) > 5 * 24 && { b: 'More floods' }) });
  const tag = (at: Instant) => `"${body(at).length}"`;
  const newHome: Publisher = ({ at, headers }) =>
    headers['if-none-match'] === tag(at) ? saying(304) : saying(200, { etag: tag(at) }, body(at));
  const moving = (redirects: (at: Instant) => boolean, status = 301) => {
    const { simulation } = living(() => saying(500));
    const log = publish(simulation, {
      [url]: ({ at }) =>
        redirects(at) ? saying(status, { location: there }) : saying(200, { etag: '"old"' }, body(at)),
      [there]: newHome,
    });
    return { simulation, log };
  };
  const asked = (log: readonly Asked[], from: number, to: number, address: string) =>
    log.filter((each) => each.url === address && hours(each.at) >= from && hours(each.at) < to);

  it('for one look only is asked where it was', async () => {
    const { simulation, log } = moving((at) => hours(at) > 5 && hours(at) < 5.3);
    await liveHourly(simulation, 5 * DAY);
    expect(state(simulation).moved).toBeNull();
    expect(asked(log, 24, 120, there)).toEqual([]);
  });

  it('for a time only, as 302 says, is asked where it was for ever', async () => {
    const { simulation, log } = moving(() => true, 302);
    await liveHourly(simulation, 5 * DAY);
    expect(asked(log, 96, 120, url)).toHaveLength(24);
  });

  it('for days is asked there, first without validators; nothing is told twice; people are told the address once', async () => {
    const { simulation, log } = moving((at) => hours(at) > 5);
    await liveHourly(simulation, 7 * DAY);
    expect(asked(log, 3.5 * 24, 7 * 24, url)).toEqual([]);
    const bare = asked(log, 3 * 24, 4.5 * 24, there).filter(({ headers }) => headers['if-none-match'] === undefined);
    expect(bare.length).toBe(1);
    expect(hitTitles(simulation)).toEqual(['Floods', 'More floods']);
    expect(await tidings(simulation)).toEqual(['moved']);
    const mails = simulation.mailer.accepted.map(({ raw }) => Buffer.from(raw).toString().replaceAll('=\r\n', ''));
    expect(mails.filter((mail) => mail.includes(there))).toHaveLength(1);
  });

  it('and is then written so into the watch file keeps its memory', async () => {
    const { simulation } = moving((at) => hours(at) > 5);
    await liveHourly(simulation, 4 * DAY);
    const next = simulate(townOf([feedAt(there)]), simulation.clock.now());
    for (const item of simulation.news.items()) await next.news.put(item);
    const log = publish(next, {
      [there]: newHome,
    });
    await liveHourly(next, 3 * DAY);
    const states = next.news.items().filter(({ pk, sk }) => pk.startsWith('shard#') && sk === feedAt(there).id);
    expect(states.map(({ scanned }) => scanned)).toEqual([2]);
    expect(hitTitles(next)).toEqual(['Floods', 'More floods']);
    expect(log.filter(({ headers }) => headers['if-none-match'] === undefined).length).toBeLessThanOrEqual(3);
  });

  it('to a place that dies is asked again where the watch file says', async () => {
    const { simulation, log } = moving((at) => hours(at) > 5 && hours(at) < 4 * 24);
    const { get } = simulation.origin;
    simulation.origin.get = async (request) => {
      const answer = await get(request);
      return request.url === there && hours(simulation.clock.now()) > 4 * 24 ? saying(500) : answer;
    };
    await liveHourly(simulation, 7 * DAY);
    expect(asked(log, 6 * 24, 7 * 24, url).length).toBeGreaterThan(20);
    expect(state(simulation)).toMatchObject({ moved: null, failing: null });
  });
});
