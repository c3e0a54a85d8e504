/**
 * All publishers of the bench, as a process of its own so that its work is not counted: one server on loopback that tells
 * them apart by their names. It tells its port to the process that started it, and ends with it.
 */
import { createServer, type RequestListener } from 'node:http';
import https from 'node:https';
import { listenOnLoopback } from '../../../infra/local/loopback.ts';
import { MINUTE } from '../../../shared/time.ts';
import { sampleHeadlines } from '../../../shared/watch/sample-headlines.ts';
import { identity } from '../../fetch/small-internet.ts';
import { publishersOf } from './publishers.ts';

const entries = 20;
const [count, scheme] = [Number(process.argv[2]), process.argv[3]];
/** Whether publishers send their document again, whatever is known of it. */
const always = process.argv[4] === 'always';
const startedAt = Date.now();

function document(publisher: number): string {
  const items = Array.from({ length: entries }, (_, entry) => {
    const n = publisher * entries + entry;
    return (
      `<item><guid isPermaLink="false">${n}</guid><title>${sampleHeadlines[n % sampleHeadlines.length]} ${n}</title>` +
      `<link>https://outlet.example/${n}</link><pubDate>${new Date(startedAt - entry * 10 * MINUTE).toUTCString()}</pubDate>` +
      `<description>${'The council said that it would look at the matter again in the spring. '.repeat(12)}</description></item>`
    );
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${publisher}</title>${items.join('')}</channel></rss>`;
}

/** Written before anybody asks: what a publisher's own work costs is not the question. */
const publishers = new Map(
  publishersOf(count).map(({ host, answerMs }, n) => [
    host,
    { answerMs, etag: `"${n}"`, body: Buffer.from(document(n)) },
  ]),
);

const answer: RequestListener = ({ headers }, response) => {
  const publisher = publishers.get(headers.host ?? '');
  if (publisher === undefined || publisher.answerMs === null) return;
  setTimeout(() => {
    const { etag, body } = publisher;
    if (headers['if-none-match'] === etag && !always) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(body);
  }, publisher.answerMs);
};

const server = scheme === 'https' ? https.createServer(identity('feeds'), answer) : createServer(answer);
const { port } = await listenOnLoopback(server, 0);
process.send?.(port);
process.once('disconnect', () => process.exit());
setTimeout(() => process.exit(1), 5 * MINUTE).unref();
