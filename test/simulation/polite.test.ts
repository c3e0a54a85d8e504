/** Seven days as publishers see them: what they were asked, when, and with what. */
import { beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../shared/fetch/user-agent.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../shared/time.ts';
import { type Asked, feedAt, type Publisher, publish, saying, townOf } from './publishers.ts';
import { rss } from './small-town.ts';
import { simulate } from './world.ts';

const start = Date.UTC(2026, 10, 23, 9);
const day = (at: Instant) => (at - start) / DAY;

/** An edition every six hours. */
const edition = (at: Instant) => Math.floor((at - start) / (6 * HOUR));
const paper = (at: Instant, extra = '') =>
  rss(start, {
    [`e${edition(at)}`]: `Edition ${edition(at)}`,
    [`e${edition(at) - 1}`]: `Edition ${edition(at) - 1}`,
  }).replace('</title>', `</title>${extra}`);
const always =
  (headers: Readonly<Record<string, string>>, extra = ''): Publisher =>
  ({ at }) =>
    saying(200, headers, paper(at, extra));
const hours = (all: readonly number[]) =>
  `<skipHours>${all.map((hour) => `<hour>${hour}</hour>`).join('')}</skipHours>`;

/** A tag that a careless client would trim, unquote or re-code. */
const tag = (at: Instant) => `W/"é'${edition(at)}\\ "`;

const publishers: Readonly<Record<string, Publisher>> = {
  'https://tags.example/f': ({ at, headers }) =>
    headers['if-none-match'] === tag(at) ? saying(304, { etag: tag(at) }) : saying(200, { etag: tag(at) }, paper(at)),
  'https://max-age.example/f': always({ 'cache-control': 'public, max-age=3600' }),
  'https://expires.example/f': ({ at }) =>
    saying(200, { date: new Date(at).toUTCString(), expires: new Date(at + 2 * HOUR).toUTCString() }, paper(at)),
  'https://ttl.example/f': always({}, '<ttl>120</ttl>'),
  'https://nights.example/f': always({}, hours([0, 1, 2, 3, 4, 5])),
  'https://weekdays.example/f': always({}, '<skipDays><day>Saturday</day><day>Sunday</day></skipDays>'),
  'https://year.example/f': always({ 'cache-control': 'max-age=31536000' }),
  'https://never.example/f': always(
    { 'cache-control': 'max-age=0', expires: '0' },
    `<ttl>0</ttl>${hours(Array.from({ length: 24 }, (_, hour) => hour))}`,
  ),
  'https://overload.example/f': ({ at }) =>
    day(at) > 1 && day(at) < 2 ? saying(503, { 'retry-after': '7200' }) : saying(200, {}, paper(at)),
  'https://unwelcome.example/f': ({ at }) => (day(at) > 1 ? saying(429) : saying(200, {}, paper(at))),
  'https://lost.example/f': ({ at }) => (day(at) > 1 ? saying(404) : saying(200, {}, paper(at))),
  'https://gone.example/f': ({ at }) => (day(at) > 1 ? saying(410) : saying(200, {}, paper(at))),
  'https://mistake.example/f': ({ at }) => (day(at) > 1 && day(at) < 1.02 ? saying(410) : saying(200, {}, paper(at))),
};
const auto = { atMostMinutes: 240 };
const config = townOf(Object.keys(publishers).map((url) => feedAt(url, url.includes('ttl.example') ? auto : {})));

let log: readonly Asked[];
const asked = (host: string) => log.filter(({ url }) => url === `https://${host}.example/f`);
const gaps = (host: string, from = 0, to = 7) => {
  const times = asked(host).map(({ at }) => at);
  return times.slice(1).flatMap((at, n) => (day(times[n] ?? 0) >= from && day(at) < to ? [at - (times[n] ?? 0)] : []));
};
const shortest = (host: string, from?: number, to?: number) => Math.min(...gaps(host, from, to)) / MINUTE;
const longest = (host: string, from?: number, to?: number) => Math.max(...gaps(host, from, to)) / MINUTE;

beforeAll(async () => {
  const simulation = simulate(config, start);
  log = publish(simulation, publishers);
  await simulation.live(2.6 * DAY);
  simulation.advance(3 * HOUR + 7 * MINUTE); // down, and up again
  await simulation.pass(true); // an operator asks for everything
  simulation.advance(MINUTE);
  await simulation.pass(true); // and again
  await simulation.live(4 * DAY);
}, 60_000);

describe('in seven days publishers are asked', () => {
  it('at their interval', () => {
    expect([shortest('tags', 0.1, 2.5), longest('tags', 0.1, 2.5)]).toEqual([15, 15]);
  });

  it('with the validators that they gave last, byte for byte, and about once a week without', () => {
    const all = asked('tags');
    const given = all.map(({ at }) => tag(at));
    const bare = all.flatMap(({ headers }, n) => (headers['if-none-match'] === undefined ? [n] : []));
    // The first; and that of the week, which an operator's wish may repeat.
    expect(bare.length).toBeGreaterThanOrEqual(2);
    expect(bare.length).toBeLessThanOrEqual(4);
    for (const [n, { headers }] of all.entries()) {
      if (!bare.includes(n)) expect(headers['if-none-match']).toBe(given[n - 1]);
    }
  });

  it('not before max-age or Expires, also by an operator and after an outage (row 24)', () => {
    expect(shortest('max-age')).toBe(60);
    expect(longest('max-age', 0.2, 2.5)).toBe(60);
    expect(shortest('expires')).toBe(120);
  });

  it('as the document says with ttl, skipHours and skipDays', () => {
    expect(shortest('ttl', 0.2, 2.5)).toBe(120);
    expect(asked('nights').filter(({ at }) => new Date(at).getUTCHours() < 6)).toEqual([]);
    expect(longest('nights', 0.2, 2.5) / 60).toBeCloseTo(6, 0);
    const weekend = asked('weekdays').filter(({ at }) => [0, 6].includes(new Date(at).getUTCDay()));
    expect(weekend.length).toBe(1); // after a whole day of silence, one look
  });

  it('within bounds, whatever they say (row 27)', () => {
    // A look may come up to one tick too soon, when the one before came late in its tick.
    expect(shortest('year')).toBeGreaterThan(24 * 60 - 5);
    expect(asked('year').length).toBeGreaterThanOrEqual(6);
    expect([shortest('never', 0.1, 2.5), longest('never', 0.1, 2.5)]).toEqual([15, 15]);
  });

  it('not before Retry-After, and hourly at most when they are too many for somebody (row 24)', () => {
    expect(shortest('overload', 1.02, 2)).toBeGreaterThanOrEqual(120);
    expect(shortest('overload', 4, 6)).toBe(15);
    expect(shortest('unwelcome', 1.05, 2)).toBeGreaterThanOrEqual(60);
    expect(shortest('unwelcome', 2.2, 2.5)).toBeGreaterThanOrEqual(240);
  });

  it('daily after a day of 404, and no more after two 410 a day apart; one 410 alone means nothing (row 25)', () => {
    expect(shortest('lost', 2.1, 2.5)).toBe(Number.POSITIVE_INFINITY);
    expect(asked('lost').filter(({ at }) => day(at) > 3).length).toBeLessThanOrEqual(4);
    const gone = asked('gone').filter(({ at }) => day(at) > 1);
    expect(gone.length).toBeLessThanOrEqual(4);
    expect(gone.filter(({ at }) => day(at) > 3.5)).toEqual([]);
    expect(shortest('mistake', 4, 6)).toBe(15);
  });

  it('under a name that says who asks, which version, and where to complain', () => {
    const agents = new Set(log.map(({ headers }) => headers['user-agent']));
    expect([...agents]).toEqual([`Watchword/${version} (+https://reader.example/who)`]);
    const names = new Set(log.flatMap(({ headers }) => Object.keys(headers)));
    expect([...names].sort()).toEqual(['accept', 'if-none-match', 'user-agent']);
  });
});
