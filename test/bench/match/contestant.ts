/**
 * One contender with one set of terms, in a process of its own: `node contestant.ts NAME FILE`, where the file has the
 * terms, one a line, or watches as JSON, one a line. Orders come as lines (`count TEXTS MS`, `lap TEXTS MS`), each is
 * answered with one line of JSON. `hyperscan.c` speaks the same language.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Watch } from '../../../shared/watch/config.ts';
import { Missing, type Ready } from './contender.ts';
import { contenders } from './contenders.ts';
import type { Answer, Lap } from './contest.ts';
import { readTexts, type TimedArticle } from './text-file.ts';

const [name, path = ''] = process.argv.slice(2);
const articlesPerCount = 250;
const bytesPerLook = 16_384;

const answer = (answer: Answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

/** CPU time of this thread: what the machine does beside does not count, and no more does V8's help on other threads. */
const cpuMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

const heldBytes = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const texts = new Map<string, readonly TimedArticle[]>();
function textsOf(file: string): readonly TimedArticle[] {
  const known = texts.get(file) ?? readTexts(file);
  texts.set(file, known);
  return known;
}

/** Hits of each so many articles, as far as the time allows. */
function count(ready: Ready, articles: readonly TimedArticle[], limitMs: number): number[] {
  const hits: number[] = [];
  const end = cpuMs() + limitMs;
  for (let first = 0; first < articles.length && cpuMs() < end; first += articlesPerCount) {
    let sum = 0;
    for (const article of articles.slice(first, first + articlesPerCount)) sum += ready.match(article);
    hits.push(sum);
  }
  return hits;
}

/** All articles over and over, to the end of the time; a contender too slow for one whole round does what it can. */
function lap(ready: Ready, articles: readonly TimedArticle[], limitMs: number): Lap {
  const [began, beganWall] = [cpuMs(), performance.now()];
  let [bytes, done, hits, took] = [0, 0, 0, 0];
  while (took < limitMs) {
    for (const next = bytes + bytesPerLook; bytes < next; done++) {
      const article = articles[done % articles.length]!;
      hits += ready.match(article);
      bytes += article.bytes;
    }
    took = cpuMs() - began;
  }
  return { bytes, articles: done, hits, cpuMs: took, wallMs: performance.now() - beganWall };
}

async function main(): Promise<void> {
  const contender = contenders.find((each) => each.name === name);
  if (contender === undefined) throw new Error(`no contender is called ${name}`);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const isRules = path.endsWith('.jsonl');
  const job = { terms: isRules ? [] : lines, rules: isRules ? lines.map((line) => JSON.parse(line) as Watch) : null };
  const heldBefore = heldBytes();
  const began = cpuMs();
  const ready = await contender.prepare(job);
  const compileMs = cpuMs() - began;
  const held = heldBytes() - heldBefore;
  const { artifact } = ready;
  const loads = artifact === null ? [] : Array.from({ length: 5 }, () => wallMsOf(artifact.load));
  answer({
    kind: 'ready',
    compileMs,
    heldBytes: Math.max(0, held),
    artifactBytes: artifact?.bytes.length ?? null,
    loadMs: loads.sort((a, b) => a - b)[2] ?? null,
  });
  for await (const order of createInterface({ input: process.stdin })) {
    const [what, file = '', ms] = order.split('\t');
    const articles = textsOf(file);
    if (what === 'count') answer({ kind: 'count', hits: count(ready, articles, Number(ms)) });
    else answer({ kind: 'lap', lap: lap(ready, articles, Number(ms)) });
  }
}

function wallMsOf(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Missing) && !(error instanceof RangeError)) throw error;
  answer({ kind: 'unable', why: error.message });
}
