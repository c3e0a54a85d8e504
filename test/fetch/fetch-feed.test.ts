import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome, Validators } from '../../shared/feed/outcome.ts';
import { fetchFeed } from '../../shared/fetch/fetch-feed.ts';
import { createHttp } from '../../shared/fetch/http.ts';
import { nextHop } from '../../shared/fetch/redirect.ts';

const feed =
  '<rss version="2.0"><channel><title>T</title><item><title>One</title><guid>1</guid></item></channel></rss>';
const nothing = { validators: null, bodyHash: null };

let server: Server;
let origin: string;
let asked: IncomingMessage[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let http: ReturnType<typeof createHttp>;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  http = createHttp({ allow: [`127.0.0.1:${port}`], clock: Date });
});

afterEach(() => {
  http.close();
  server.closeAllConnections();
  server.close();
});

function look(
  path = '/feed',
  last: { validators: Validators | null; bodyHash: string | null } = nothing,
): Promise<Outcome> {
  return fetchFeed({ http, clock: Date }, { url: `${origin}${path}` }, last);
}

function saying(status: number, headers: Record<string, string> = {}, body = ''): void {
  answer = (_, response) => response.writeHead(status, headers).end(body);
}

async function failed(path?: string): Promise<Extract<Outcome, { kind: 'failed' }>> {
  const outcome = await look(path);
  if (outcome.kind !== 'failed') throw new Error(`it was ${outcome.kind}`);
  return outcome;
}

describe('a look at a feed', () => {
  it('reads it and remembers what to ask with next time, byte for byte', async () => {
    saying(200, { etag: 'W/"a\'b"', 'last-modified': 'Mon, 02 Mar 2026 07:00:00 GMT' }, feed);
    const outcome = await look();
    expect(outcome).toMatchObject({
      kind: 'read',
      document: { title: 'T', entries: [{ id: '1' }] },
      validators: { url: `${origin}/feed`, etag: 'W/"a\'b"', lastModified: 'Mon, 02 Mar 2026 07:00:00 GMT' },
    });
    if (outcome.kind !== 'read') return;
    saying(304);
    expect(await look('/feed', outcome)).toMatchObject({ kind: 'unchanged', validators: null });
    expect(asked[1]!.headers).toMatchObject({
      'if-none-match': 'W/"a\'b"',
      'if-modified-since': 'Mon, 02 Mar 2026 07:00:00 GMT',
    });
  });

  it('says who asks and for what, and nothing more', async () => {
    saying(200, {}, feed);
    await look();
    expect(Object.keys(asked[0]!.headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(asked[0]!.headers['user-agent']).toMatch(/^Watchword\//);
    expect(asked[0]!.headers.accept).toContain('application/rss+xml');
  });

  it('finds it unchanged when the bytes are the same, whatever the headers say', async () => {
    saying(200, { etag: '"1"' }, feed);
    const first = await look();
    saying(200, { etag: '"2"' }, feed);
    expect(
      await look('/feed', { validators: null, bodyHash: first.kind === 'read' ? first.bodyHash : '' }),
    ).toMatchObject({
      kind: 'unchanged',
    });
  });

  it('23: reads new bytes under an old ETag', async () => {
    saying(200, { etag: '"1"' }, feed);
    const first = await look();
    saying(200, { etag: '"1"' }, feed.replaceAll('One', 'Two'));
    expect(await look('/feed', first.kind === 'read' ? first : nothing)).toMatchObject({
      document: { entries: [{ title: 'Two' }] },
    });
  });

  it('23: keeps the newer ETag that comes with a 304, and no newer date beside the same ETag', async () => {
    const validators = { url: `${origin}/feed`, etag: '"1"', lastModified: 'Mon, 02 Mar 2026 07:00:00 GMT' };
    const again = () => look('/feed', { validators, bodyHash: null });
    saying(304, { etag: '"2"' });
    expect(await again()).toMatchObject({ kind: 'unchanged', validators: { ...validators, etag: '"2"' } });
    saying(304, { etag: '"1"', 'last-modified': 'Tue, 03 Mar 2026 07:00:00 GMT' });
    expect(await again()).toMatchObject({ kind: 'unchanged', validators: null });
    saying(304);
    expect(await again()).toMatchObject({ kind: 'unchanged', validators: null });
  });

  it('says how long the answer calls itself fresh, and how long it took', async () => {
    answer = (_, response) =>
      void setTimeout(() => response.writeHead(200, { 'cache-control': 'max-age=600' }).end(feed), 30);
    const outcome = await look();
    expect(outcome).toMatchObject({ freshSeconds: 600, movedTo: null });
    expect(outcome.kind === 'read' && outcome.tookMs).toBeGreaterThanOrEqual(25);
  });

  it('22: takes a 304 to an unconditional question for an error', async () => {
    saying(304);
    expect(await failed()).toMatchObject({ why: 'bad answer' });
  });

  it('sends validators to no other URL than the one that gave them', async () => {
    saying(200, {}, feed);
    await look('/feed', { validators: { url: `${origin}/other`, etag: '"1"', lastModified: null }, bodyHash: null });
    expect(asked[0]!.headers['if-none-match']).toBeUndefined();
  });

  it('36: keeps no validators of a document that had to be mended', async () => {
    saying(200, { etag: '"1"' }, feed.slice(0, -20));
    expect(await look()).toMatchObject({ kind: 'read', document: { repaired: true }, validators: null });
  });

  it('20: takes a cut document for cut in transit when the answer did not say its length', async () => {
    server.removeAllListeners('request');
    server.on('request', ({ socket }) => socket.end(`HTTP/1.0 200 OK\r\n\r\n${feed.slice(0, -20)}`));
    expect(await failed()).toMatchObject({ why: 'cut off' });
  });

  it.each([
    [403, 'blocked', 'The server answered 403 Forbidden.'],
    [404, 'not found', 'The server answered 404 Not Found.'],
    [410, 'gone', 'The server answered 410 Gone.'],
    [429, 'blocked', 'The server answered 429 Too Many Requests.'],
    [451, 'blocked', 'The server answered 451 Unavailable For Legal Reasons.'],
    [500, 'server error', 'The server answered 500 Internal Server Error.'],
    [503, 'server error', 'The server answered 503 Service Unavailable.'],
    [599, 'server error', 'The server answered 599.'],
    [401, 'bad answer', 'The server answered 401 Unauthorized.'],
    [204, 'bad answer', 'The server answered 204 No Content.'],
  ])('takes %i for %s', async (status, why, detail) => {
    saying(status);
    expect(await failed()).toEqual({ kind: 'failed', why, detail, retryAfterSeconds: null });
  });

  it.each([
    ['1800', 1_800],
    ['5', 900],
    ['315360000', 86_400],
    [new Date(Date.now() + 7_200_000).toUTCString(), 7_200],
    ['Mon, 02 Mar 2020 07:00:00 GMT', 900],
    ['abc', null],
    ['-5', null],
    ['', null],
  ])('24: waits after Retry-After: %s', async (header, seconds) => {
    saying(503, { 'retry-after': header });
    const { retryAfterSeconds } = await failed();
    if (seconds === null) expect(retryAfterSeconds).toBeNull();
    else expect(Math.abs(retryAfterSeconds! - seconds)).toBeLessThan(60);
  });

  it('21: tells a web page, an empty body and a challenge from a feed', async () => {
    saying(200, { 'content-type': 'text/html' }, '<!doctype html><title>Log in</title>');
    expect(await failed()).toMatchObject({ why: 'not a feed', detail: 'The page is a web page (HTML), not a feed.' });
    saying(200);
    expect(await failed()).toMatchObject({ why: 'not a feed' });
    saying(503, { 'cf-mitigated': 'challenge' });
    expect(await failed()).toMatchObject({ why: 'blocked' });
    saying(200, {}, '<!doctype html><title>Just a moment...</title>');
    expect(await failed()).toMatchObject({ why: 'blocked', detail: 'The server asks for proof of a person.' });
  });
});

describe('a redirect', () => {
  it('is followed, and validators go to where it ended', async () => {
    answer = (request, response) => {
      if (request.url === '/feed') response.writeHead(302, { location: 'new/feed.xml' }).end();
      else response.writeHead(200, { etag: '"1"' }).end(feed);
    };
    const outcome = await look();
    expect(outcome).toMatchObject({ kind: 'read', validators: { url: `${origin}/new/feed.xml` } });
    await look('/feed', outcome.kind === 'read' ? outcome : nothing);
    expect(asked.map(({ url, headers }) => [url, headers['if-none-match']])).toEqual([
      ['/feed', undefined],
      ['/new/feed.xml', undefined],
      ['/feed', undefined],
      ['/new/feed.xml', '"1"'],
    ]);
  });

  it.each([
    [[301], true],
    [[308, 301], true],
    [[302], false],
    [[301, 302], false],
    [[307, 308], false],
  ])('26: of %j is a move: %s', async (statuses, isMove) => {
    answer = (request, response) => {
      const hop = Number(request.url!.slice(1));
      const status = statuses[hop];
      if (status === undefined) response.end(feed);
      else response.writeHead(status, { location: `/${hop + 1}` }).end();
    };
    expect(await look('/0')).toMatchObject({ kind: 'read', movedTo: isMove ? `${origin}/${statuses.length}` : null });
  });

  it('26: to the very bytes of before gives the validators of the new address', async () => {
    saying(200, { etag: '"old"' }, feed);
    const before = await look();
    answer = (request, response) => {
      if (request.url === '/feed') response.writeHead(301, { location: '/new' }).end();
      else response.writeHead(200, { etag: '"new"' }).end(feed);
    };
    const moved = await look('/feed', before.kind === 'read' ? before : nothing);
    expect(moved).toMatchObject({ kind: 'unchanged', validators: { url: `${origin}/new`, etag: '"new"' } });
  });

  it('16: in a circle is one error', async () => {
    answer = (request, response) => response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end();
    expect(await failed('/a')).toMatchObject({ why: 'bad answer' });
    expect(asked).toHaveLength(2);
  });

  it('16: of a sixth hop is not followed, of a fifth is', async () => {
    answer = (request, response) => {
      const hop = Number(request.url!.slice(1));
      if (hop === 0) response.end(feed);
      else response.writeHead(301, { location: `/${hop - 1}` }).end();
    };
    expect(await look('/5')).toMatchObject({ kind: 'read' });
    expect(await failed('/6')).toMatchObject({ why: 'bad answer' });
  });

  it.each([
    ['8', 302, 'http://169.254.169.254/'],
    ['8', 307, 'http://10.0.0.1/'],
    ['8', 308, 'http://[::1]/'],
    ['9', 301, 'http://user@public.example/'],
    ['9', 301, 'http://inside\\@public.example/'],
    ['10', 302, 'file:///etc/passwd'],
    ['11', 302, 'http://127.0.0.1:22/'],
  ])('%s: %i to %s is refused', async (_, status, location) => {
    saying(status, { location });
    expect(await failed()).toMatchObject({ why: 'not allowed' });
    expect(asked).toHaveLength(1);
  });

  it('8: on the third hop is judged like the first', async () => {
    answer = (request, response) => {
      const next = { '/1': '/2', '/2': '/3', '/3': 'http://192.168.0.1/' }[request.url!]!;
      response.writeHead(302, { location: next }).end();
    };
    expect(await failed('/1')).toMatchObject({ why: 'not allowed' });
  });

  it('to nowhere is an error', async () => {
    saying(302);
    expect(await failed()).toMatchObject({ why: 'bad answer' });
  });

  it('12: from https to http is followed on the same host only', () => {
    expect(nextHop('https://a.example/f', 'http://a.example/g')).toBe('http://a.example/g');
    expect(nextHop('https://a.example/f', 'http://b.example/g')).toMatchObject({ why: 'refused' });
    expect(nextHop('http://a.example/f', 'http://b.example/g')).toBe('http://b.example/g');
  });
});
