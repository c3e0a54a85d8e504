/**
 * What parsing costs beside plain rss-parser, and what a second look at a changed feed costs beside the first, on the
 * same documents in one run. `npm run bench:parse`
 *
 *   --quick        a quarter of the feeds and of the rounds
 *   --folder DIR   real feeds in place of invented ones: each file whole, and again with its two topmost entries new
 */
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import RssParser from 'rss-parser';
import { decode } from '../../../shared/feed/decode.ts';
import { parseFeed } from '../../../shared/feed/parse.ts';
import { repair } from '../../../shared/feed/repair.ts';
import { type Slices, unsliced } from '../../../shared/feed/slices.ts';
import { readXml } from '../../../shared/feed/xml-feed.ts';
import { figure, median, tableOf } from '../match/table.ts';
import { entriesPerFeed, type InventedFeed, inventedFeeds, newEntries } from './invented-feeds.ts';
import { cpuMilliseconds } from './stopwatch.ts';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, folder: { type: 'string' } },
});
const [feedCount, rounds] = options.quick ? [50, 8] : [200, 20];
/** The first rounds are the compiler's. */
const warmUp = Math.ceil(rounds / 4);

const url = 'https://outlet.example/feed';
const utf8 = new TextDecoder();

interface Subject extends InventedFeed {
  readonly slices: Slices;
}

const subjects: Subject[] = [];
for (const feed of options.folder === undefined
  ? inventedFeeds({ seed: 1, count: feedCount })
  : realFeeds(options.folder)) {
  const read = await parseFeed(feed.before, null, url, unsliced);
  if (read.kind === 'feed') subjects.push({ ...feed, slices: read.slices });
}

/** Each takes every feed once. */
const contestants: Readonly<Record<string, (feed: Subject) => Promise<unknown>>> = {
  plain: (feed) => new RssParser().parseString(utf8.decode(feed.after)).catch(() => null),
  whole: (feed) => parseFeed(feed.after, null, url),
  'first look': (feed) => parseFeed(feed.after, null, url, unsliced),
  'second look': (feed) => parseFeed(feed.after, null, url, feed.slices),
};

console.log(
  `${cpus()[0]?.model.trim()}, ${cpus().length} cores; Node ${process.version}; load average ${loadavg()[0]?.toFixed(1)}`,
);
const megabytes = subjects.reduce((sum, { after }) => sum + after.byteLength, 0) / 1e6;
const medianBytes = median(subjects.map(({ after }) => after.byteLength));
console.log(
  `${subjects.length} feeds, ${figure(megabytes)} MB, median ${figure(medianBytes / 1_000)} kB; second looks find ${newEntries} of ${entriesPerFeed} entries new.`,
);
console.log(`Milliseconds of CPU for a feed, medians of ${rounds - warmUp} rounds, all in turn in each round.\n`);

const kinds = [...new Set(subjects.map(({ kind }) => kind))].sort();
const ofKind = (kind: string) => subjects.filter((subject) => subject.kind === kind);
const measured = new Map<string, Times>();
for (const kind of kinds) measured.set(kind, await contest(ofKind(kind)));
measured.set('all, by their number', average(kinds.map((kind) => [measured.get(kind)!, ofKind(kind).length])));

console.log(
  tableOf(
    ['', ...Object.keys(contestants), 'whole beside plain', 'second look beside whole'],
    [...measured].map(([kind, times]) => {
      const ratio = (a: string, b: string) => `${(times[a]! / times[b]!).toFixed(2)}x`;
      const cells = Object.keys(contestants).map((name) => figure(times[name]!));
      return [kind, ...cells, ratio('plain', 'whole'), ratio('whole', 'second look')];
    }),
  ),
);
console.log(`\nWhere the time of a whole feed goes (of all):\n${await stages()}`);
console.log(`\nA feed's slices, kept in memory between two looks: ${figure(await bytesPerFeed())} bytes a feed.`);

type Times = Readonly<Record<string, number>>;

function average(weighted: readonly (readonly [Times, number])[]): Times {
  const sum = (name: string) => weighted.reduce((all, [times, count]) => all + times[name]! * count, 0);
  return Object.fromEntries(Object.keys(contestants).map((name) => [name, sum(name) / subjects.length]));
}

async function contest(of: readonly Subject[]): Promise<Times> {
  const times = new Map<string, number[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, take] of Object.entries(contestants)) {
      const spent = await cpuMilliseconds(async () => {
        for (const subject of of) await take(subject);
      });
      if (round >= warmUp) times.get(name)!.push(spent / of.length);
    }
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, median(all)]));
}

async function stages(): Promise<string> {
  const spent: Record<string, number> = {};
  const count = async (stage: string, work: () => Promise<void>) => {
    spent[stage] = (spent[stage] ?? 0) + (await cpuMilliseconds(work));
  };
  for (let round = 0; round < rounds; round++) {
    const decoded = subjects.map(({ after }) => decode(after, null).text);
    await count('decode', async () => subjects.forEach(({ after }) => void decode(after, null)));
    const repaired = decoded.map((text) => repair(text, null)!);
    await count('scan and repair', async () => decoded.forEach((text) => void repair(text, null)));
    await count('rss-parser on what is left, and the texts', async () => {
      for (const each of repaired) await readXml(each, url, unsliced.base);
    });
  }
  const all = Object.values(spent).reduce((sum, one) => sum + one, 0);
  return Object.entries(spent)
    .map(([stage, one]) => `  ${stage.padEnd(44)}${Math.round((100 * one) / all)} %`)
    .join('\n');
}

/** By what a thousand copies weigh. */
async function bytesPerFeed(): Promise<number> {
  const copies = 1_000;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const kept: Slices[] = [];
  for (let copy = 0; copy < copies; copy++) {
    const { before: document } = subjects[copy % subjects.length]!;
    const read = await parseFeed(document, null, url, unsliced);
    if (read.kind === 'feed') kept.push(read.slices);
  }
  globalThis.gc?.();
  return (process.memoryUsage().heapUsed - before) / kept.length;
}

/** Of each file: as it is, and as it was before its two topmost entries came. Files without three entries are left out. */
function realFeeds(folder: string): InventedFeed[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    const path = join(folder, file);
    if (!/\.(?:xml|rss|atom|rdf)$/i.test(file)) return [];
    const after = readFileSync(path);
    const text = after.toString('latin1');
    const entries = [...text.matchAll(/<(item|entry)[\s>][\s\S]*?<\/\1>/g)];
    if (entries.length <= newEntries) return [];
    const [from, to] = [entries[0]!.index, entries[newEntries]!.index];
    return [{ kind: 'real', before: Buffer.from(text.slice(0, from) + text.slice(to), 'latin1'), after }];
  });
}
