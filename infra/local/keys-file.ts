/**
 * The keys of this machine's links and names: made once for a data folder, so that links in mails keep working over a
 * restart, and changed when an operator asks.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Keys, TokenKey } from '../../shared/delivery/token.ts';
import { limits } from '../../shared/limits.ts';
import { DAY, type Instant, iso } from '../../shared/time.ts';
import type { DataFolder } from './data-folder.ts';
import { codeOf, diskProblem, HostProblem } from './host-problem.ts';

/** `Keys`, and since when the current one is. */
export interface KeysFile extends Keys {
  /** Null for one that an older Watchword made. */
  readonly since: Instant | null;
}

export const keysFile = 'keys.json';
/** What an older Watchword kept: one secret, from which all followed. */
const formerFile = 'token-key';

type Folder = Pick<DataFolder, 'file'>;

/**
 * @param folder in which they are made when missing
 * @throws HostProblem when the file cannot be used or holds no keys: with weak ones anybody could sign links
 */
export async function keysIn(folder: Folder, now: Instant): Promise<KeysFile> {
  const path = folder.file(keysFile);
  const text = await textOf(path);
  if (text !== null) return readKeys(text) ?? refuse(path);
  const former = folder.file(formerFile);
  const secret = (await textOf(former))?.trim();
  if (secret !== undefined && !isSecret(secret)) refuse(former);
  // New keys would give everybody another name: who unsubscribed would be written to again.
  if (secret === undefined && existsSync(join(folder.file('tables'), 'CURRENT'))) {
    throw new HostProblem(
      `The keys in ${path} are lost: put their backup there, or choose another folder to begin anew. With new ones, nobody who unsubscribed would be known.`,
    );
  }
  const keys = secret === undefined ? newKeys(now) : keysFrom(secret);
  await write(path, keys);
  await rm(former, { force: true });
  return keys;
}

/**
 * A new key signs from now on, the present one is still read, and the one before it no longer.
 *
 * @param force also when links that were promised to work end by it
 * @returns null when refused for that
 */
export async function rotateKeys(folder: Folder, now: Instant, force: boolean): Promise<KeysFile | null> {
  const { current, previous, identity, since } = await keysIn(folder, now);
  if (previous !== null && since !== null && now - since < limits.linkDays * DAY && !force) return null;
  const id = (Number.parseInt(current.id, 36) + 1).toString(36).slice(-4);
  const keys: KeysFile = { current: { id, secret: newSecret() }, previous: current, identity, since: now };
  await write(folder.file(keysFile), keys);
  return keys;
}

function newKeys(now: Instant): KeysFile {
  return { current: { id: '1', secret: newSecret() }, previous: null, identity: newSecret(), since: now };
}

/** What followed from the one secret of an older Watchword: no link ends, nobody gets another name. */
function keysFrom(secret: string): KeysFile {
  const identity = createHmac('sha256', secret).update('identity').digest('base64url');
  return { current: { id: '1', secret }, previous: null, identity, since: null };
}

function readKeys(text: string): KeysFile | null {
  try {
    const { current, previous, identity, since } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (!isKey(current) || !(previous === null || isKey(previous)) || !isSecret(identity)) return null;
    const at = Date.parse(String(since));
    return { current, previous, identity, since: Number.isNaN(at) ? null : at };
  } catch {
    return null;
  }
}

function isKey(value: unknown): value is TokenKey {
  const { id, secret } = Object(value) as Readonly<Record<string, unknown>>;
  return typeof id === 'string' && /^[a-z0-9]{1,4}$/.test(id) && isSecret(secret);
}

/** 32 bytes as base64url. */
function isSecret(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value);
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function refuse(path: string): never {
  throw new HostProblem(
    `The file ${path} holds no keys: put its backup there, or choose another folder to begin anew. With new ones, nobody who unsubscribed would be known.`,
  );
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return null;
    throw diskProblem(`The keys in ${path} cannot be used`, fault);
  }
}

/** Whole or not at all: a disk that is full must leave no half of a key. */
async function write(path: string, { since, ...keys }: KeysFile): Promise<void> {
  const text = `${JSON.stringify({ ...keys, since: since === null ? null : iso(since) }, null, 2)}\n`;
  try {
    await writeFile(`${path}.tmp`, text, { mode: 0o600 });
    await rename(`${path}.tmp`, path);
  } catch (fault) {
    throw diskProblem(`The keys in ${path} cannot be used`, fault);
  }
}
