/**
 * One pass over 1,000 feeds on loopback, 20 entries each, with the watches of seeds/, and a second pass over the same
 * feeds unchanged: wall time and peak memory of the whole process. `npm run bench:pass`
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { listenOnLoopback } from '../../infra/local/loopback.ts';
import { sampleHeadlines } from '../../shared/watch/sample-headlines.ts';

const feeds = 1_000;
const entries = 20;
const command = resolve('infra/local/watchword.ts');

/** One headline in forty is about what the watches of seeds/ look for. */
function document(feed: number): string {
  const items = Array.from({ length: entries }, (_, entry) => {
    const n = feed * entries + entry;
    const title =
      n % 40 === 0
        ? `Ministers ask platforms about encrypted chats, ${n}`
        : `${sampleHeadlines[n % sampleHeadlines.length]} ${n}`;
    return (
      `<item><guid isPermaLink="false">${n}</guid><title>${title}</title><link>https://outlet.example/${n}</link>` +
      `<description>${'The council said that it would look at the matter again in the spring. '.repeat(6)}</description>` +
      `<pubDate>${new Date(startedAt - entry * 600_000).toUTCString()}</pubDate></item>`
    );
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${feed}</title>${items.join('')}</channel></rss>`;
}

const startedAt = Date.now();
const server = createServer((request, response) => {
  const etag = `"${request.url}"`;
  if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else
    response
      .writeHead(200, { etag, 'content-type': 'application/rss+xml' })
      .end(document(Number(request.url?.slice(2))));
});
const publisher = await listenOnLoopback(server, 0);
const folder = await mkdtemp(join(tmpdir(), 'watchword-bench-'));

/** The watches, lists and digests of seeds/, over these feeds. */
const seeds = await readFile('seeds/watch.yaml', 'utf8');
const rest = seeds.slice(seeds.indexOf('\nlists:')).replace(/^ *feeds: .*$/gm, '');
await writeFile(
  join(folder, 'watch.yaml'),
  `deliver: {from: alerts@watchword.example, zone: Europe/London}\nnetwork: {allow: ['127.0.0.1:${publisher.port}']}\nfeeds:\n${Array.from({ length: feeds }, (_, n) => `  - {url: '${publisher.url}/f${n}', name: Feed ${n}}`).join('\n')}\n${rest}`,
);

for (const pass of ['first', 'second, unchanged']) {
  const began = performance.now();
  const { json, peakMb } = await runOnce();
  const seconds = (performance.now() - began) / 1_000;
  const { feeds: looked, entries: seen, hits, mails } = JSON.parse(json);
  console.log(
    `${pass} pass: ${seconds.toFixed(1)} s, peak ${peakMb} MB; ${looked.read} read, ${looked.unchanged} unchanged, ` +
      `${looked.failed} failed; ${seen.new} new entries, ${hits} hits, ${mails.length} mails`,
  );
}
await publisher.close();
await rm(folder, { recursive: true });

/** Peak memory as the system counts it (VmHWM), asked while the process lives. */
async function runOnce(): Promise<{ json: string; peakMb: number }> {
  const child = spawn(process.execPath, [command, 'run', '--json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let json = '';
  child.stdout.on('data', (text) => {
    json += text;
  });
  let peakMb = 0;
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peakMb = Math.max(peakMb, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024));
  }, 25);
  const code = await new Promise((done) => child.once('close', done));
  clearInterval(watch);
  if (code !== 0) throw new Error(`watchword run ended with ${code}`);
  return { json, peakMb };
}
