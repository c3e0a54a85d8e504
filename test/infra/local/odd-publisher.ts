/** A publisher of which every address misbehaves in its own way, but for `/fine` and `/also-fine`. */
import { createServer, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Listening, listenOnLoopback } from '../../../infra/local/loopback.ts';

const today = new Date().toUTCString();

export function rssOf(...titles: readonly string[]): string {
  const items = titles.map(
    (title, n) =>
      `<item><guid isPermaLink="false">${n}-${title}</guid><title>${title}</title><link>https://outlet.example/${encodeURIComponent(title)}</link>` +
      `<pubDate>${today}</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>`;
}

const fine = rssOf('Chats were encrypted', 'A bus is late');

const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/fine': (response) => response.end(fine),
  '/also-fine': (response) => response.end(rssOf('Encryption again')),
  '/html': (response) => response.end('<!doctype html><html><body><h1>Please log in</h1></body></html>'),
  '/empty': (response) => response.end(''),
  '/cut': (response) => {
    response.writeHead(200, { 'content-length': fine.length });
    response.write(fine.slice(0, 300));
    setTimeout(() => response.destroy(), 50);
  },
  '/truncated': (response) => response.end(fine.slice(0, fine.indexOf('A bus'))),
  '/not-found': (response) => response.writeHead(404).end(),
  '/gone': (response) => response.writeHead(410).end(),
  '/broken': (response) => response.writeHead(500).end(),
  '/forbidden': (response) => response.writeHead(403).end(),
  '/text': (response) => response.end('This is no feed at all.'),
  '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
  '/away': (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  '/bomb': (response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(60_000_000, ' '))),
  '/drip': (response) => {
    const drip = setInterval(() => response.write(' '), 100);
    response.on('close', () => clearInterval(drip));
  },
};

/** Addresses, and what a receipt says of them. */
export const oddities: Readonly<Record<string, string>> = {
  '/html': 'Not a feed',
  '/empty': 'Not a feed',
  '/cut': 'Cut off',
  '/truncated': 'Cut off',
  '/not-found': 'Not found',
  '/gone': 'Gone',
  '/broken': 'Server error',
  '/forbidden': 'Blocked by the publisher',
  '/text': 'Not a feed',
  '/loop': 'No usable answer',
  '/away': 'Not allowed',
  '/bomb': 'Too large',
  '/drip': 'No answer in time',
};

export function openOddPublisher(): Promise<Listening> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/rss+xml');
    (answers[request.url ?? ''] ?? answers['/not-found'])?.(response);
  });
  return listenOnLoopback(server, 0);
}
