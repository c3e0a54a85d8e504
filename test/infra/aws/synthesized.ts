/**
 * What `npx cdk synth --strict` makes of the shipped watch file, made once for all test files and kept until something that
 * goes into it changes. The command runs as a user would run it, but without a network.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { stackName } from '../../../infra/aws/output-names.ts';
import type { FunctionName } from '../../../infra/topology.ts';
import type { Template } from './template.ts';

const root = join(import.meta.dirname, '../../..');
const kept = join(root, 'test-output', 'synthesized');

export interface Synthesized {
  /** The cloud assembly: what `cdk deploy` would upload. */
  readonly folder: string;
  readonly template: Template;
  /** The folder of what is shipped for a function, as it is. */
  assetOf(name: FunctionName): string;
  /** What the command said. */
  readonly said: string;
  /** Whom any of its processes tried to reach. */
  readonly networkTries: string;
}

/** @throws with all that the command said, when it did not end well */
export function synthesized(): Synthesized {
  const folder = join(kept, keyOfInputs());
  // Test files run in processes of their own; a lock of SQLite ends with whoever holds it, however that ends.
  mkdirSync(kept, { recursive: true });
  const lock = new DatabaseSync(join(kept, 'lock.sqlite'));
  try {
    lock.exec('PRAGMA busy_timeout = 300000; BEGIN EXCLUSIVE');
    if (!existsSync(folder)) synthesize(folder);
  } finally {
    lock.close();
  }
  const template = JSON.parse(readFileSync(join(folder, `${stackName('prod')}.template.json`), 'utf8')) as Template;
  const textOf = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');
  return {
    folder,
    template,
    assetOf: (name) => join(folder, `asset.${assetHashOf(template, name)}`),
    said: textOf('said.txt'),
    networkTries: textOf('network-tries.txt'),
  };
}

/** The hash that CloudFormation would see a change of the function by. */
export function assetHashOf(template: Template, name: FunctionName): string {
  const id = `${name[0]?.toUpperCase()}${name.slice(1)}Function`;
  const found = Object.entries(template.Resources).find(
    ([logicalId, { Type }]) => Type === 'AWS::Lambda::Function' && logicalId.startsWith(id),
  );
  const key = (found?.[1].Properties?.Code as { readonly S3Key?: string } | undefined)?.S3Key;
  if (key === undefined) throw new Error(`the template has no code of ${name}`);
  return key.replace(/\.zip$/, '');
}

function synthesize(folder: string): void {
  for (const old of readdirSync(kept)) {
    if (!old.startsWith('lock')) rmSync(join(kept, old), { recursive: true, force: true });
  }
  const making = `${folder}.making`;
  mkdirSync(making, { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--strict', '--quiet', '--output', making],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_OPTIONS: `--import ${new URL('no-network.mjs', import.meta.url)}`,
        NETWORK_TRIES: join(making, 'network-tries.txt'),
      },
    },
  );
  if (status !== 0) throw new Error(`cdk synth --strict ended with ${status}\n${stdout}\n${stderr}`);
  writeFileSync(join(making, 'said.txt'), `${stdout}${stderr}`);
  renameSync(making, folder);
}

/** Of all that can make a difference. */
function keyOfInputs(): string {
  const hash = createHash('sha256');
  const sources = ['functions', 'shared', 'infra'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .sort()
      .map((path) => join(root, folder, path)),
  );
  const settings = ['watch.yaml', 'cdk.json', 'package-lock.json'].map((path) => join(root, path));
  const ours = [import.meta.filename, join(import.meta.dirname, 'no-network.mjs')];
  for (const path of [...sources, ...settings, ...ours]) hash.update(path).update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}
