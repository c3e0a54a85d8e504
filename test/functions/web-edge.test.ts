/** The edge of the pages: what hostile and broken requests get, and what browsers are told. */
import { createServer, request } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { listenOnLoopback } from '../../infra/local/loopback.ts';
import { limits } from '../../shared/limits.ts';
import {
  base,
  confirmLink,
  type Form,
  morning,
  type PagesDesk,
  pagesDesk,
  preferencesLink,
  unsubscribeLink,
  urlencoded,
} from './web-desk.ts';

let desk: PagesDesk;
let reader: string;

beforeEach(async () => {
  desk = pagesDesk();
  reader = await desk.reader();
});

const signUp: Form = { digest: morning.id, when: 'own', address: 'new@reader.example' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
/** Every page with a form. */
const formPages = () => ['/subscribe', '/preferences', preferencesLink(reader)];

describe('a request that is no form of ours (row 73)', () => {
  it('of 5 MB is refused by its length', async () => {
    const headers = { ...form, 'content-length': String(5_000_000) };
    for (const path of [...formPages(), unsubscribeLink(reader, morning.id)]) {
      const answer = await desk.ask(path, { method: 'POST', headers, body: 'a=1' });
      expect([path, answer.status]).toEqual([path, 413]);
    }
    expect(desk.tables()).toContain('"state":"confirmed"');
  });

  it('of 5 MB that says nothing of its length is refused when that much was read', async () => {
    let given = 0;
    const body = new ReadableStream({
      pull(stream) {
        given += 1;
        if (given > 500) stream.close();
        else stream.enqueue(Buffer.alloc(10_000, 'a'));
      },
    });
    const answer = await desk.ask('/subscribe', { method: 'POST', headers: form, body, duplex: 'half' } as RequestInit);
    expect(answer.status).toBe(413);
    expect(given * 10_000).toBeLessThan(3 * limits.formBytesMax);
  });

  it.each([
    ['JSON', 'application/json', '['.repeat(10_000)],
    ['plain text', 'text/plain', 'digest=1'],
    ['multipart', 'multipart/form-data; boundary=b', '--b--'],
    ['without a type', '', 'digest=1'],
  ])('%s is refused as what it is', async (_, type, body) => {
    for (const path of formPages()) {
      const answer = await desk.ask(path, { method: 'POST', headers: { 'content-type': type }, body });
      expect([path, answer.status]).toEqual([path, 415]);
    }
  });

  it.each([
    ['10,000 fields', 'a=1&'.repeat(10_000)],
    ['bytes that are no text', Buffer.from([0x61, 0x3d, 0xff, 0xfe])],
  ])('of %s cannot be read', async (_, body) => {
    for (const path of formPages()) {
      expect((await desk.ask(path, { method: 'POST', headers: form, body })).status).toBe(400);
    }
  });

  it('is answered in a moment', async () => {
    const began = performance.now();
    for (let count = 0; count < 200; count++) {
      await desk.ask('/subscribe', { method: 'POST', headers: form, body: 'a=1&'.repeat(10_000) });
    }
    expect((performance.now() - began) / 200).toBeLessThan(50);
  });

  it('by another method is told which ones there are', async () => {
    for (const [path, allow] of [
      ['/subscribe', 'GET, HEAD, POST'],
      [preferencesLink(reader), 'GET, HEAD, POST'],
      [`/sample/${morning.id}`, 'GET, HEAD'],
    ] as const) {
      for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await desk.ask(path, { method });
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
      }
    }
  });

  it('repeats nothing that came in (row 61)', async () => {
    const evil = '/%3Cscript%3Ealert(1)%3C/script%3E?next=//evil.example&x=%22onload=';
    for (const path of [evil, `/u${evil}`, `/sample${evil}`, `/c/${'x'.repeat(2_000)}`]) {
      const answer = await desk.ask(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toMatch(/<script|alert|evil|onload|xxx/);
    }
  });
});

describe('what browsers are told', () => {
  const pages = () => [
    '/',
    '/subscribe',
    '/preferences',
    '/nothing',
    `/sample/${morning.id}`,
    '/sample/nothing',
    preferencesLink(reader),
    unsubscribeLink(reader, morning.id),
    confirmLink(reader, 1),
  ];

  it('allows a page nothing but its style, and keeps it nowhere (rows 61, 75)', async () => {
    for (const path of pages()) {
      const { headers } = await desk.ask(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(
        /^default-src 'none'; style-src .*; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      );
      expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-robots-tag')).toBe('noindex');
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('never passes on an address that holds a token (row 75)', async () => {
    for (const path of pages().filter((each) => /^\/[cpu]\//.test(each))) {
      expect((await desk.ask(path)).headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('lets the sign-up run its one script by its hash, and a page with a token none', async () => {
    const { headers } = await desk.ask('/subscribe');
    expect(headers.get('content-security-policy')).toMatch(/script-src 'sha256-[\w+/=]+';/);
    for (const path of pages().filter((each) => !/^\/(?:subscribe|preferences)?$/.test(each))) {
      const answer = await desk.ask(path);
      expect(answer.headers.get('content-security-policy')).not.toContain('script-src');
      expect(await answer.text()).not.toContain('<script');
    }
  });

  it('holds of faults too, which are told to the log and not to the page', async () => {
    desk.people.get = () => Promise.reject(new Error('secret detail'));
    const answer = await desk.ask(preferencesLink(reader));
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([500, 'no-store']);
    expect(await answer.text()).not.toContain('secret');
    expect(desk.faults).toHaveLength(1);
  });
});

describe('a form of another site (row 74)', () => {
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'https://watchword.example.evil.example' },
    { origin: 'http://watchword.example' },
    { origin: base, 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];

  it('has no effect', async () => {
    const before = desk.tables();
    for (const headers of foreign) {
      for (const path of [...formPages(), confirmLink(reader, 1)]) {
        const answer = await desk.post(path, { ...signUp, do: 'erase-now' }, { cookie: 'session=1', ...headers });
        expect([path, answer.status]).toEqual([path, 403]);
      }
    }
    expect(desk.tables()).toBe(before);
  });

  it('is told apart from ours by what browsers say by themselves', async () => {
    for (const headers of [{}, { origin: base }, { origin: 'null', 'sec-fetch-site': 'same-origin' }]) {
      expect((await desk.post('/subscribe', signUp, headers)).status).toBe(200);
      expect((await desk.post(preferencesLink(reader), { do: 'erase' }, headers)).status).toBe(200);
    }
    // Pages with a token say to nobody where they are, and so not to us.
    expect((await desk.post(preferencesLink(reader), { do: 'erase' }, { origin: 'null' })).status).toBe(200);
    expect((await desk.post('/subscribe', signUp, { origin: 'null' })).status).toBe(403);
  });
});

describe('what a request says of itself', () => {
  it('leads nobody elsewhere: no page redirects, whatever it is asked (row 71)', async () => {
    const next = '?next=//evil.example&return=https://evil.example&url=%2F%2Fevil.example';
    for (const path of [
      '/',
      '/subscribe',
      preferencesLink(reader),
      unsubscribeLink(reader, morning.id),
      '//evil.example',
    ]) {
      for (const init of [{}, { method: 'POST', headers: form, body: urlencoded(signUp) }]) {
        const answer = await desk.ask(`${path}${next}`, init);
        expect(answer.status).not.toSatisfy((status: number) => status >= 300 && status < 400);
        expect(answer.headers.get('location')).toBeNull();
        expect(await answer.text()).not.toContain('evil.example');
      }
    }
  });

  it('by Host or X-Forwarded-Host is in no page and in nothing that is stored (row 70)', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
    const said = await (await desk.post('/subscribe', signUp, headers)).text();
    expect(said + desk.tables() + JSON.stringify(desk.deliverQueue.waiting())).not.toContain('evil.example');
  });

  it('of where it comes from counts for nothing: only what the platform saw does (row 68)', async () => {
    const statuses: number[] = [];
    for (let count = 0; count <= limits.asksPerSourcePerHourMax; count++) {
      const headers = {
        'x-forwarded-for': `203.0.113.${count}`,
        'x-real-ip': `203.0.113.${count}`,
        forwarded: `for=203.0.113.${count}`,
      };
      statuses.push((await desk.post('/subscribe', { ...signUp, address: `a${count}@b.example` }, headers)).status);
    }
    expect(statuses.slice(0, -1)).toEqual(Array(limits.asksPerSourcePerHourMax).fill(200));
    expect(statuses.at(-1)).toBe(429);
    expect((await desk.post('/subscribe', signUp, {}, '198.51.100.7')).status).toBe(200);
  });
});

describe('the hosts', () => {
  it('of a Function URL hands over the same page, the address that it saw, and a form in base64', async () => {
    const handler = handle(desk.app);
    const event = (method: string, path: string, body: string | null, sourceIp: string) =>
      ({
        version: '2.0',
        routeKey: '$default',
        rawPath: path,
        rawQueryString: '',
        headers: { ...form, host: 'x.lambda-url.us-east-1.on.aws', 'x-forwarded-for': '203.0.113.1' },
        requestContext: { http: { method, path, sourceIp, protocol: 'HTTP/1.1', userAgent: '' }, domainName: 'x' },
        body: body === null ? undefined : Buffer.from(body).toString('base64'),
        isBase64Encoded: body !== null,
      }) as unknown as LambdaEvent;
    const page = await handler(event('GET', '/subscribe', null, '192.0.2.9'));
    expect(page.body).toBe(await (await desk.ask('/subscribe')).text());
    const one = await handler(
      event('POST', unsubscribeLink(reader, morning.id), 'List-Unsubscribe=One-Click', '192.0.2.9'),
    );
    expect([one.statusCode, one.headers?.location]).toEqual([200, undefined]);
    const statuses: number[] = [];
    for (let count = 0; count <= limits.asksPerSourcePerHourMax; count++) {
      statuses.push((await handler(event('POST', '/subscribe', urlencoded(signUp), '192.0.2.9'))).statusCode);
    }
    expect(statuses.at(-1)).toBe(429);
    expect((await handler(event('POST', '/subscribe', urlencoded(signUp), '192.0.2.10'))).statusCode).toBe(200);
  });

  it('on this machine counts by the socket, and ends a body that is too long', async () => {
    const server = await listenOnLoopback(createServer(getRequestListener(desk.app.fetch)), 0);
    onTestFinished(() => server.close());
    const send = (headers: Readonly<Record<string, string>>, body: Iterable<string>) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(
          `${server.url}/subscribe`,
          { method: 'POST', headers: { ...form, ...headers } },
          (answer) => {
            answer.resume();
            resolve(answer.statusCode ?? 0);
          },
        );
        sent.on('error', reject);
        for (const part of body) sent.write(part);
        sent.end();
      });
    expect(await send({ 'x-forwarded-for': '203.0.113.1' }, [urlencoded(signUp)])).toBe(200);
    expect(await send({ 'transfer-encoding': 'chunked' }, Array<string>(20).fill('a'.repeat(10_000)))).toBe(413);
    const turns = desk.people.items().filter(({ pk }) => pk.startsWith('turns#'));
    expect(turns).toMatchObject([{ count: 1 }]);
  });
});
