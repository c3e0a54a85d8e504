/**
 * Every way that leads to an address that is not public: how a URL is spelled, by which redirect it comes, what its name
 * means to the resolver. A spy holds every address that a connection was begun to.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeJob } from '../../functions/job.ts';
import * as poll from '../../functions/poll.ts';
import { fetchFeed } from '../../shared/fetch/fetch-feed.ts';
import { createHttp } from '../../shared/fetch/http.ts';
import { SliceMemory } from '../../shared/fetch/slice-memory.ts';
import { idOf } from '../../shared/id.ts';
import { shardStates } from '../../shared/store/feed-states.ts';
import type { Feed } from '../../shared/watch/config.ts';
import { parseFeedUrl } from '../../shared/watch/feed-url.ts';
import { matcherOf } from '../../shared/watch/match.ts';
import { pollConfig } from '../../shared/watch/poll-config.ts';
import { memoryTable } from '../simulation/memory-table.ts';
import { town } from '../simulation/small-town.ts';
import { type HostileOrigin, hostileOrigin } from './hostile-origin.ts';
import { anyAddress, anyIpv6, type Ground, identity, otherAddress, smallInternet } from './small-internet.ts';

const nothing = { validators: null, bodyHash: null };
const open: readonly string[] = [anyAddress, otherAddress, anyIpv6].flatMap((address) => [
  `${address} 80`,
  `${address} 443`,
]);

let plain: HostileOrigin;
let secure: HostileOrigin;
let ports: Ground['ports'];

beforeAll(async () => {
  plain = await hostileOrigin();
  secure = await hostileOrigin(identity('feeds'));
  // Whoever got through to a forbidden port would be served, too.
  ports = { 80: plain.port, 443: secure.port, 8080: plain.port, 9001: plain.port, 22: plain.port };
});
afterAll(async () => {
  await plain.close();
  await secure.close();
});
beforeEach(() => {
  plain.asked.length = 0;
  secure.asked.length = 0;
});

const names: Ground['names'] = {
  'one.feeds.example': [anyAddress],
  'two.feeds.example': [otherAddress],
  'feeds.example': [anyAddress],
  'other.example': [otherAddress],
};

/** One look through a gate of its own, and what it tried. */
async function look(url: string, more: Partial<Ground> & { readonly own?: string } = {}) {
  const network = smallInternet({ ...more, names: { ...names, ...more.names }, ports });
  const http = createHttp({ allow: [], clock: Date, network, ...(more.own === undefined ? {} : { own: more.own }) });
  const outcome = await fetchFeed({ http, clock: Date }, { url }, nothing);
  http.close();
  return { outcome, attempts: network.attempts, lookedUp: network.lookedUp };
}

const redirecting = (status: number, to: string, from = 'http://one.feeds.example') =>
  `${from}/${status}/${encodeURIComponent(to)}`;

/** Directly, by each redirect, and by two more. */
const waysTo = (url: string): readonly (readonly [string, string])[] => [
  ['directly', url],
  ...[301, 302, 303, 307, 308].map((status) => [`by a ${status}`, redirecting(status, url)] as const),
  [
    'by a 301 after an encrypted 302',
    redirecting(302, redirecting(301, url, 'https://two.feeds.example'), 'https://one.feeds.example'),
  ],
];

/** Each row of addresses that are no targets, with what is wrong about it. */
const forbidden: readonly (readonly [number, readonly string[]])[] = [
  [
    1,
    [
      'http://127.0.0.1:9001/',
      'http://127.0.0.1/',
      'http://localhost/',
      'http://localhost./',
      'http://LocalHost/',
      'http://feeds.localhost/',
      'http://[::1]/',
      'http://0.0.0.0/',
      'http://0/',
      'http://[::]/',
    ],
  ],
  [
    2,
    [
      'http://169.254.169.254/latest/',
      'https://169.254.169.254/',
      'http://[fd00:ec2::254]/',
      'http://169.254.170.2/v2/credentials',
    ],
  ],
  [
    3,
    [
      'http://2852039166/',
      'http://0xa9fea9fe/',
      'http://0xA9.0xFE.0xA9.0xFE/',
      'http://0251.0376.0251.0376/',
      'http://017700000001/',
      'http://127.1/',
      'http://127.0.1/',
      'http://①②⑦.⓪.⓪.①/',
      'http://127。0。0。1/',
      'http://127.0.0.1./',
      'http://%31%32%37.0.0.1/',
      'http://[0:0:0:0:0:0:0:1]/',
    ],
  ],
  [
    4,
    [
      'http://[::ffff:169.254.169.254]/',
      'http://[::ffff:a9fe:a9fe]/',
      'http://[64:ff9b::a9fe:a9fe]/',
      'http://[64:ff9b::169.254.169.254]/',
      'http://[::127.0.0.1]/',
      'http://[2002:a9fe:a9fe::1]/',
      'http://[2001:0:a9fe:a9fe::1]/',
    ],
  ],
  [
    5,
    [
      '10.0.0.1',
      '172.16.0.1',
      '192.168.0.1',
      '100.64.0.1',
      '198.18.0.1',
      '0.1.2.3',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
      '192.0.2.1',
      '[fc00::1]',
      '[fe80::1]',
      '[ff02::1]',
      '[2001:db8::1]',
      '[3fff::1]',
      '[100::1]',
    ].map((host) => `http://${host}/`),
  ],
  [
    9,
    [
      'http://127.0.0.1\\@one.feeds.example/',
      'http://one.feeds.example\\@127.0.0.1/',
      'http://user@one.feeds.example/',
      'http://user:word@127.0.0.1/',
      'http://@one.feeds.example/',
      'http://one.feeds.example\t/',
      'http://one.\tfeeds.example/',
    ],
  ],
  [
    10,
    [
      'file:///etc/passwd',
      'FILE:///etc/passwd',
      'ftp://one.feeds.example/',
      'Gopher://one.feeds.example/',
      'data:text/xml,<rss/>',
      'blob:http://one.feeds.example/1',
      'view-source:http://one.feeds.example/',
      'javascript:alert(1)',
    ],
  ],
  [
    11,
    [
      'http://one.feeds.example:22/',
      'http://one.feeds.example:9001/',
      'https://one.feeds.example:6379/',
      'http://one.feeds.example:0/',
    ],
  ],
];

describe('no connection is begun to what is not public', () => {
  const cases = forbidden.flatMap(([row, urls]) => urls.map((url) => [url.slice(0, 60), row, url] as const));
  it.each(cases)('%s (row %i), directly or by any redirect (row 8)', async (_, __, url) => {
    for (const [way, from] of waysTo(url)) {
      const { outcome, attempts, lookedUp } = await look(from);
      expect(outcome, way).toMatchObject({ kind: 'failed', why: 'not allowed' });
      expect(
        attempts.filter((attempt) => !open.includes(attempt)),
        way,
      ).toEqual([]);
      // The redirecting hosts were reached, the target was not even looked up.
      expect(attempts.length, way).toBe(way === 'directly' ? 0 : way.includes('after') ? 2 : 1);
      expect(new Set(lookedUp).size, way).toBe(attempts.length);
    }
    expect([...plain.asked, ...secure.asked].every((head) => /^GET \/30\d\//.test(head))).toBe(true);
  });

  it.each([
    ['loopback', ['127.0.0.1']],
    ['a private network', ['10.1.2.3']],
    ['the metadata of a cloud', ['169.254.169.254']],
    ['carrier-grade NAT', ['100.100.100.100']],
    ['a benchmark', ['198.19.0.1']],
    ['several private networks', ['192.168.0.1', '172.20.0.1', 'fd00::1', '::1']],
    ['loopback, as IPv4 in IPv6', ['::ffff:127.0.0.1']],
    ['loopback behind NAT64', ['64:ff9b::7f00:1']],
    ['loopback behind 6to4', ['2002:7f00:1::1']],
    ['no address, but another name', ['localhost']],
    ['an address in octal', ['0177.0.0.1']],
  ])('a name that means %s (row 6), directly or by any redirect', async (_, addresses) => {
    for (const scheme of ['http', 'https']) {
      for (const [way, from] of waysTo(`${scheme}://inside.feeds.example/feed`)) {
        const { outcome, attempts } = await look(from, { names: { 'inside.feeds.example': addresses } });
        expect(outcome, way).toMatchObject({ kind: 'failed', why: 'not allowed' });
        expect(
          attempts.filter((attempt) => !open.includes(attempt)),
          way,
        ).toEqual([]);
      }
    }
    expect([...plain.asked, ...secure.asked].filter((head) => head.startsWith('GET /feed'))).toEqual([]);
  });

  it('a name that also means something public is reached there and nowhere else (row 6)', async () => {
    const mixed = { 'mixed.feeds.example': ['127.0.0.1', '10.0.0.1', anyAddress, '::1', anyIpv6] };
    const { outcome, attempts } = await look('http://mixed.feeds.example/feed', { names: mixed });
    expect(outcome).toMatchObject({ kind: 'read' });
    expect(attempts).toEqual([`${anyAddress} 80`]);
  });

  it('a name that was public when it was read and is loopback when it is connected to (row 7)', async () => {
    const rebinding = (time: number) => (time === 0 ? [anyAddress] : ['127.0.0.1']);
    const network = smallInternet({ names: { 'rebinding.feeds.example': rebinding }, ports });
    const http = createHttp({ allow: [], clock: Date, network });
    const ask = () => fetchFeed({ http, clock: Date }, { url: 'http://rebinding.feeds.example/feed' }, nothing);
    expect(await ask()).toMatchObject({ kind: 'read' });
    expect(await ask()).toMatchObject({ kind: 'failed', why: 'not allowed' });
    http.close();
    expect(network.attempts).toEqual([`${anyAddress} 80`]);
  });

  it.each(['http', 'https'])(
    'a line that leads elsewhere than it was asked to, over %s (row 7): nothing is said on it',
    async (scheme) => {
      const { outcome } = await look(`${scheme}://one.feeds.example/feed`, { leadsTo: () => '127.0.0.1' });
      expect(outcome).toMatchObject({ kind: 'failed', why: 'not allowed' });
      expect([...plain.asked, ...secure.asked]).toEqual([]);
      await expect.poll(() => plain.connections() + secure.connections()).toBe(0);
    },
  );

  it('whichever of these a poll finds in its feeds (rows 1–11): each is failing as not allowed, and nothing was begun', async () => {
    const urls = forbidden.flatMap(([, all]) => all).filter((url) => URL.canParse(url));
    const feeds: Feed[] = urls.map((url) => ({ ...town.feeds[0]!, id: idOf('feed', url), url }));
    const network = smallInternet({ names, ports });
    const news = memoryTable();
    const http = createHttp({ allow: [], clock: Date, network });
    const config = pollConfig({ ...town, feeds });
    const clock = { now: () => Date.now() };
    const log = { info() {}, error() {} };
    const [matcher, slices] = [matcherOf(town.watches), new SliceMemory()];
    const handler = poll.serve({ clock, log, http, news, history: null, config, matcher, slices });
    const job = { kind: 'poll', shard: 0, shards: 1, tickAt: Date.now(), whole: true } as const;
    const record = { messageId: 'm', body: writeJob(job), attributes: { ApproximateReceiveCount: '1' } };
    expect(await handler({ Records: [record] } as never)).toEqual({ batchItemFailures: [] });
    http.close();
    expect(network.attempts).toEqual([]);
    const states = await shardStates(news, job, feeds);
    expect(feeds.map(({ id, url }) => [url, states.get(id)?.failing?.why])).toEqual(
      urls.map((url) => [url, 'not allowed']),
    );
  });
});

describe('what is public', () => {
  it('is reached by IPv4 first, and by IPv6 where there is nothing else', async () => {
    const both = { 'both.feeds.example': [anyIpv6, anyAddress], 'six.feeds.example': [anyIpv6] };
    expect(await look('http://both.feeds.example/feed', { names: both })).toMatchObject({
      outcome: { kind: 'read' },
      attempts: [`${anyAddress} 80`],
    });
    expect(await look('http://six.feeds.example/feed', { names: both })).toMatchObject({
      outcome: { kind: 'read' },
      attempts: [`${anyIpv6} 80`],
    });
  });

  it('is tried at two addresses of a family, and no more', async () => {
    const many = { 'many.feeds.example': [anyAddress, otherAddress, '1.1.1.1', '8.8.8.8', anyIpv6] };
    const { outcome, attempts } = await look('http://many.feeds.example:8443/feed', { names: many });
    expect(outcome).toMatchObject({ why: 'unreachable', detail: 'The server refused the connection.' });
    expect(attempts).toEqual([`${anyAddress} 8443`, `${otherAddress} 8443`, `${anyIpv6} 8443`]);
  });

  it('may have no name', async () => {
    const { outcome } = await look('http://nobody.feeds.example/feed');
    expect(outcome).toMatchObject({ why: 'unreachable', detail: 'No server has this name.' });
  });
});

describe('a redirect', () => {
  it('from https to http (row 12) is followed on the same host', async () => {
    const from = redirecting(301, 'http://feeds.example/feed', 'https://feeds.example');
    expect(await look(from)).toMatchObject({
      outcome: { kind: 'read' },
      attempts: [`${anyAddress} 443`, `${anyAddress} 80`],
    });
  });

  it('from https to http (row 12) is not followed to another host', async () => {
    const from = redirecting(301, 'http://other.example/feed', 'https://feeds.example');
    expect(await look(from)).toMatchObject({
      outcome: { kind: 'failed', why: 'not allowed' },
      attempts: [`${anyAddress} 443`],
    });
  });

  it('to another host (row 13) carries nothing of what was asked of the first', async () => {
    const network = smallInternet({ names, ports });
    const http = createHttp({ allow: [], clock: Date, network });
    const url = `${redirecting(302, 'https://other.example/feed', 'https://feeds.example')}?token=secret`;
    const validators = { url, etag: '"secret"', lastModified: 'Mon, 02 Mar 2026 07:00:00 GMT' };
    const outcome = await fetchFeed({ http, clock: Date }, { url }, { validators, bodyHash: null });
    http.close();
    expect(outcome).toMatchObject({ kind: 'read' });
    const [first, second] = secure.asked;
    expect(first).toContain('secret');
    expect(second).toMatch(/^GET \/feed HTTP\/1\.1\r\n/);
    expect(second).toMatch(/\r\nhost: other\.example\r\n/i);
    expect(second).not.toMatch(/secret|authorization|cookie|referer|if-/i);
  });

  it('of a user name and password in a feed address (row 13) never comes about: neither is asked for', async () => {
    const { outcome, lookedUp } = await look('https://user:secret@feeds.example/feed');
    expect(outcome).toMatchObject({ why: 'not allowed' });
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(lookedUp).toEqual([]);
  });
});

describe('an address in another script (row 14)', () => {
  const lookAlike = 'http://fееds.example/feed'; // with two Cyrillic letters
  const punycode = 'xn--fds-rdda.example';

  it('is written as punycode wherever it is stored, looked up and asked for', async () => {
    expect(parseFeedUrl(lookAlike, [])).toEqual({ url: `http://${punycode}/feed` });
    const { lookedUp, outcome } = await look(lookAlike, { names: { [punycode]: [anyAddress] } });
    expect(outcome).toMatchObject({ kind: 'read' });
    expect(lookedUp).toEqual([`${punycode} 4`]);
    expect(plain.asked[0]).toMatch(new RegExp(`\\r\\nhost: ${punycode}\\r\\n`, 'i'));
  });
});

describe('an address of more than 2,000 characters (row 14)', () => {
  it('is refused at entry, in a poll and in a redirect', async () => {
    const long = `http://feeds.example/${'x'.repeat(2_000)}`;
    expect(parseFeedUrl(long, [])).toMatchObject({ problem: expect.stringContaining('at most 2000') });
    expect(await look(long)).toMatchObject({ outcome: { why: 'not allowed' }, lookedUp: [] });
    const { outcome } = await look('http://feeds.example/long-location');
    expect(outcome).toMatchObject({ why: 'not allowed', detail: 'The address is longer than 2000 characters.' });
    expect(plain.asked).toHaveLength(1);
  });
});

describe('the pages of Watchword itself (row 15)', () => {
  const own = 'https://other.example';

  it.each([
    'https://other.example/',
    'https://other.example./i/1',
    'http://other.example/',
    'https://OTHER.example:443/feed',
  ])('%s is no feed, directly or by any redirect', async (url) => {
    for (const [way, from] of waysTo(url)) {
      const { outcome, attempts } = await look(from, { own });
      expect(outcome, way).toMatchObject({ kind: 'failed', why: 'not allowed' });
      expect(
        attempts.filter((attempt) => attempt.startsWith(otherAddress) && !way.includes('after')),
        way,
      ).toEqual([]);
    }
  });

  it('say nothing of other hosts', async () => {
    expect(await look('http://feeds.example/feed', { own })).toMatchObject({ outcome: { kind: 'read' } });
  });
});
