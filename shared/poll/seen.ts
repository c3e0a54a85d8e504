/**
 * The entries a feed has shown us, as marks of nine bytes: six that name the entry and three that fingerprint its text,
 * so that a new entry, a known one and an edited one are told apart without keeping any text.
 *
 * Six bytes: with 1,000 entries remembered the chance of one new entry being taken for a known one is 1,000 / 2^48, about
 * one in 280 thousand million.
 */
import { createHash } from 'node:crypto';
import type { Entry } from '../feed/entry.ts';
import { limits } from '../limits.ts';

const nameBytes = 6;
const textBytes = 3;
const markBytes = nameBytes + textBytes;

/** Sorts the entries of a document into new, edited and known. An entry that stands twice counts once. */
export function compareWithSeen(
  entries: readonly Entry[],
  seen: Uint8Array,
): { readonly fresh: readonly Entry[]; readonly edited: readonly Entry[]; readonly seen: Uint8Array } {
  const known = new Map<string, string>();
  for (let at = 0; at + markBytes <= seen.length; at += markBytes) {
    const [name, text] = unpack(seen, at);
    if (!known.has(name)) known.set(name, text);
  }
  const fresh: Entry[] = [];
  const edited: Entry[] = [];
  const current = new Map<string, string>();
  for (const entry of entries) {
    const name = hash(entry.id, nameBytes);
    if (current.has(name)) continue;
    const text = hash(JSON.stringify([entry.title, entry.summary, entry.content]), textBytes);
    current.set(name, text);
    const before = known.get(name);
    if (before === undefined) fresh.push(entry);
    else if (before !== text) edited.push(entry);
  }
  return { fresh, edited, seen: pack(current, known) };
}

/** All that stand in the document, then those that left it, as far as there is room: an entry may come back. */
function pack(current: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): Uint8Array {
  const kept = [...current];
  for (const mark of before) {
    if (kept.length >= limits.seenEntriesMin) break;
    if (!current.has(mark[0])) kept.push(mark);
  }
  return new Uint8Array(Buffer.from(kept.map(([name, text]) => name + text).join(''), 'hex'));
}

function unpack(seen: Uint8Array, at: number): readonly [name: string, text: string] {
  const mark = Buffer.from(seen.buffer, seen.byteOffset + at, markBytes).toString('hex');
  return [mark.slice(0, nameBytes * 2), mark.slice(nameBytes * 2)];
}

function hash(text: string, bytes: number): string {
  return createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, bytes * 2);
}
