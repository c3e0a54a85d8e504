/** Against servers on this machine that misbehave on purpose. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../shared/fetch/http.ts';
import { limits } from '../../shared/limits.ts';
import type { HttpAnswer } from '../../shared/world.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listening(server: Server | https.Server | net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A server that sends these bytes to whoever connects, then hangs up. */
function raw(answer: string | Buffer): net.Server {
  return net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer));
  });
}

async function get(port: number, waitMs = 5_000, scheme = 'http'): Promise<HttpAnswer> {
  const http = createHttp({ allow: [`127.0.0.1:${port}`], clock: Date });
  closers.push(() => http.close());
  return http.get({ url: `${scheme}://127.0.0.1:${port}/feed`, headers: {}, deadlineAt: Date.now() + waitMs });
}

const answering = async (listener: RequestListener): Promise<HttpAnswer> =>
  get(await listening(createServer(listener)));

describe('one hop', () => {
  it('gives status, first headers and the unpacked body', async () => {
    const answer = await answering((request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.setHeader('x-twice', ['one', 'two']);
      response.end(gzipSync(`asked with ${request.headers['accept-encoding']}`));
    });
    if (answer.kind !== 'answer') throw new Error(answer.detail);
    expect(answer.status).toBe(200);
    expect(answer.headers['x-twice']).toBe('one');
    expect(Buffer.from(answer.body).toString()).toBe('asked with gzip');
  });

  it('uses one connection for two answers', async () => {
    let connections = 0;
    const server = createServer((_, response) => response.end('x'));
    server.on('connection', () => {
      connections += 1;
    });
    const port = await listening(server);
    const http = createHttp({ allow: [`127.0.0.1:${port}`], clock: Date });
    closers.push(() => http.close());
    for (let turn = 0; turn < 3; turn += 1) {
      await http.get({ url: `http://127.0.0.1:${port}/${turn}`, headers: {}, deadlineAt: Date.now() + 5_000 });
    }
    expect(connections).toBe(1);
  });

  it('asks again when a kept connection was closed under it', async () => {
    let asked = 0;
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      let answers = 0;
      socket.on('data', () => {
        asked += 1;
        answers += 1;
        if (answers === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        else socket.resetAndDestroy();
      });
    });
    const port = await listening(server);
    const http = createHttp({ allow: [`127.0.0.1:${port}`], clock: Date });
    closers.push(() => http.close());
    const request = () => http.get({ url: `http://127.0.0.1:${port}/`, headers: {}, deadlineAt: Date.now() + 5_000 });
    expect((await request()).kind).toBe('answer');
    expect((await request()).kind).toBe('answer');
    expect(asked).toBe(3);
  });

  it('17: stops a body that drips for ever at the total deadline', async () => {
    const port = await listening(
      createServer((_, response) => {
        const drip = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(drip));
      }),
    );
    const started = performance.now();
    expect(await get(port, 400)).toMatchObject({ kind: 'failed', why: 'timeout' });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('18: stops headers that drip for ever', async () => {
    const port = await listening(
      net.createServer((socket) => {
        socket.on('error', () => {});
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('x: y\r\n'), 20);
        socket.on('close', () => clearInterval(drip));
      }),
    );
    expect(await get(port, 400)).toMatchObject({ kind: 'failed', why: 'timeout' });
  });

  it.each([
    ['a header of 1 MB', `x: ${'y'.repeat(1_000_000)}\r\n`],
    ['10,000 headers', 'name: some value\r\n'.repeat(10_000)],
  ])('18: refuses %s', async (_, headers) => {
    const port = await listening(raw(`HTTP/1.1 200 OK\r\n${headers}\r\n`));
    expect(await get(port)).toMatchObject({ kind: 'failed', why: 'too large' });
  });

  it('19: stops a gzip bomb while it unpacks', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const answer = await answering((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(bomb);
    });
    expect(answer).toMatchObject({ kind: 'failed', why: 'too large' });
  });

  it('19: stops a plain body over the limit', async () => {
    const answer = await answering((_, response) => response.end(Buffer.alloc(limits.bodyBytesMax + 1)));
    expect(answer).toMatchObject({ kind: 'failed', why: 'too large' });
  });

  it.each(['br', 'gzip, gzip', 'deflate', 'zstd'])('19: refuses a body packed as %s', async (encoding) => {
    const answer = await answering((_, response) => {
      response.setHeader('content-encoding', encoding);
      response.end('x');
    });
    expect(answer).toMatchObject({ kind: 'failed', why: 'protocol' });
  });

  it.each([
    ['fewer bytes than it announced', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>'],
    ['chunks without a last one', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n'],
    [
      'no gzip trailer',
      Buffer.concat([
        Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n'),
        gzipSync('<rss/>').subarray(0, -8),
      ]),
    ],
    [
      'a gzip trailer that does not fit',
      Buffer.concat([
        Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n'),
        gzipSync('<rss/>').subarray(0, -8),
        Buffer.alloc(8, 1),
      ]),
    ],
  ])('20, 36: a body with %s is cut off', async (_, answer) => {
    expect(await get(await listening(raw(answer)))).toMatchObject({ kind: 'failed', why: 'cut off' });
  });

  it('28: an unknown certificate ends it, before anything is asked', async () => {
    const file = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));
    let asked = 0;
    const server = https.createServer(
      { cert: file('self-signed-cert.pem'), key: file('self-signed-key.pem') },
      (_, response) => {
        asked += 1;
        response.end();
      },
    );
    expect(await get(await listening(server), 5_000, 'https')).toMatchObject({ kind: 'failed', why: 'tls' });
    expect(asked).toBe(0);
  });

  it.each([
    ['nobody listens', 'unreachable', null],
    ['something else than HTTP answers', 'protocol', 'SSH-2.0-OpenSSH\r\n'],
    ['the server hangs up without a word', 'unreachable', ''],
  ])('tells when %s', async (_, why, answer) => {
    const server = raw(answer ?? '');
    const port = await listening(server);
    if (answer === null) await new Promise((resolve) => server.close(resolve));
    expect(await get(port)).toMatchObject({ kind: 'failed', why });
  });

  it('asks nobody when the time is up already', async () => {
    expect(await get(await listening(raw('HTTP/1.1 200 OK\r\n\r\n')), -1)).toMatchObject({ why: 'timeout' });
  });
});

/** Listens on a port that feeds may have, so that only the address can be the reason for a refusal. */
async function usualPort(server: Server): Promise<number> {
  for (const port of [8080, 8443]) {
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, () => resolve(true));
    });
    if (free) return port;
  }
  throw new Error('ports 8080 and 8443 are both in use');
}

describe('the gate', () => {
  it('1, 6, 7: connects to no private address, whichever way it is named', async () => {
    let connections = 0;
    const server = createServer((_, response) => response.end('secret'));
    server.on('connection', () => {
      connections += 1;
    });
    const port = await usualPort(server);
    closers.push(() => server.close());
    const http = createHttp({ allow: [], clock: Date });
    closers.push(() => http.close());
    // The last two are names in this machine's own hosts file: only what they resolve to can decide.
    for (const host of ['127.0.0.1', '[::ffff:127.0.0.1]', '2130706433', 'localhost', 'ip6-localhost', hostname()]) {
      const answer = await http.get({ url: `http://${host}:${port}/`, headers: {}, deadlineAt: Date.now() + 5_000 });
      expect(answer.kind, host).toBe('failed');
    }
    expect(connections).toBe(0);
  });
});

describe('a close', () => {
  it.each<readonly [string, RequestListener]>([
    ['has not begun', () => {}],
    ['is half here', (_, response) => void response.writeHead(200).write('<rss>')],
  ])('gives up at once an answer that %s: no failure of the publisher, but a fault', async (_, listener) => {
    const asked = Promise.withResolvers<void>();
    const port = await listening(
      createServer((request, response) => {
        listener(request, response);
        setTimeout(asked.resolve, 50);
      }),
    );
    const http = createHttp({ allow: [`127.0.0.1:${port}`], clock: Date });
    const look = { url: `http://127.0.0.1:${port}/feed`, headers: {}, deadlineAt: Date.now() + 10_000 };
    const answer = http.get(look);
    await asked.promise;
    const before = performance.now();
    http.close();
    await expect(answer).rejects.toThrow('this host is stopping');
    expect(performance.now() - before).toBeLessThan(500);
    await expect(http.get(look)).rejects.toThrow('this host is stopping');
  });
});
