/** `npx cdk synth --strict` as an operator runs it, on the shipped watch file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
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
});
