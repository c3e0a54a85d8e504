/** The folder that holds all that a host on this machine remembers: one format, one host at a time. */
import { access, constants, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf, DataFolderBusy, diskProblem, HostProblem } from './host-problem.ts';

export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** The path of a file or folder in it. */
  file(name: string): string;
  /** Tells a second host, which will be refused, where this one answers. */
  announce(address: string): Promise<void>;
  close(): Promise<void>;
}

/** Raised by one when what is stored changes so that an older Watchword would misread it. */
const format = 1;

/**
 * Makes the folder when it is missing and takes it for this process. The lock is one of the operating system's, which
 * ends with the process however it ends, so nothing is left to clean up after `kill -9`.
 *
 * @param path the folder itself, such as `.watchword`
 * @throws DataFolderBusy when another host has it, named by its pid and address
 * @throws HostProblem when it cannot be written, or was written by a newer Watchword
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path);
  const file = (name: string) => join(folder, name);
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
    const lock = await takeLock(folder, file);
    try {
      await agreeOnFormat(folder, file('version.json'));
      await write(file(holderFile), { pid: process.pid });
    } catch (fault) {
      lock.close();
      throw fault;
    }
    return {
      path: folder,
      file,
      announce: (address) => write(file(holderFile), { pid: process.pid, address }),
      async close() {
        if (!lock.isOpen) return; // by now the files may be another host's
        await rm(file(holderFile), { force: true });
        lock.close();
      },
    };
  } catch (fault) {
    throw fault instanceof HostProblem ? fault : diskProblem(`The data folder ${folder} cannot be used`, fault);
  }
}

/** Node's own recursive mkdir never ends where nothing can be made, as in /proc, and tells a read-only disk as ENOENT. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (fault) {
    if (codeOf(fault) === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (codeOf(fault) !== 'ENOENT') throw fault;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}

/** Who has the folder. Only of interest while the lock is held; after a crash it may name a process that is gone. */
const holderFile = 'host.json';

/**
 * SQLite's lock on an empty database. No other code may open this file: on POSIX, closing any handle of a file drops the
 * locks that the process has on it.
 */
async function takeLock(folder: string, file: DataFolder['file']): Promise<DatabaseSync> {
  const database = new DatabaseSync(file('lock'));
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (fault) {
    database.close();
    if (!isBusy(fault)) throw fault;
    throw new DataFolderBusy(
      `Another Watchword${await holder(file(holderFile))} is using the data in ${folder}: stop it first, or choose another folder.`,
      { cause: fault },
    );
  }
}

/** SQLITE_BUSY: https://www.sqlite.org/rescode.html */
function isBusy(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && 'errcode' in fault && fault.errcode === 5;
}

async function holder(path: string): Promise<string> {
  const { pid, address } = (await read(path).catch(() => null)) ?? {};
  if (typeof pid !== 'number') return '';
  return typeof address === 'string' ? ` (process ${pid}, at ${address})` : ` (process ${pid})`;
}

async function agreeOnFormat(folder: string, path: string): Promise<void> {
  const version = await read(path).catch((fault: unknown) => {
    if (codeOf(fault) === 'ENOENT') return undefined;
    throw fault;
  });
  if (version === undefined) return write(path, { format });
  const { format: found } = version ?? {};
  if (typeof found !== 'number') {
    throw new HostProblem(`The data folder ${folder} is not one of Watchword's, or its version.json is damaged.`);
  }
  if (found > format) {
    throw new HostProblem(
      `The data folder ${folder} was written by a newer Watchword (format ${found}, this one knows ${format}): use that one, or choose another folder.`,
    );
  }
}

/** Whole or not at all. */
async function write(path: string, content: object): Promise<void> {
  await writeFile(`${path}.tmp`, `${JSON.stringify(content)}\n`);
  await rename(`${path}.tmp`, path);
}

/** Null when what is there is no JSON object. */
async function read(path: string): Promise<Readonly<Record<string, unknown>> | null> {
  const text = await readFile(path, 'utf8');
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
