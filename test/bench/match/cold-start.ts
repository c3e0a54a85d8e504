/**
 * A function that has just been started: `cold-start.ts compile TERMS ARTIFACT` once, then `cold-start.ts start ARTIFACT
 * TEXTS` in processes of their own: how long until the artifact is a matcher, and until 100 entries have been looked at.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readTexts } from './text-file.ts';

export interface ColdStart {
  readonly importMs: number;
  readonly loadMs: number;
  readonly first100Ms: number;
  readonly artifactBytes: number;
}

const [what, from = '', to = ''] = process.argv.slice(2);
const entries = what === 'start' ? readTexts(to).slice(0, 100) : [];
const began = performance.now();
// Not at the top: the import is part of the start.
const { engineOf } = await import('../../../shared/watch/engine.ts');
const imported = performance.now();
const { hitsOf, watchesOf } = await import('./watchword.ts');
if (what === 'compile') {
  const { compile } = await import('../../../shared/watch/compile.ts');
  writeFileSync(to, compile(watchesOf(readFileSync(from, 'utf8').trimEnd().split('\n'))));
} else {
  const ready = performance.now();
  const artifact = readFileSync(from);
  const matcher = engineOf(artifact);
  const loaded = performance.now();
  for (const entry of entries) hitsOf(matcher, entry);
  const looked = performance.now();
  const told: ColdStart = {
    importMs: imported - began,
    loadMs: loaded - ready,
    first100Ms: looked - loaded,
    artifactBytes: artifact.length,
  };
  console.log(JSON.stringify(told));
}
