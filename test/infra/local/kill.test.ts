/** `kill -9` at any moment while feeds change: nothing is lost, and nothing is listed twice. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHost } from '../../../infra/local/host.ts';
import { type Listening, listenOnLoopback } from '../../../infra/local/loopback.ts';
import { loadConfig } from '../../../infra/local/watch-file.ts';
import { deliveriesOf } from '../../../shared/store/deliveries.ts';
import { issuesOf } from '../../../shared/store/issues.ts';

const command = resolve('infra/local/watchword.ts');
const kills = 20;
/**
 * Not drawn by chance, but spread: over the opening of the data, and over what follows its first line, which is the poll
 * after a `start`, and issue and sending in a `run`.
 */
const moments = Array.from({ length: kills }, (_, kill) => ({
  args: kill % 2 === 0 ? ['start', '--port', '0'] : ['run'],
  afterFirstLine: kill % 5 !== 4,
  ms: (kill * 7_919) % (kill % 5 === 4 ? 900 : 230),
}));

let folder: string;
let publisher: Listening;
/** Each feed shows so many articles. */
let published = 1;
const feeds = ['a', 'b', 'c', 'd'];

function document(feed: string): string {
  const items = Array.from({ length: published }, (_, n) => published - n).map(
    (number) =>
      `<item><guid isPermaLink="false">${feed}${number}</guid><title>Encryption story ${number} of ${feed}</title>` +
      `<pubDate>${new Date().toUTCString()}</pubDate></item>`,
  );
  return `<rss version="2.0"><channel><title>${feed}</title>${items.join('')}</channel></rss>`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchword-kill-'));
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/rss+xml');
    response.end(document((request.url ?? '/').slice(1)));
  });
  publisher = await listenOnLoopback(server, 0);
  await writeFile(
    join(folder, 'watch.yaml'),
    `deliver: {from: alerts@watchword.example, zone: UTC}
network: {allow: ['127.0.0.1:${publisher.port}']}
feeds:
${feeds.map((feed) => `  - {url: '${publisher.url}/${feed}', name: Feed ${feed}, every: 5m}`).join('\n')}
watches:
  - {watch: Encryption, any: [encryption~], noisy: ok}
digests:
  - {digest: At once, watches: [Encryption], when: at once, to: [press@reader.example]}
`,
  );
});

afterAll(async () => {
  await publisher.close();
  await rm(folder, { recursive: true, force: true });
});

function watchword(...args: readonly string[]) {
  const child = spawn(process.execPath, [command, ...args, '--watch', 'watch.yaml', '--data', 'data'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  child.stderr.on('data', (text) => {
    said += text;
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const spoke = new Promise<void>((done) => child.stdout.once('data', () => done()));
  return { child, ended, spoke, said: () => said };
}

describe('kill -9', () => {
  it(`at ${kills} moments of a start, then a run: every hit is in exactly one issue`, async () => {
    for (const { args, afterFirstLine, ms } of moments) {
      const { child, ended, said, spoke } = watchword(...args);
      if (afterFirstLine) await Promise.race([spoke, ended]);
      await delay(ms);
      published += 1;
      child.kill('SIGKILL');
      const code = await ended;
      if (args[0] === 'start')
        expect(code, said()).toBeNull(); // it does not end by itself
      else expect([null, 0], said()).toContain(code);
    }
    const last = watchword('run');
    expect(await last.ended, last.said()).toBe(0);

    const read = loadConfig(join(folder, 'watch.yaml'), '2026-11-23');
    if (!('config' in read)) throw new Error('the watch file is right');
    const { config } = read;
    const log = { info: () => {}, error: () => {} };
    const host = await openHost({
      config,
      data: join(folder, 'data'),
      clock: { now: Date.now },
      log,
      webBase: 'http://127.0.0.1',
      smtpUrl: null,
    });
    try {
      const [digest] = config.digests;
      const issues = await issuesOf(host.handlers.news, digest?.id ?? '', 1_000);
      const listed = issues.flatMap(({ hits }) => hits.map(({ entry }) => entry));
      expect(new Set(listed).size).toBe(listed.length);
      expect(listed.length).toBe(feeds.length * published);
      expect(issues.every(({ finished }) => finished)).toBe(true);
      const deliveries = await Promise.all(issues.map(({ id }) => deliveriesOf(host.handlers.people, id)));
      const states = deliveries.flat().map(({ state }) => state);
      expect(states.length).toBe(issues.length);
      const mails = host.mails().map(({ tags }) => tags.issue);
      // A mail that was handed over is known as sent, and none was handed over twice.
      expect(new Set(mails).size).toBe(mails.length);
      expect(states.filter((state) => state === 'SENT')).toHaveLength(mails.length);
      console.info(`${kills} kills: ${listed.length} hits in ${issues.length} issues, ${mails.length} mails sent.`);
    } finally {
      await host.close();
    }
  }, 180_000);
});
