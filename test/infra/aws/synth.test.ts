/** `npx cdk synth --strict` as an operator runs it, on the shipped watch file. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FunctionName, functions } from '../../../infra/topology.ts';
import { problemsIn } from './checks.ts';
import { type Synthesized, synthesized } from './synthesized.ts';

describe('cdk synth --strict', () => {
  let made: Synthesized;
  beforeAll(() => {
    made = synthesized();
  }, 300_000); // The whole command, with six bundles, on a busy machine.

  it('ends well and has nothing to remark', () => {
    expect(made.said.split('\n').filter((line) => line !== '' && !line.startsWith('Bundling asset'))).toEqual([]);
    const report = JSON.parse(readFileSync(join(made.folder, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });

  it('speaks to nobody', () => {
    expect(made.networkTries).toBe('');
  });

  it('would be caught if it did', () => {
    const preload = new URL('no-network.mjs', import.meta.url);
    const tries = join(mkdtempSync(join(tmpdir(), 'watchword-tries-')), 'tries.txt');
    const { status } = spawnSync(process.execPath, ['-e', "require('node:http').get('http://127.0.0.1:9/')"], {
      env: { NODE_OPTIONS: `--import ${preload}`, NETWORK_TRIES: tries },
    });
    expect(status).not.toBe(0);
    expect(readFileSync(tries, 'utf8')).toMatch(/^connect/);
  });

  it('makes a template that stands up to every check', () => {
    expect(problemsIn(made.template)).toEqual([]);
  });

  it.each(Object.keys(functions) as FunctionName[])('ships %s as one file that names its handler', (name) => {
    const files = readdirSync(made.assetOf(name));
    expect(files).toEqual(expect.arrayContaining(['index.mjs', 'index.mjs.map']));
    expect(files.includes('config.json')).toBe(name !== 'feedback');
    expect(files.includes('watches.bin')).toBe(name === 'poll');
    expect(codeOf(made, name)).toMatch(/export\{[^}]*\bas handler\b/);
  });

  it('ships a poll that shares an X25519 key and no larger one', () => {
    expect(shippedFaults(codeOf(made, 'poll'))).toEqual([]);
    expect(shippedFaults(codeOf(made, 'poll').replace('X25519:P-256', 'auto'))).toEqual([
      'each handshake sends 1.2 kB more than it has to',
    ]);
  });

  it('leaves the client of S3 out where no history is kept', () => {
    expect(shippedFaults(`${codeOf(made, 'poll')};class S3Client{}`)).not.toEqual([]);
  });
});

const codeOf = (made: Synthesized, name: FunctionName) => readFileSync(join(made.assetOf(name), 'index.mjs'), 'utf8');

/** What must hold of the code of a poll that keeps no history. */
function shippedFaults(code: string): readonly string[] {
  return [
    ...(/ecdhCurve:"X25519:P-256"/.test(code) ? [] : ['each handshake sends 1.2 kB more than it has to']),
    ...(/class S3Client\b|"S3 Client"|PutObjectRequest/.test(code) ? ['the client of S3 is loaded for nothing'] : []),
  ];
}
