/** `watchword replay` over what a host read of the recorded feeds: it finds again exactly what was stored live. */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Host, openHost } from '../../infra/local/host.ts';
import type { Listening } from '../../infra/local/loopback.ts';
import { type Edition, serveSeeds } from '../../infra/local/seed-server.ts';
import { seedsConfig } from '../../infra/local/seeds-config.ts';
import type { ReplayReport, WatchReplay } from '../../shared/poll/replay.ts';
import { hitsOfWatch } from '../../shared/store/hits.ts';
import { HOUR, localDay } from '../../shared/time.ts';
import { type Folder, openFolder } from '../infra/local/folder.ts';

let folder: Folder;
let publishers: Listening;
let host: Host;
/** Of the watch file with the port at which the feeds are served. */
let watchFile: string;
/** Live, `watch < day`: how many hits are stored. */
const stored = new Map<string, number>();

const git = (...args: readonly string[]) =>
  execFileSync('git', ['-C', folder.path, '-c', 'user.name=A', '-c', 'user.email=a@watchword.example', ...args]);

beforeAll(async () => {
  folder = await openFolder();
  let edition: Edition = 1;
  // The first edition was read yesterday. A poll of the past reads the articles of that time.
  let now = Date.now() - 24 * HOUR;
  publishers = await serveSeeds({ port: 0, edition: () => edition, clock: () => now });
  watchFile = (await readFile('seeds/watch.yaml', 'utf8')).replaceAll('127.0.0.1:8411', `127.0.0.1:${publishers.port}`);
  await folder.write('watch.yaml', watchFile);
  const config = seedsConfig(publishers.port);
  host = await openHost({
    config,
    data: join(folder.path, '.watchword'),
    clock: { now: () => now },
    log: { info: () => {}, error: (event, fault) => expect.fail(`${event}: ${fault}`) },
    webBase: 'http://127.0.0.1:8420',
    smtpUrl: null,
  });
  await host.pass();
  now += 24 * HOUR;
  edition = 2;
  await host.pass();
  for (const { id, name } of config.watches) {
    for (const { foundAt } of await hitsOfWatch(host.handlers.news, id)) {
      const key = `${name} < ${localDay(foundAt, 'Europe/London')}`;
      stored.set(key, (stored.get(key) ?? 0) + 1);
    }
  }
}, 60_000);

afterAll(async () => {
  await host.close();
  await publishers.close();
  await folder.remove();
});

async function replayed(...args: readonly string[]): Promise<ReplayReport> {
  const { code, out, err } = await folder.run('replay', '--json', ...args);
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

const changed = ({ watches }: ReplayReport): readonly WatchReplay[] =>
  watches.filter(({ total }) => total.gained + total.lost > 0);

describe('watchword replay', () => {
  it('counts, beside the running host, what was stored live on the same days', async () => {
    const { watches, days } = await replayed();
    const counts = watches.flatMap(({ watch, days }) =>
      days.map(({ day, kept }): [string, number] => [`${watch} < ${day}`, kept]),
    );
    expect(days).toHaveLength(2);
    expect(new Map(counts)).toEqual(stored);
    expect([...stored.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(45);
    expect(stored.size).toBeGreaterThan(watches.length);
  });

  it('counts only the days that are asked for', async () => {
    const { watches, days } = await replayed('--days', '1');
    const today = [...stored].filter(([key]) => key.endsWith(` < ${days[0]}`));
    expect(days).toHaveLength(1);
    expect(watches.reduce((sum, { total }) => sum + total.kept, 0)).toBe(today.reduce((sum, [, n]) => sum + n, 0));
  });

  it('says what an edited term gains and loses, against a file and against a revision', async () => {
    await folder.write('before.yaml', watchFile);
    git('init', '--quiet');
    git('add', 'watch.yaml');
    git('commit', '--quiet', '--message', 'Watches');
    await folder.write(
      'watch.yaml',
      watchFile
        .replace('any: [encryption~, end-to-end', 'any: [encryption~, secret chat, end-to-end')
        .replace('none: [full-disk encryption~]', 'none: [full-disk encryption~, six pictures]'),
    );
    const report = await replayed('--against', 'before.yaml');
    expect(changed(report)).toMatchObject([
      {
        watch: 'Encryption',
        total: { kept: expect.any(Number), gained: 1, lost: 1 },
        gained: [{ title: 'Tech firms pressed over secret chats of Thornmouth attacker', outlet: 'Fell & Shore' }],
        lost: [{ title: 'How end to end messaging works, in six pictures' }],
      },
    ]);
    expect(await replayed('--against', 'HEAD')).toEqual(report);
    const { out } = await folder.run('replay', '--against', 'HEAD');
    expect(out).toMatch(/Encryption +\d+ hits: \d+ kept, 1 gained, 1 lost\n/);
    expect(out).toMatch(/\n +\+ Tech firms pressed .*\(Fell & Shore\)\n +- How end to end messaging works/);
    await folder.write('watch.yaml', watchFile);
    expect(changed(await replayed('--against', 'HEAD'))).toEqual([]);
  });

  it('fails when a watch finds more a day than it may', async () => {
    const most = Math.max(...stored.values());
    expect((await folder.run('replay', '--max-per-day', `${most}`)).code).toBe(0);
    const { code, err } = await folder.run('replay', '--max-per-day', `${most - 1}`);
    expect([code, err]).toEqual([1, expect.stringContaining(`${most} hits on `)]);
  });
});

describe('watchword replay says in a sentence', () => {
  it.each([
    ['that there is no history', ['--data', 'empty'], 1, 'There is no history of the last 7 days in empty/history: '],
    ['that a revision is not known', ['--against', 'nothing'], 1, 'nothing'],
    ['what a wrong number should be', ['--days', '31'], 2, '--days is a whole number, 1 to 30, and not “31”.'],
  ])('%s', async (_, args, code, sentence) => {
    const ran = await folder.run('replay', ...args);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(sentence);
    expect(ran.err).not.toContain('    at ');
  });

  it('that there is no repository', async () => {
    const elsewhere = await openFolder();
    try {
      await elsewhere.write('watch.yaml', watchFile);
      const { code, err } = await elsewhere.run('replay', '--against', 'HEAD');
      expect([code, err]).toEqual([
        1,
        'There is no file HEAD, and . is in no git repository that could have a revision.\n',
      ]);
    } finally {
      await elsewhere.remove();
    }
  });
});
