/**
 * What is shipped for one function: its code as one file, with the SDK and all else it needs, and its part of the watch
 * file beside it. The same input gives the same bytes, so that a deployment changes only what an edit concerns.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { configParts } from '../../functions/config-parts.ts';
import { compile } from '../../shared/watch/compile.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { FunctionName } from '../topology.ts';
import { ownMap } from './own-map.ts';

const root = join(import.meta.dirname, '../..');

/** Some packages are CommonJS, and ask for built-in modules by `require`. */
const requireBanner = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

/** Writes `index.mjs`, its source map and the data beside it into a folder that is there. */
export function bundleInto(folder: string, name: FunctionName, config: Config): void {
  for (const [file, bytes] of [...codeOf(name, config), ...dataOf(name, config)]) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), bytes);
  }
}

/** What stands beside the code. */
export function dataOf(name: FunctionName, config: Config): ReadonlyMap<string, string | Uint8Array> {
  const data = new Map<string, string | Uint8Array>();
  if (name === 'feedback') return data; // it takes notices of any deployment's mails
  data.set('config.json', JSON.stringify(configParts(config)[name]));
  if (name === 'poll') data.set('watches.bin', compile(config.watches));
  return data;
}

/** Tells the data of two watch files apart. */
export function dataHash(name: FunctionName, config: Config): string {
  const hash = createHash('sha256');
  for (const [file, bytes] of dataOf(name, config)) hash.update(file).update(bytes);
  return hash.digest('hex');
}

function codeOf(name: FunctionName, config: Config): ReadonlyMap<string, string | Uint8Array> {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, 'functions', `${name}.ts`)],
    // Never written there: paths in the source map are seen from it, so that they are the same wherever the output goes.
    outfile: join(root, 'shipped', 'index.mjs'),
    write: false,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    treeShaking: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: requireBanner },
    // Loaded only where a history is kept; elsewhere it would be a third of the code.
    external: keepsHistory(config) ? [] : ['@aws-sdk/client-s3'],
    alias: instead,
    logLevel: 'error',
  });
  return new Map(
    outputFiles.map(({ path, contents, text }) => [
      path.slice(path.lastIndexOf('index.mjs')),
      path.endsWith('.map') ? ownMap(text) : contents,
    ]),
  );
}

/** What a function has no use for, or has at less cost: each file says why. */
const instead = Object.fromEntries(
  Object.entries({
    'node:http': 'node-http',
    'node:https': 'node-https',
    '@aws-sdk/credential-provider-node': 'credentials',
    xmlbuilder: 'nothing',
  }).map(([name, file]) => [name, join(import.meta.dirname, 'instead', `${file}.ts`)]),
);

/** Nothing is kept on AWS unless the watch file says so. */
export function keepsHistory(config: Config): boolean {
  return (config.poll.historyDays ?? 0) > 0;
}
