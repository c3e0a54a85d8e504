/**
 * What each function costs to start: bytes shipped, and the time to import its handler over an empty Node process, median
 * of so many processes (`npm run bench:cold-start -- 21`; 9 when nothing is said), interleaved so that a busy moment
 * strikes all of them. The goal is one of wall time on a quiet machine; CPU time, of all threads, hardly knows what else
 * runs.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleInto } from '../../infra/aws/bundle.ts';
import { loadConfig } from '../../infra/local/watch-file.ts';
import { type FunctionName, functions } from '../../infra/topology.ts';
import { localDay } from '../../shared/time.ts';
import { importMillisMax, zipBytesMax, zipBytesOf } from '../infra/aws/bundle-budget.ts';

const rounds = Math.max(9, Number(process.argv[2] ?? 9));
const result = loadConfig('watch.yaml', localDay(Date.now(), 'UTC'));
if ('problems' in result) throw new Error('watch.yaml has problems: npx watchword check');
const root = mkdtempSync(join(tmpdir(), 'watchword-cold-start-'));
try {
  const names = Object.keys(functions) as FunctionName[];
  for (const name of names) {
    mkdirSync(join(root, name));
    bundleInto(join(root, name), name, result.config);
  }
  const all = new Map<string, Start[]>(['empty', ...names].map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, starts] of all) {
      starts.push(startOf(name === 'empty' ? '' : `await import(${JSON.stringify(join(root, name, 'index.mjs'))});`));
    }
  }
  const medians = (name: string) => {
    const starts = all.get(name) ?? [];
    return { wall: median(starts.map(({ wall }) => wall)), cpu: median(starts.map(({ cpu }) => cpu)) };
  };
  const empty = medians('empty');
  console.log(
    `empty process ${ms(empty.wall)}, CPU ${ms(empty.cpu)}; medians of ${rounds}, Node ${process.version}; load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`,
  );
  for (const name of names) {
    const { wall, cpu } = medians(name);
    const zip = zipBytesOf(join(root, name));
    const code = statSync(join(root, name, 'index.mjs')).size;
    console.log(
      `${name.padEnd(8)}  zip ${kB(zip)} of ${kB(zipBytesMax)}   code ${kB(code)}   ` +
        `import +${ms(wall - empty.wall)} of ${importMillisMax}, CPU +${ms(cpu - empty.cpu)}`,
    );
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** Milliseconds. */
interface Start {
  /** From the start of a process to its end. */
  readonly wall: number;
  readonly cpu: number;
}

function startOf(code: string): Start {
  const said = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);';
  const before = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `${code}${said}`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return { wall: performance.now() - before, cpu: Number(stdout) };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

function ms(millis: number): string {
  return `${millis.toFixed(0).padStart(3)} ms`;
}

function kB(bytes: number): string {
  return `${(bytes / 1_000).toFixed(0).padStart(3)} kB`;
}
