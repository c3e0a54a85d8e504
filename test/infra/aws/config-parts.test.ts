/** Which function an edit of the watch file concerns: only these are deployed anew. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { dataHash, dataOf } from '../../../infra/aws/bundle.ts';
import type { Deployable } from '../../../infra/aws/config-to-deploy.ts';
import { stackName } from '../../../infra/aws/output-names.ts';
import { watchwordStack } from '../../../infra/aws/stack.ts';
import { type FunctionName, functions } from '../../../infra/topology.ts';
import type { Digest } from '../../../shared/watch/config.ts';
import { assetHashOf, synthesized } from './synthesized.ts';
import type { Template } from './template.ts';
import { cdkContext, shippedConfig } from './unbundled.ts';

const names = Object.keys(functions) as FunctionName[];
const shipped = shippedConfig();

const concerned = (edited: Deployable) => names.filter((name) => dataHash(name, edited) !== dataHash(name, shipped));
const first = <T>(list: readonly T[], change: (item: T) => T) =>
  list.map((item, at) => (at === 0 ? change(item) : item));

describe('an edit of the watch file', () => {
  const [term, example] = [{ any: ['cipher'] }, { examples: { match: [], noMatch: [] } }].map((change) => ({
    ...shipped,
    watches: first(shipped.watches, (watch) => ({ ...watch, ...change })),
  }));
  const digest = (change: Partial<Digest>) => ({
    ...shipped,
    digests: first(shipped.digests, (each) => ({ ...each, ...change })),
  });

  it('of a term concerns the poll alone', () => {
    expect(concerned(term!)).toEqual(['poll']);
  });

  it('of an example, or of who is alarmed, concerns no function', () => {
    expect(concerned(example!)).toEqual([]);
    expect(concerned({ ...shipped, deploy: { ...shipped.deploy, alarmsTo: 'other@example.org' } })).toEqual([]);
  });

  it('of a feed concerns who reads it and who tells of it, and nobody who sends', () => {
    const edited = concerned({ ...shipped, feeds: shipped.feeds.slice(1) });
    expect(edited).toEqual(expect.arrayContaining(['dispatch', 'poll', 'digest']));
    expect(edited).not.toContain('deliver');
  });

  it('of when a digest comes, or of who gets it, does not concern the poll', () => {
    for (const edited of [digest({ when: { kind: 'hourly' } }), digest({ to: ['new@example.org'] })]) {
      expect(concerned(edited)).toContain('digest');
      expect(concerned(edited)).not.toContain('poll');
      expect(concerned(edited)).not.toContain('dispatch');
    }
  });

  it('of the watches of a digest concerns the poll, which notes what each digest has to tell', () => {
    expect(concerned(digest({ watches: [] }))).toEqual(expect.arrayContaining(['poll', 'digest']));
  });

  it('of the sender concerns who sends, and nobody who reads', () => {
    const edited = concerned({ ...shipped, deliver: { ...shipped.deliver, from: 'other@example.org' } });
    expect(edited).toContain('deliver');
    expect(edited).not.toContain('poll');
  });

  it('never concerns feedback', () => {
    expect(dataOf('feedback', shipped).size).toBe(0);
  });
});

it('what dispatch and poll are given holds no address of anybody', () => {
  const addresses = [...shipped.digests.flatMap(({ to }) => to), shipped.deliver.from, shipped.deploy.alarmsTo];
  expect(addresses).toHaveLength(3);
  for (const name of ['dispatch', 'poll'] as const) {
    const given = [...dataOf(name, shipped).values()].map((bytes) => Buffer.from(bytes).toString('latin1')).join();
    expect(addresses.filter((address) => given.includes(address))).toEqual([]);
  }
});

it('digest is told of no term', () => {
  const told = [...dataOf('digest', shipped).values()].join();
  expect(told).toContain('Encryption');
  expect(told).not.toContain('client-side scanning');
});

it('the same input gives the same hashes wherever it is put, and a term edit changes the hash of the poll alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watchword-synth-'));
  try {
    const synthesize = (config: Deployable): Template => {
      const app = new App({ outdir: folder, context: cdkContext });
      watchwordStack(app, config);
      app.synth();
      return JSON.parse(readFileSync(join(folder, `${stackName('prod')}.template.json`), 'utf8')) as Template;
    };
    const { template } = synthesized();
    const again = synthesize(shipped);
    for (const name of names) expect(assetHashOf(again, name), name).toBe(assetHashOf(template, name));
    const edited = synthesize({
      ...shipped,
      watches: first(shipped.watches, (watch) => ({ ...watch, any: ['cipher'] })),
    });
    expect(names.filter((name) => assetHashOf(edited, name) !== assetHashOf(template, name))).toEqual(['poll']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 300_000); // The whole command once, and twelve bundles.
