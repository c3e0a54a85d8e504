/** What goes over the wire in a poll that finds nothing new, counted by the server that it reaches. */
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { listenOnLoopback } from '../../infra/local/loopback.ts';
import { fetchFeed } from '../../shared/fetch/fetch-feed.ts';
import { createHttp } from '../../shared/fetch/http.ts';
import { anyAddress, identity, smallInternet } from './small-internet.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const url = 'https://feeds.example/world/news/europe/rss.xml';
const validators = {
  url,
  etag: 'W/"5f3-6a9f1c2b7d8e4f0a9b1c2d3e4f5a6b7c"',
  lastModified: 'Mon, 23 Nov 2026 07:12:45 GMT',
};

async function gateTo(port: number) {
  const network = smallInternet({ names: { 'feeds.example': [anyAddress] }, ports: { 443: port } });
  const http = createHttp({ allow: [], clock: Date, network });
  closers.push(async () => http.close());
  return http;
}

/** The first record of TLS that somebody sends: the length stands in its fourth and fifth byte (RFC 8446, 5.1). */
async function helloBytes(call: (port: number) => void): Promise<number> {
  const server = net.createServer();
  const { port, close } = await listenOnLoopback(server, 0);
  closers.push(close);
  call(port);
  const [socket] = (await once(server, 'connection')) as [net.Socket];
  const [first] = (await once(socket, 'data')) as [Buffer];
  return first.readUInt16BE(3);
}

describe('on the wire', () => {
  it('a poll that finds nothing new sends at most 1.2 kB, handshake and all', async () => {
    const server = tls.createServer(identity('feeds'), (socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n'));
    });
    const { port, close } = await listenOnLoopback(server, 0);
    closers.push(close);
    const connection = once(server, 'connection') as Promise<[net.Socket]>;
    const http = await gateTo(port);
    expect(await fetchFeed({ http, clock: Date }, { url }, { validators, bodyHash: null })).toMatchObject({
      kind: 'unchanged',
    });
    const [socket] = await connection;
    if (!socket.closed) await once(socket, 'close');
    expect(socket.bytesRead).toBeGreaterThan(500);
    expect(socket.bytesRead).toBeLessThanOrEqual(1_200);
  });

  it('a handshake begins with a hello of one small key share', async () => {
    const ours = await helloBytes(async (port) => {
      const http = await gateTo(port);
      // Nobody answers: the look is given up when the test is over.
      await http.get({ url, headers: {}, deadlineAt: Date.now() + 1_000 }).catch(() => {});
    });
    // What Node would send by itself: as long as it is larger, the setting is worth its line.
    const usual = await helloBytes((port) => {
      const socket = tls.connect({ host: '127.0.0.1', port, servername: 'feeds.example', ALPNProtocols: ['http/1.1'] });
      socket.on('error', () => {});
    });
    expect(ours).toBeLessThan(600);
    expect(usual - ours).toBeGreaterThan(1_000);
  });

  it('feeds of one host share one handshake', async () => {
    let handshakes = 0;
    const server = tls.createServer(identity('feeds'), (socket) => {
      handshakes += 1;
      socket.on('error', () => {});
      socket.on('data', () => socket.write('HTTP/1.1 304 Not Modified\r\n\r\n'));
    });
    const { port, close } = await listenOnLoopback(server, 0);
    closers.push(close);
    const http = await gateTo(port);
    for (let feed = 0; feed < 3; feed += 1) {
      const answer = await http.get({ url, headers: {}, deadlineAt: Date.now() + 5_000, group: 'feeds.example' });
      expect(answer).toMatchObject({ kind: 'answer', status: 304 });
    }
    expect(handshakes).toBe(1);
  });
});
