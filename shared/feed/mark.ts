/**
 * What is kept of an entry in place of its text: enough to tell a new one, a known one, an edited one and one under a new
 * name apart. How many bytes of each part are enough is told in `poll/seen.ts`, which packs them.
 */
import { hash } from 'node:crypto';
import type { Entry } from './entry.ts';
import { entryKey, pathKey } from './entry-key.ts';

/** Beginnings of SHA-256 hashes, as hex. */
export interface Mark {
  /** Of the id as the publisher writes it. */
  readonly id: string;
  /** Of the name that the entry is remembered under; see `entryKey`. */
  readonly name: string;
  /** Of all that a watch may find. */
  readonly text: string;
  /** Of the path of its link, else of an id that is an address; null when neither has one. See `pathKey`. */
  readonly path: string | null;
}

export const nameBytes = 6;
export const textBytes = 3;
export const linkBytes = 2;

export function markOf(entry: Entry): Mark {
  const key = entryKey(entry.id);
  const id = beginning(entry.id, nameBytes);
  const path = (entry.link === null ? null : pathKey(entry.link)) ?? pathKey(entry.id);
  return {
    id,
    name: key === entry.id ? id : beginning(key, nameBytes),
    text: beginning(JSON.stringify([entry.title, entry.summary, entry.content]), textBytes),
    path: path === null ? null : beginning(path, linkBytes),
  };
}

/** Of the address that links are relative to. A mark, as the string itself may be a piece of the document, and hold all of it in memory. */
export function baseMark(base: string | null): string {
  return beginning(base ?? '', nameBytes);
}

function beginning(text: string, bytes: number): string {
  return hash('sha256', text, 'hex').slice(0, bytes * 2);
}
