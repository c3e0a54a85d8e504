/**
 * The recorded feeds, from HTTP to mail through every real part of this machine, held to what a careful reader of the
 * watch language expects: these hits, no others, each in one issue of each digest that has its watch.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Host, openHost } from '../../infra/local/host.ts';
import type { Listening } from '../../infra/local/loopback.ts';
import { type Edition, serveSeeds } from '../../infra/local/seed-server.ts';
import { seedsConfig } from '../../infra/local/seeds-config.ts';
import { idOf } from '../../shared/id.ts';
import { hitsOfWatch } from '../../shared/store/hits.ts';
import { issuesOf } from '../../shared/store/issues.ts';
import type { Config } from '../../shared/watch/config.ts';

interface Expected {
  readonly hits: Readonly<Record<Edition, readonly { watch: string; feed: string; entry: string }[]>>;
  readonly nearMisses: readonly { edition: Edition; watch: string; feed: string; entry: string; why: string }[];
}
interface Manifest {
  readonly feeds: readonly { slug: string; path: string }[];
}

let expected: Expected;
let manifest: Manifest;
let folder: string;
let publishers: Listening;
let config: Config;
let host: Host;
const faults: unknown[] = [];
/** What was found after each edition, as `watch < feed/entry`. */
const found: string[][] = [];

const read = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as never;

/** The name of a hit in words, for the ids that the table knows it by. */
function naming(): (hit: { watch: string; entry: string }) => string {
  const names = new Map<string, string>();
  const all = [...expected.hits[1], ...expected.hits[2], ...expected.nearMisses];
  for (const { feed, entry } of all) {
    const path = manifest.feeds.find(({ slug }) => slug === feed)?.path;
    names.set(idOf('entry', idOf('feed', `${publishers.url}${path}`), entry), `${feed}/${entry}`);
  }
  const watches = new Map(config.watches.map(({ id, name }) => [id, name]));
  return ({ watch, entry }) => `${watches.get(watch)} < ${names.get(entry) ?? entry}`;
}

async function hitsNow(): Promise<string[]> {
  const hits = await Promise.all(config.watches.map(({ id }) => hitsOfWatch(host.handlers.news, id)));
  return hits.flat().map(naming()).sort();
}

beforeAll(async () => {
  expected = await read('test/seeds/expected-hits.json');
  manifest = await read('seeds/feeds.json');
  folder = await mkdtemp(join(tmpdir(), 'watchword-seeds-'));
  let edition: Edition = 1;
  publishers = await serveSeeds({ port: 0, edition: () => edition, clock: Date.now });
  config = seedsConfig(publishers.port);
  host = await openHost({
    config,
    data: join(folder, 'data'),
    clock: { now: Date.now },
    log: { info: () => {}, error: (_, fault) => void faults.push(fault) },
    webBase: 'http://127.0.0.1:8420',
    smtpUrl: null,
  });
  await host.pass();
  found.push(await hitsNow());
  edition = 2;
  await host.pass();
  found.push(await hitsNow());
}, 60_000);

afterAll(async () => {
  await host.close();
  await publishers.close();
  await rm(folder, { recursive: true });
});

const named = (hits: readonly { watch: string; feed: string; entry: string }[]) =>
  hits.map(({ watch, feed, entry }) => `${watch} < ${feed}/${entry}`).sort();

describe('the recorded feeds', () => {
  it('give on the first look exactly the hits that are expected', () => {
    expect(expected.hits[1].length).toBeGreaterThan(30);
    expect(found[0]).toEqual(named(expected.hits[1]));
  });

  it('give with the second edition exactly those that come new', () => {
    expect(expected.hits[2].length).toBeGreaterThan(10);
    expect(found[1]).toEqual([...named(expected.hits[1]), ...named(expected.hits[2])].sort());
  });

  it('do not give any of the near misses', () => {
    expect(expected.nearMisses.length).toBeGreaterThan(60);
    const [first = [], both = []] = found;
    const newIn = { 1: first, 2: both.filter((hit) => !first.includes(hit)) };
    for (const miss of expected.nearMisses) {
      expect(newIn[miss.edition], miss.why).not.toContain(named([miss])[0]);
    }
  });

  it('are told in full: each hit in exactly one issue of each digest that has its watch', async () => {
    const nameOf = naming();
    for (const digest of config.digests) {
      const issues = await issuesOf(host.handlers.news, digest.id, 100);
      const listed = issues.flatMap(({ hits }) => hits.map(nameOf)).sort();
      const watches = config.watches.filter(({ id }) => digest.watches.includes(id)).map(({ name }) => name);
      expect(listed, digest.name).toEqual(found[1]?.filter((hit) => watches.includes(hit.split(' < ')[0] ?? '')));
    }
  });

  it('end with a receipt that names the feeds that failed, and why', async () => {
    const brief = config.digests.find(({ name }) => name === 'Policy brief');
    const [latest] = await issuesOf(host.handlers.news, brief?.id ?? '', 1);
    expect(latest?.receipt.feeds).toMatchObject({
      watched: 10,
      read: 8,
      unread: [],
      failing: expect.arrayContaining([
        expect.objectContaining({ name: 'Quayside Review', why: 'not a feed' }),
        expect.objectContaining({ name: 'Fell & Shore', why: 'not found' }),
      ]),
    });
    expect(latest?.receipt.feeds.failing).toHaveLength(2);
  });

  it('cause no fault of ours', () => {
    expect(faults).toEqual([]);
  });
});
