/** Against servers on this machine that misbehave on purpose. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../shared/fetch/http.ts';
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

const openAt = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => server.getConnections((fault, count) => (fault ? reject(fault) : resolve(count))));

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

  it('uses one connection for all answers to a group, which ends when it hangs up', async () => {
    let connections = 0;
    const server = createServer((_, response) => response.end('x'));
    server.on('connection', () => {
      connections += 1;
    });
    const port = await listening(server);
    const http = createHttp({ allow: [`127.0.0.1:${port}`], clock: Date });
    closers.push(() => http.close());
    const ask = (group?: string) =>
      http.get({
        url: `http://127.0.0.1:${port}/`,
        headers: {},
        deadlineAt: Date.now() + 5_000,
        ...(group === undefined ? {} : { group }),
      });
    for (let turn = 0; turn < 3; turn += 1) await ask('one');
    expect(connections).toBe(1);
    expect(await openAt(server)).toBe(1);
    await ask('another');
    expect(connections).toBe(2);
    await http.hangUp('one');
    await expect.poll(() => openAt(server)).toBe(1);
    await http.hangUp('another');
    await expect.poll(() => openAt(server)).toBe(0);
    await ask('one');
    expect(connections).toBe(3);
  });

  it('does not hang up on a request of the group that is still under way', async () => {
    const server = createServer((_, response) => void setTimeout(() => response.end('x'), 200));
    const port = await listening(server);
    const http = createHttp({ allow: [`127.0.0.1:${port}`], clock: Date });
    closers.push(() => http.close());
    const url = `http://127.0.0.1:${port}/`;
    const answer = http.get({ url, headers: {}, deadlineAt: Date.now() + 5_000, group: 'one' });
    await expect.poll(() => openAt(server)).toBe(1);
    await http.hangUp('one');
    expect(await answer).toMatchObject({ kind: 'answer', status: 200 });
    await http.hangUp('one');
    await expect.poll(() => openAt(server)).toBe(0);
  });

  it('keeps no connection for a request of no group: a function that sleeps would wake up to a dead one', async () => {
    const server = createServer((_, response) => response.end('x'));
    const port = await listening(server);
    const http = createHttp({ allow: [`127.0.0.1:${port}`], clock: Date });
    closers.push(() => http.close());
    await http.get({ url: `http://127.0.0.1:${port}/`, headers: {}, deadlineAt: Date.now() + 5_000 });
    await expect.poll(() => openAt(server)).toBe(0);
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
    const request = () =>
      http.get({ url: `http://127.0.0.1:${port}/`, headers: {}, deadlineAt: Date.now() + 5_000, group: 'one' });
    expect((await request()).kind).toBe('answer');
    expect((await request()).kind).toBe('answer');
    expect(asked).toBe(3);
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
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (free) return port;
  }
  throw new Error('ports 8080 and 8443 are both in use');
}

describe('the gate to the real network', () => {
  it('connects to no private address, whichever way it is named (rows 1, 3, 4)', async () => {
    let connections = 0;
    const server = createServer((_, response) => response.end('secret'));
    server.on('connection', () => {
      connections += 1;
    });
    const port = await usualPort(server);
    closers.push(() => server.close());
    const http = createHttp({ allow: [], clock: Date });
    closers.push(() => http.close());
    for (const host of ['127.0.0.1', '[::ffff:127.0.0.1]', '2130706433', 'localhost']) {
      const answer = await http.get({ url: `http://${host}:${port}/`, headers: {}, deadlineAt: Date.now() + 5_000 });
      expect(answer.kind, host).toBe('failed');
    }
    expect(connections).toBe(0);
  });

  it('looks up a name that the operator allows as this machine does', async () => {
    const port = await listening(createServer((_, response) => response.end('x')));
    const http = createHttp({ allow: [`localhost:${port}`], clock: Date });
    closers.push(() => http.close());
    const answer = await http.get({ url: `http://localhost:${port}/`, headers: {}, deadlineAt: Date.now() + 5_000 });
    expect(answer).toMatchObject({ kind: 'answer', status: 200 });
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
