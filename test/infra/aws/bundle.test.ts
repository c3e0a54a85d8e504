/** What is shipped is small, loads nothing that it does not use, and tells of a fault by our own lines. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleInto } from '../../../infra/aws/bundle.ts';
import { type FunctionName, functions } from '../../../infra/topology.ts';
import { town } from '../../simulation/small-town.ts';
import { zipBytesMax, zipBytesOf } from './bundle-budget.ts';
import { type Synthesized, synthesized } from './synthesized.ts';

const names = Object.keys(functions) as FunctionName[];

describe('what is shipped for a function', () => {
  let made: Synthesized;
  beforeAll(() => {
    made = synthesized();
  }, 300_000); // The whole command, with six bundles, on a busy machine.

  it.each(names)('%s: is at most 350 kB as a zip file', (name) => {
    expect(zipBytesOf(made.assetOf(name))).toBeLessThanOrEqual(zipBytesMax);
  });

  it.each(names)('%s: does not load Node’s fetch and WebSocket for the sake of its http', (name) => {
    const code = readFileSync(join(made.assetOf(name), 'index.mjs'), 'utf8');
    const staticImports = [...code.matchAll(/\bimport\b[^'"();]*?from\s*"([^"]+)"/g)].map(([, from]) => from);
    expect(staticImports.length).toBeGreaterThan(2);
    expect(staticImports.filter((from) => from === 'node:http' || from === 'node:https')).toEqual([]);
  });

  it.each(names)('%s: has a source map of our own files, and of no package', (name) => {
    const json = readFileSync(join(made.assetOf(name), 'index.mjs.map'), 'utf8');
    const { sources } = JSON.parse(json) as { readonly sources: readonly string[] };
    expect(sources).toContain(`../functions/${name}.ts`);
    expect(sources.filter((source) => source.includes('node_modules'))).toEqual([]);
  });

  it('leads from a place in the bundle to the line that it comes from', () => {
    const folder = made.assetOf('dispatch');
    const code = readFileSync(join(folder, 'index.mjs'), 'utf8').split('\n');
    const line = code.findIndex((text) => text.includes('"dispatched"'));
    const column = code[line]?.indexOf('"dispatched"') ?? -1;
    const map = new SourceMap(JSON.parse(readFileSync(join(folder, 'index.mjs.map'), 'utf8')));
    const { originalSource, originalLine } = map.findEntry(line, column) as {
      readonly originalSource: string;
      readonly originalLine: number;
    };
    expect(originalSource).toMatch(/functions\/dispatch\.ts$/);
    const source = readFileSync('functions/dispatch.ts', 'utf8').split('\n');
    expect(source[originalLine]).toContain("'dispatched'");
  });

  it('is loaded by an empty Node process, by its name', () => {
    for (const name of names) {
      const code = `const { handler } = await import(${JSON.stringify(join(made.assetOf(name), 'index.mjs'))}); console.log(typeof handler)`;
      const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', env: {} });
      expect(said, name).toBe('function\n');
    }
  });
});

describe('a poll that keeps a history', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watchword-bundle-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has the client of its bucket as well, and is still at most 350 kB', () => {
    bundleInto(folder, 'poll', { ...town, poll: { historyDays: 30 } });
    expect(readdirSync(folder)).toContain('watches.bin');
    expect(readFileSync(join(folder, 'index.mjs'), 'utf8')).toContain('PutObject');
    expect(zipBytesOf(folder)).toBeLessThanOrEqual(zipBytesMax);
  });
});
