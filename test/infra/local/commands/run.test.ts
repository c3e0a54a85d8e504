/** `watchword run` as a person or a script meets it, over feeds of which most misbehave. */

import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listenOnLoopback } from '../../../../infra/local/loopback.ts';
import { type Folder, openFolder } from '../folder.ts';
import { oddities, openOddPublisher } from '../odd-publisher.ts';

let folder: Folder;
let publisher: Listening;
let nobodyPort: number;

const watchFile = (paths: readonly string[]) => `deliver: {from: 'Watchword <alerts@watchword.example>', zone: UTC}
network: {allow: ['127.0.0.1:${publisher.port}', '127.0.0.1:${nobodyPort}']}
feeds:
${paths.map((path) => `  - {url: '${publisher.url}${path}', name: 'Feed ${path}'}`).join('\n')}
  - {url: 'http://127.0.0.1:${nobodyPort}/nobody', name: 'Feed /nobody'}
watches:
  - {watch: Encryption, any: [encryption~], noisy: ok}
  - {watch: Floods, any: [flood~], noisy: ok}
digests:
  - {digest: Brief, watches: [Encryption, Floods], when: every day at 07:00, to: [press@reader.example], empty: send}
`;

beforeAll(async () => {
  folder = await openFolder();
  publisher = await openOddPublisher();
  const nobody = await listenOnLoopback(createServer(), 0);
  nobodyPort = nobody.port;
  await nobody.close();
});

afterAll(async () => {
  await publisher.close();
  await folder.remove();
});

describe('watchword run', () => {
  it('reads what can be read, names what cannot, and says so in one JSON object', async () => {
    await folder.write('watch.yaml', watchFile(['/fine', ...Object.keys(oddities), '/also-fine']));
    const { code, out, err } = await folder.run('run', '--json');
    expect(code, err).toBe(0);
    const summary = JSON.parse(out);
    expect(summary).toEqual({
      feeds: { read: 2, unchanged: 0, failed: Object.keys(oddities).length + 1 },
      entries: { seen: 4, new: 4 }, // one of them is the whole entry of the truncated document
      articles: { read: 0, notRead: 0 },
      hits: 3,
      issues: [{ digest: 'Brief', hits: 3 }],
      mails: [expect.stringMatching(/\.eml$/)],
    });
    const { subject, text = '' } = await PostalMime.parse(await readFile(join(folder.path, summary.mails[0])));
    expect(subject).toMatch(/^2 stories: Encryption \(2\)/);
    const failing = text.split('\n').filter((line) => line.includes('Feed /'));
    for (const [path, why] of [...Object.entries(oddities), ['/nobody', 'Unreachable']] as const) {
      const line = failing.find((each) => each.includes(`Feed ${path}:`));
      expect(line, `${path}\n${text}`).toContain(`Feed ${path}: ${why}; failing since `);
    }
    // The two that were read are told as read, not as failing.
    expect(failing.some((line) => /Feed \/(?:also-)?fine:/.test(line))).toBe(false);
    expect(text).toMatch(/Feeds read\D*2 of 16/);
    expect(text).toMatch(/Floods\D*found none in 2 feeds/);
  }, 30_000);

  it('has nothing to tell the second time: no hit, no mail', async () => {
    await folder.write('watch.yaml', watchFile(['/fine', '/also-fine', '/html']));
    const { code, out } = await folder.run('run', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      feeds: { read: 0, unchanged: 2, failed: 2 },
      hits: 0,
      issues: [],
      mails: [],
    });
  });

  it('tells every problem of a watch file and does nothing', async () => {
    await folder.write('wrong.yaml', 'feeds: 1\nwatchs: []\n');
    const { code, out, err } = await folder.run('run', '--watch', 'wrong.yaml', '--json', '--data', 'never');
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^wrong\.yaml:1:8: /m);
    expect(err).toMatch(/^wrong\.yaml:2:1: .*watches/m);
  });
});

describe('what keeps a host from its work is one sentence', () => {
  const oneSentence = /^[A-Z“][^\n]*\.\n$/;

  it('a data folder of a newer version', async () => {
    await folder.run('run', '--data', 'newer');
    await folder.write('newer/version.json', '{"format":2}');
    const { code, err } = await folder.run('run', '--data', 'newer');
    expect(code).toBe(1);
    expect(err).toMatch(oneSentence);
    expect(err).toMatch(/newer/);
  }, 30_000);

  it('a database that is lost, though the rest is there', async () => {
    await folder.run('run', '--data', 'lost');
    await rm(join(folder.path, 'lost/tables/CURRENT'));
    const { code, out, err } = await folder.run('run', '--data', 'lost');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(oneSentence);
    expect(err).toContain('tables/CURRENT');
  }, 30_000);

  it('a key of links that is cut', async () => {
    await folder.run('run', '--data', 'cut');
    await folder.write('cut/keys.json', '');
    const { code, err } = await folder.run('run', '--data', 'cut');
    expect(code).toBe(1);
    expect(err).toMatch(oneSentence);
  }, 30_000);

  it('a file where the folder should be', async () => {
    await folder.write('file', '');
    const { code, err } = await folder.run('run', '--data', 'file/data');
    expect(code).toBe(1);
    expect(err).toMatch(oneSentence);
  });

  it('a port in use', async () => {
    const { code, err } = await folder.run('start', '--port', String(publisher.port), '--data', 'port');
    expect(code).toBe(1);
    expect(err).toMatch(oneSentence);
    expect(err).toMatch(/port/i);
  });

  it('an SMTP address that is none', async () => {
    const { code, err } = await folder.runWith({ SMTP_URL: 'mail.example.org' }, 'run', '--data', 'smtp');
    expect(code).toBe(1);
    expect(err).toMatch(oneSentence);
  });
});

describe('wrong usage', () => {
  it.each([
    [[]],
    [['nonsense']],
    [['run', '--bogus']],
    [['start', '--port', 'x']],
    [['match']],
    [['parse']],
    [['match', 'x.xml', '--at', '2026-02-30']],
  ])('%j ends with 2', async (args) => {
    const { code, out, err } = await folder.run(...args);
    expect(code).toBe(2);
    expect(out + err).not.toMatch(/\n\s+at /); // no stack
  });

  it.each(['demo', 'start', 'run', 'check', 'parse', 'match'])('%s --help tells how', async (name) => {
    const { code, out, err } = await folder.run(name, '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`watchword ${name}`);
  });
});
