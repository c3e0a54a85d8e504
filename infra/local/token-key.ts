/** What links in mails are signed with: made once for a data folder, so that they keep working over a restart. */
import { createHmac, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Keys } from '../../shared/delivery/token.ts';
import { codeOf, diskProblem, HostProblem } from './host-problem.ts';

/**
 * @param path of the file that holds it, made when missing
 * @throws HostProblem when the file cannot be used or holds no key: with a weak one anybody could sign links
 */
export async function tokenKeyIn(path: string): Promise<string> {
  const key = (await keyIn(path)).trim();
  if (isKey.test(key)) return key;
  throw new HostProblem(
    `The file ${path} holds no key: put its backup there, or delete it, though then the links in mails already sent no longer work.`,
  );
}

/** All that is secret here hangs on the one key of the data folder. */
export function keysFrom(secret: string): Keys {
  const identity = createHmac('sha256', secret).update('identity').digest('base64url');
  return { current: { id: '1', secret }, previous: null, identity };
}

/** 32 bytes as base64url. */
const isKey = /^[A-Za-z0-9_-]{43}$/;

async function keyIn(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8').catch((fault: unknown) => {
      if (codeOf(fault) === 'ENOENT') return newKey(path);
      throw fault;
    });
  } catch (fault) {
    throw diskProblem(`The key in ${path} cannot be used`, fault);
  }
}

/** Whole or not at all: a disk that is full must leave no half of a key. */
async function newKey(path: string): Promise<string> {
  const key = randomBytes(32).toString('base64url');
  await writeFile(`${path}.tmp`, `${key}\n`, { mode: 0o600 });
  await rename(`${path}.tmp`, path);
  return key;
}
