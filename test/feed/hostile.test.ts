/** Rows 31 to 35 and 37: what documents cost that are made to cost much, measured in a process of its own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../shared/limits.ts';
import { hostileDocuments } from './hostile-documents.ts';
import type { Cost } from './hostile-probe.ts';

const names = Object.keys(hostileDocuments);
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const probe = new URL('hostile-probe.ts', import.meta.url).pathname;
const groups = 14;
const costs = new Map<string, Cost>();

beforeAll(async () => {
  const files = names.map((name, index) => {
    const file = join(folder, `${index}.xml`);
    writeFileSync(file, hostileDocuments[name]!());
    return file;
  });
  // A few in one process: a process for each takes minutes, one for all keeps what the collector has not yet come to.
  for (let group = 0; group < groups; group += 1) {
    const some = names
      .keys()
      .filter((index) => index % groups === group)
      .toArray(); // alike ones apart
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      probe,
      ...some.map((index) => files[index]!),
    ]);
    for (const [at, line] of stdout.trim().split('\n').entries())
      costs.set(names[some[at]!]!, JSON.parse(line) as Cost);
  }
}, 240_000); // fifty documents of 10 MB, on a machine that does other things

afterAll(() => rmSync(folder, { recursive: true }));

describe('a hostile document', () => {
  it('is of one of fifty kinds', () => {
    expect(names.length).toBeGreaterThanOrEqual(50);
    expect(costs.size).toBe(names.length);
  });

  // In a second of CPU on an idle core. Twice that here: cores that are shared, or take turns, count a second longer.
  it.each(names)('costs little time and changes no prototype (%s)', (name) => {
    const { cpuMilliseconds, polluted, entries } = costs.get(name)!;
    expect(cpuMilliseconds).toBeLessThan(2_000);
    expect(polluted).toBe(false);
    expect(entries).toBeLessThanOrEqual(limits.entriesMax);
  });

  it('never takes 100 MB more than the runtime, which has some 50: 150 MB in all', () => {
    expect([...costs].filter(([, { peakMegabytes }]) => peakMegabytes >= 100)).toEqual([]);
  });
});
