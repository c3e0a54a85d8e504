/** A second pass over feeds that did not change costs nothing and tells nothing. */
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/time.ts';
import { feedAt, type Publisher, publish, saying, townOf } from './publishers.ts';
import { courier, herald, rss, town } from './small-town.ts';
import { simulate } from './world.ts';

const start = Date.UTC(2026, 10, 23, 9);

function published() {
  const simulation = simulate(town, start);
  simulation.origin.publish(herald, rss(start, { h1: 'Chats were encrypted', h2: 'A bus' }));
  simulation.origin.publish(courier, rss(start, { c1: 'Floods', c2: 'A train' }));
  return simulation;
}

describe('a second pass that an operator asks for', () => {
  it('makes no hit, no issue, no mail, and writes no feed state', async () => {
    const simulation = published();
    await simulation.pass(true);
    const before = simulation.news.items();
    const mails = simulation.mailer.accepted.length;
    expect(mails).toBe(3);
    simulation.advance(MINUTE);
    const asked = simulation.origin.asked.length;
    await simulation.pass(true);
    expect(simulation.mailer.accepted).toHaveLength(mails);
    // The only thing written is that somebody looked.
    const written = simulation.news
      .items()
      .filter((item) => !before.some((old) => JSON.stringify(old) === JSON.stringify(item)));
    expect(written.map(({ pk, sk }) => `${pk} ${sk.slice(0, 10)}`)).toEqual(['looks 2026-11-23', 'shard#0 #last-look']);
    // Both were asked by their validators, byte for byte.
    const conditional = simulation.origin.asked.slice(asked).map(({ headers }) => headers['if-none-match']);
    expect(conditional).toEqual([expect.stringMatching(/^"/), expect.stringMatching(/^"/)]);
  });

  it('takes up what is new since, and nothing else', async () => {
    const simulation = published();
    await simulation.pass(true);
    simulation.advance(MINUTE);
    simulation.origin.publish(herald, rss(start, { h3: 'Encryption again', h1: 'Chats were encrypted', h2: 'A bus' }));
    await simulation.pass(true);
    const texts = simulation.mailer.accepted.slice(3).map(({ raw }) => Buffer.from(raw).toString());
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(text).toContain('again');
      expect(text).not.toContain('Chats were');
    }
  });
});

describe('looks in turn that find nothing new', () => {
  it('write nothing of a feed, whatever its interval and what its publisher asks for', async () => {
    const urls = [
      'https://auto.example/f',
      'https://max-age.example/f',
      'https://ttl.example/f',
      'https://slow.example/f',
    ];
    const feeds = urls.map((url) => feedAt(url, url.includes('auto') ? { atMostMinutes: 240 } : {}));
    const simulation = simulate(townOf(feeds), start);
    const tagged =
      (headers: Readonly<Record<string, string>>, extra = ''): Publisher =>
      (asked) =>
        asked.headers['if-none-match'] === '"1"'
          ? saying(304, { etag: '"1"', ...headers })
          : saying(200, { etag: '"1"', ...headers }, rss(start, { a: 'News' }).replace('</title>', `</title>${extra}`));
    const log = publish(simulation, {
      'https://auto.example/f': tagged({}),
      'https://max-age.example/f': tagged({ 'cache-control': 'max-age=5400' }),
      'https://ttl.example/f': tagged({}, '<ttl>45</ttl><skipHours><hour>3</hour></skipHours>'),
      'https://slow.example/f': tagged({ 'last-modified': new Date(start).toUTCString() }),
    });
    await simulation.live(HOUR);
    const states = () =>
      JSON.stringify(simulation.news.items().filter(({ pk, sk }) => pk === 'shard#0' && sk !== '#last-look'));
    const before = states();
    const asked = log.length;
    await simulation.live(DAY);
    expect(log.length).toBeGreaterThan(asked + 100);
    expect(states()).toBe(before);
  });
});

describe('82: a tick that comes twice', () => {
  it('asks no publisher twice, and neither does a restart in the same five minutes', async () => {
    const simulation = published();
    await simulation.pass(false);
    const asked = simulation.origin.asked.length;
    expect(asked).toBe(2);
    simulation.advance(30 * SECOND);
    await simulation.pass(false);
    expect(simulation.origin.asked).toHaveLength(asked);
    simulation.advance(5 * MINUTE);
    await simulation.pass(false);
    expect(simulation.origin.asked).toHaveLength(asked + 2);
  });
});

describe('a week without news', () => {
  it('sends the digest that wants to be sent, once a day, and the other not at all', async () => {
    const simulation = published();
    await simulation.live(5 * MINUTE);
    const first = simulation.mailer.accepted.length; // at once
    expect(first).toBe(1);
    await simulation.live(7 * DAY);
    const mails = simulation.mailer.accepted.slice(first);
    expect(mails).toHaveLength(14);
    expect((await simulation.issues()).filter(({ sends }) => sends)).toHaveLength(8);
  });

  it('says of a feed that went silent since when, and why', async () => {
    const simulation = published();
    await simulation.live(HOUR);
    simulation.origin.answer(courier, { kind: 'answer', status: 403, headers: {}, body: new Uint8Array() });
    await simulation.live(DAY);
    const last = (await simulation.issues()).findLast(({ sends }) => sends);
    expect(last).toMatchObject({
      receipt: {
        feeds: {
          watched: 2,
          read: 1,
          failing: [{ name: 'courier.example', why: 'blocked', since: expect.any(Number) }],
          unread: [],
        },
      },
    });
  });
});
