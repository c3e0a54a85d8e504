/** `watchword start` while a publisher keeps it waiting, and somebody presses Ctrl-C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type Listening, listenOnLoopback } from '../../../../infra/local/loopback.ts';
import { type Folder, openFolder } from '../folder.ts';
import { rssOf } from '../odd-publisher.ts';

let folder: Folder;
let publisher: Listening;
let answers = false;
let asked = Promise.withResolvers<void>();

beforeAll(async () => {
  folder = await openFolder();
  const server = createServer((request, response) => {
    if (answers || request.url === '/prompt') response.end(rssOf(`Encryption at ${request.url}`));
    else {
      response.writeHead(200).write('<rss'); // and no more
      asked.resolve();
    }
  });
  publisher = await listenOnLoopback(server, 0);
  await folder.write('watch.yaml', watchFile('/prompt', '/hanging'));
});

const watchFile = (...paths: readonly string[]) => `deliver: {from: alerts@watchword.example, zone: UTC}
network: {allow: ['127.0.0.1:${publisher.port}']}
feeds:
${paths.map((path) => `  - {url: '${publisher.url}${path}', name: 'Feed ${path}'}`).join('\n')}
watches:
  - {watch: Encryption, any: [encryption~], noisy: ok}
digests:
  - {digest: At once, watches: [Encryption], when: at once, to: [press@reader.example]}
`;

afterAll(async () => {
  await publisher.close();
  await folder.remove();
});

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [resolve('infra/local/watchword.ts'), 'start', '--port', '0', ...args], {
    cwd: folder.path,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  return { child, exited: once(child, 'exit'), said: () => said };
}

it('Ctrl-C gives up the look at a feed that hangs: no fault is told or stored, and nothing is lost', async () => {
  asked = Promise.withResolvers();
  const { child, exited, said } = start();
  await asked.promise;
  const before = performance.now();
  child.kill('SIGINT');
  expect(await exited, said()).toEqual([0, null]);
  expect(performance.now() - before).toBeLessThan(2_500);
  // The poll came to its end before the database was closed.
  expect(said()).toMatch(/Stopping.*Looked at 1 feed: 1 read, 0 unchanged, 0 failing/s);
  expect(said()).not.toMatch(/Fault|\n\s+at /);

  answers = true;
  const { code, out, err } = await folder.run('run', '--json');
  expect(code, err).toBe(0);
  const { feeds, mails } = JSON.parse(out);
  expect(feeds.failed).toBe(0);
  const told = readdirSync(join(folder.path, '.watchword/mail')).filter((name) => name.endsWith('.eml'));
  const text = told.map((name) => readFileSync(join(folder.path, '.watchword/mail', name), 'utf8')).join();
  expect(mails.length).toBeGreaterThan(0);
  expect(text).toContain('Encryption at /hanging');
  expect(text).toContain('Encryption at /prompt');
}, 30_000);

it('with any free port, it answers where it says that it does', async () => {
  answers = true;
  const { child, exited, said } = start('--data', 'any-port');
  await expect.poll(said, { timeout: 10_000 }).toContain('Stop with Ctrl-C');
  const [url = ''] = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(said()) ?? [];
  expect((await fetch(url)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exited, said()).toEqual([0, null]);
}, 30_000);
