/**
 * A publisher on loopback that does, byte for byte, what no publisher should. Each path is one way to hurt whoever asks;
 * what it does ends when the asker hangs up, and in any case with the test.
 */
import net, { type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type Listening, listenOnLoopback } from '../../infra/local/loopback.ts';

export interface HostileOrigin extends Listening {
  /** The head of each request, in order. */
  readonly asked: string[];
  /** Connections that are open now. */
  connections(): number;
}

/** @param identity speaks TLS with it */
export async function hostileOrigin(identity?: {
  readonly cert: string;
  readonly key: string;
}): Promise<HostileOrigin> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server: Server = identity === undefined ? net.createServer() : tls.createServer(identity);
  server.on(identity === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    let head = '';
    socket.on('data', (bytes) => {
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      asked.push(head);
      const path = head.split(/[ ?]/)[1] ?? '/';
      head = '';
      wayOf(path)(socket);
    });
  });
  return { ...(await listenOnLoopback(server, 0)), asked, connections: () => open.size };
}

type Way = (socket: Socket) => void;

/** `/302/URL` redirects there; `/hops/5` does so five times; every other path is one of `ways`. */
function wayOf(path: string): Way {
  const [, status, to] = /^\/(30\d)\/(.*)$/.exec(path) ?? [];
  if (to !== undefined) return saying(redirect(decodeURIComponent(to), status));
  const hops = Number(/^\/hops\/(\d+)$/.exec(path)?.[1] ?? 0);
  if (hops > 0) return saying(redirect(hops === 1 ? '/feed' : `/hops/${hops - 1}`));
  return ways[path] ?? saying('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
}

const redirect = (to: string, status = '302') =>
  `HTTP/1.1 ${status} Elsewhere\r\nLocation: ${to}\r\nContent-Length: 0\r\n\r\n`;
const feed =
  '<rss version="2.0"><channel><title>T</title><item><title>One</title><guid>1</guid></item></channel></rss>';
const ok = 'HTTP/1.1 200 OK\r\n';

/** Sends this, and keeps the connection. */
function saying(...parts: readonly (string | Buffer)[]): Way {
  const answer = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return (socket) => socket.write(answer);
}

/** Sends this, then hangs up. */
function leaving(...parts: readonly (string | Buffer)[]): Way {
  const say = saying(...parts);
  return (socket) => {
    say(socket);
    socket.end();
  };
}

/** Sends the beginning, then the drop every 20 ms for ever: five times as fast as is usual, to be caught sooner. */
function dripping(beginning: string, drop: string): Way {
  return (socket) => {
    socket.write(beginning);
    const drip = setInterval(() => socket.write(drop), 20);
    socket.on('close', () => clearInterval(drip));
  };
}

/** Sends the beginning, then the chunk as fast as it is taken, for ever. */
function pouring(beginning: string | Buffer, chunk: Buffer): Way {
  return (socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.write(beginning);
    socket.on('drain', pour);
    pour();
  };
}

/** A chunked body in one chunk, its last chunk, and what follows that. */
const chunked = (body: string, rest: string) =>
  `${ok}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n${rest}`;

const packed = (encoding: string, body: Buffer) =>
  leaving(`${ok}Content-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`, body);

const zeros = Buffer.alloc(256 * 1024 * 1024);
const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
const emptyDeflateBlocks = Buffer.from([0, 0, 0, 0xff, 0xff].concat(...Array(6_000).fill([0, 0, 0, 0xff, 0xff])));

const ways: Readonly<Record<string, Way>> = {
  '/feed': saying(`${ok}Content-Length: ${feed.length}\r\n\r\n${feed}`),
  '/circle': saying(redirect('/elcric')),
  '/elcric': saying(redirect('/circle')),
  '/same': saying(redirect('/same')),
  '/long-location': saying(redirect(`/${'x'.repeat(2_000)}`)),
  '/silence': () => {},
  '/body-drip': dripping(`${ok}Content-Length: 100000\r\n\r\n`, 'x'),
  '/redirect-drip': dripping('HTTP/1.1 302 Found\r\nLocation: /feed\r\nContent-Length: 100000\r\n\r\n', 'x'),
  '/chunk-drip': dripping(`${ok}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'),
  '/header-drip': dripping(ok, 'x: y\r\n'),
  '/header-value-drip': dripping(`${ok}x: `, 'y'),
  '/status-drip': dripping('', 'H'),
  '/hints-drip': dripping('', 'HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n'),
  '/trailer-drip': dripping(chunked(feed, ''), 'x: y\r\n'),
  '/header-1-mb': leaving(`${ok}x: ${'y'.repeat(1_000_000)}\r\n\r\n${feed}`),
  '/headers-10000': leaving(`${ok}${'name: some value\r\n'.repeat(10_000)}\r\n${feed}`),
  '/trailer-1-mb': leaving(chunked(feed, `x: ${'y'.repeat(1_000_000)}\r\n\r\n`)),
  '/chunk-extension-1-mb': leaving(
    `${ok}Transfer-Encoding: chunked\r\n\r\n1;${'y'.repeat(1_000_000)}\r\nx\r\n0\r\n\r\n`,
  ),
  '/gzip-bomb': packed('gzip', gzipSync(zeros)),
  '/gzip-bomb-members': packed('gzip', Buffer.concat(Array(26).fill(gzipSync(zeros.subarray(0, 10_000_000))))),
  '/gzip-endless-nothing': pouring(
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: gzip\r\n\r\n`), gzipHead]),
    emptyDeflateBlocks,
  ),
  '/endless': pouring(`${ok}\r\n`, Buffer.alloc(65_536, '<')),
  '/brotli-bomb': packed('br', brotliCompressSync(zeros.subarray(0, 64 * 1024 * 1024))),
  '/gzip-gzip': packed('gzip, gzip', gzipSync(gzipSync(feed))),
  '/gzip-gzip-lines': packed('gzip\r\nContent-Encoding: gzip', gzipSync(gzipSync(feed))),
  '/deflate': packed('deflate', Buffer.from(feed)),
  '/not-gzip': packed('gzip', Buffer.from(feed)),
  '/short': leaving(`${ok}Content-Length: 1000\r\n\r\n<rss>`),
  '/http-1.0-cut': leaving(`HTTP/1.0 200 OK\r\n\r\n${feed.slice(0, -30)}`),
  '/http-1.0-whole': leaving(`HTTP/1.0 200 OK\r\n\r\n${feed}`),
  '/chunks-cut': leaving(`${ok}Transfer-Encoding: chunked\r\n\r\n${feed.length.toString(16)}\r\n${feed}\r\n`),
  '/gzip-no-trailer': leaving(
    `${ok}Content-Encoding: gzip\r\nConnection: close\r\n\r\n`,
    gzipSync(feed).subarray(0, -8),
  ),
  '/gzip-false-trailer': leaving(
    `${ok}Content-Encoding: gzip\r\nConnection: close\r\n\r\n`,
    gzipSync(feed).subarray(0, -8),
    Buffer.alloc(8, 1),
  ),
  '/reset': (socket) => {
    socket.write(`${ok}Content-Length: 1000\r\n\r\n<rss>`, () => socket.resetAndDestroy());
  },
  '/two-lengths': leaving(`${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\n<rss/>`),
  '/length-and-chunks': leaving(`${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
  '/not-http': leaving('SSH-2.0-OpenSSH_9.9\r\n'),
  '/nothing': leaving(''),
  '/another-protocol': saying('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
};

/** Every path but the two that are a feed. */
export const hostilePaths = Object.keys(ways).filter((path) => path !== '/feed' && path !== '/http-1.0-whole');
