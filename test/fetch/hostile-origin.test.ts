/** The gate against a publisher that means harm: what it says of it, and what it lets itself be charged. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchFeed } from '../../shared/fetch/fetch-feed.ts';
import { createHttp } from '../../shared/fetch/http.ts';
import { limits } from '../../shared/limits.ts';
import type { HttpAnswer } from '../../shared/world.ts';
import { type HostileOrigin, hostileOrigin, hostilePaths } from './hostile-origin.ts';
import { costOf } from './probe.ts';
import { anyAddress, identity, otherAddress, smallInternet } from './small-internet.ts';

/** What one hop may cost on top of its deadline or its ten mebibytes; the machine of a test is a busy one. */
const slackMs = 1_000;
const slackMb = 24;

const nothing = { validators: null, bodyHash: null };
let origin: HostileOrigin;
let http: ReturnType<typeof createHttp>;

beforeAll(async () => {
  origin = await hostileOrigin();
});
afterAll(() => origin.close());
beforeEach(() => {
  origin.asked.length = 0;
  http = createHttp({ allow: [`127.0.0.1:${origin.port}`], clock: Date });
});
afterEach(() => http.close());

const get = (path: string, waitMs: number): Promise<HttpAnswer> =>
  http.get({ url: `${origin.url}${path}`, headers: {}, deadlineAt: Date.now() + waitMs });
const look = (path: string) => fetchFeed({ http, clock: Date }, { url: `${origin.url}${path}` }, nothing);

describe('a hostile origin', () => {
  it.each([
    ['/silence', 'says nothing at all'],
    ['/body-drip', 'drips its body'],
    ['/chunk-drip', 'drips chunks'],
    ['/redirect-drip', 'drips the body of a redirect'],
  ])('that %s (row 17) is left at the total deadline', async (path) => {
    const { result, cost } = await costOf(() => get(path, 300));
    expect(result).toMatchObject({ kind: 'failed', why: 'timeout' });
    expect(cost.ms).toBeGreaterThanOrEqual(299);
    expect(cost.ms).toBeLessThan(300 + slackMs);
  });

  it.each(['/header-drip', '/header-value-drip', '/hints-drip', '/trailer-drip'])(
    'that drips headers for ever, %s (row 18), is left at the total deadline',
    async (path) => {
      const { result, cost } = await costOf(() => get(path, 300));
      expect(result).toMatchObject({ kind: 'failed', why: 'timeout' });
      expect(cost.ms).toBeLessThan(300 + slackMs);
    },
  );

  it.each(['/header-1-mb', '/headers-10000', '/trailer-1-mb'])(
    'that sends more headers than 16 KiB, %s (row 18), is stopped at once',
    async (path) => {
      expect(await get(path, 5_000)).toEqual({
        kind: 'failed',
        why: 'too large',
        detail: 'The headers of the answer are too large.',
      });
    },
  );

  it.each(['/gzip-bomb', '/gzip-bomb-members', '/gzip-endless-nothing', '/endless'])(
    'that sends a bomb, %s (row 19), costs ten mebibytes and no more',
    async (path) => {
      const { result, cost } = await costOf(() => get(path, 10_000));
      expect(result).toMatchObject({ kind: 'failed', why: 'too large' });
      expect(cost.bufferMb).toBeLessThan(limits.bodyBytesMax / 1024 / 1024 + slackMb);
      expect(cost.blockedMs).toBeLessThan(1_000);
    },
  );

  it.each(['/brotli-bomb', '/gzip-gzip', '/gzip-gzip-lines', '/deflate', '/not-gzip'])(
    'that packs in a way nobody asked for, %s (row 19), is not unpacked',
    async (path) => {
      const { result, cost } = await costOf(() => get(path, 5_000));
      expect(result).toMatchObject({ kind: 'failed', why: 'protocol' });
      expect(cost.bufferMb).toBeLessThan(slackMb);
    },
  );

  it.each(['/short', '/chunks-cut', '/gzip-no-trailer', '/gzip-false-trailer'])(
    'that hangs up before the end, %s (row 20), gives a failure and not half a body',
    async (path) => {
      expect(await get(path, 5_000)).toMatchObject({ kind: 'failed', why: 'cut off' });
    },
  );

  it('that speaks HTTP/1.0 and hangs up in mid-document (row 20) gives a failure; one that ends it gives a feed', async () => {
    expect(await look('/http-1.0-cut')).toMatchObject({ kind: 'failed', why: 'cut off' });
    expect(await look('/http-1.0-whole')).toMatchObject({ kind: 'read', document: { entries: [{ id: '1' }] } });
  });

  it.each(['/circle', '/same', '/hops/6'])('that redirects without end, %s (row 16), is one error', async (path) => {
    expect(await look(path)).toMatchObject({ kind: 'failed', why: 'bad answer', retryAfterSeconds: null });
    expect(origin.asked.length).toBeLessThanOrEqual(limits.redirectHopsMax + 1);
    expect(await look('/hops/5')).toMatchObject({ kind: 'read' });
  });

  it('drips on the second hop (row 17): ten seconds are for all hops together', { timeout: 30_000 }, async () => {
    const drip = encodeURIComponent(`${origin.url}/body-drip`);
    const { result, cost } = await costOf(() => look(`/302/${drip}`));
    expect(result).toEqual({
      kind: 'failed',
      why: 'timeout',
      detail: 'No answer within 10 seconds.',
      retryAfterSeconds: null,
    });
    expect(cost.ms).toBeGreaterThan(9_900);
    expect(cost.ms).toBeLessThan(10_000 + slackMs);
  });

  it('costs at most its time and keeps nothing, whatever it does (rows 16–20), and is told in words for people', async () => {
    for (const path of hostilePaths) {
      const { result, cost } = await costOf(() => get(path, 200));
      expect(cost.ms, path).toBeLessThan(200 + slackMs);
      expect(cost.blockedMs, path).toBeLessThan(1_000);
      if (result.kind === 'failed') expect(result.detail, path).toMatch(/^(The|No) [A-Za-z0-9 ]+\.$/);
    }
    expect(origin.asked.length).toBe(hostilePaths.length);
    await expect.poll(() => origin.connections()).toBe(0);
  });
});

describe('TLS', () => {
  /** @returns what became of a look at `https://NAME/feed`, which is served under a certificate */
  async function lookAt(name: string, certificate: 'feeds' | 'expired', authorities?: readonly string[]) {
    const secure = await hostileOrigin(identity(certificate));
    const plain = await hostileOrigin();
    const network = smallInternet({
      names: { [name]: [anyAddress] },
      ports: { 443: secure.port, 80: plain.port },
      ...(authorities === undefined ? {} : { authorities }),
    });
    const gate = createHttp({ allow: [], clock: Date, network });
    const outcome = await fetchFeed({ http: gate, clock: Date }, { url: `https://${name}/feed` }, nothing);
    gate.close();
    await secure.close();
    await plain.close();
    return { outcome, asked: [...secure.asked, ...plain.asked], attempts: network.attempts };
  }

  it('with a certificate of an authority that is believed is read', async () => {
    expect(await lookAt('feeds.example', 'feeds')).toMatchObject({ outcome: { kind: 'read' } });
  });

  it('with a certificate for the very address is read', async () => {
    expect(await lookAt(anyAddress, 'feeds')).toMatchObject({ outcome: { kind: 'read' } });
  });

  it.each([
    ['that has expired', 'feeds.example', 'expired', undefined, "The server's certificate has expired."],
    ['for another address', otherAddress, 'feeds', undefined, "The server's certificate is for another name."],
    ['for another name', 'wrong.example', 'feeds', undefined, "The server's certificate is for another name."],
    [
      'of an unknown authority',
      'feeds.example',
      'feeds',
      [],
      "The server's certificate is not signed by a known authority.",
    ],
  ] as const)(
    'with a certificate %s (row 28) is a failure, nothing is asked, and nothing is tried without TLS',
    async (_, name, certificate, authorities, detail) => {
      const { outcome, asked, attempts } = await lookAt(name, certificate, authorities);
      expect(outcome).toEqual({ kind: 'failed', why: 'unreachable', detail, retryAfterSeconds: null });
      expect(asked).toEqual([]);
      expect(attempts).toEqual([`${name === otherAddress ? otherAddress : anyAddress} 443`]);
    },
  );

  it('that is never answered (row 17) is left at the deadline', async () => {
    const network = smallInternet({ names: { 'feeds.example': [anyAddress] }, ports: { 443: origin.port } });
    const gate = createHttp({ allow: [], clock: Date, network });
    const { result, cost } = await costOf(() =>
      gate.get({ url: 'https://feeds.example/feed', headers: {}, deadlineAt: Date.now() + 300 }),
    );
    gate.close();
    expect(result).toMatchObject({ kind: 'failed', why: 'timeout' });
    expect(cost.ms).toBeLessThan(300 + slackMs);
    await expect.poll(() => origin.connections()).toBe(0);
  });
});
