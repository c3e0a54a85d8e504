/** The command as a person runs it: a process of its own, in a folder of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const command = resolve('infra/local/watchword.ts');

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Folder {
  readonly path: string;
  write(name: string, text: string): Promise<void>;
  /** Never rejects: how it ended is the result. */
  run(...args: readonly string[]): Promise<Ran>;
  /** The same with more in the environment. */
  runWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran>;
  remove(): Promise<void>;
}

export async function openFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'watchword-test-'));
  const runWith: Folder['runWith'] = (env, ...args) =>
    new Promise((done) => {
      const options = { cwd: path, env: { ...process.env, ...env }, maxBuffer: 50_000_000 };
      execFile(process.execPath, [command, ...args], options, (fault, out, err) =>
        done({ code: fault === null ? 0 : Number(fault.code), out, err }),
      );
    });
  return {
    path,
    write: (name, text) => writeFile(join(path, name), text),
    run: (...args) => runWith({}, ...args),
    runWith,
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
