/**
 * The entries a feed has shown us, as marks of eleven bytes, so that a new entry, a known one, an edited one and one under
 * a new name are told apart without keeping any text: six bytes name the entry, three fingerprint its text, two its link.
 *
 * Six bytes: with 1,000 entries remembered the chance of one new entry being taken for a known one is 1,000 / 2^48, about
 * one in 280 thousand million. A link counts only beside an equal text (40 bits), or where many links come at once.
 */
import { createHash } from 'node:crypto';
import type { Entry } from '../feed/entry.ts';
import { entryKey, isWebAddress, pathKey } from '../feed/entry-key.ts';
import { limits } from '../limits.ts';

const nameBytes = 6;
const textBytes = 3;
const linkBytes = 2;
const markBytes = nameBytes + textBytes + linkBytes;
const noLink = '0'.repeat(linkBytes * 2);

interface Mark {
  readonly text: string;
  readonly link: string;
}
type Marks = Map<string, Mark>;

export interface Compared {
  readonly fresh: readonly Entry[];
  readonly edited: readonly Entry[];
  /**
   * Known links under new ids, where nearly all come so: a publisher has named everything anew. Empty otherwise; a few
   * such entries are known where their text is, and fresh where it is not.
   */
  readonly renamed: readonly Entry[];
  /** Of those renamed, the ones whose text is not known either. */
  readonly rewritten: readonly Entry[];
  /** Whether any entry was known, by whatever key. */
  readonly overlaps: boolean;
  /** What to remember: the renamed ones under their new names, or under their old ones. */
  readonly seen: { readonly renamed: Uint8Array; readonly held: Uint8Array };
}

/** Sorts the entries of a document by what is known of them. An entry that stands twice counts once. */
export function compareWithSeen(entries: readonly Entry[], seen: Uint8Array): Compared {
  const known = unpack(seen);
  const byLink = new Map([...known.values()].filter(({ link }) => link !== noLink).map((mark) => [mark.link, mark]));
  const current: Marks = new Map();
  const fresh = new Set<Entry>();
  const edited: Entry[] = [];
  const candidates: Entry[] = [];
  const linked = linkMarks(entries);
  let knownLinks = 0;
  let overlaps = false;
  for (const entry of entries) {
    const name = hash(entryKey(entry.id), nameBytes);
    if (current.has(name)) continue;
    const mark = { text: textMark(entry), link: linked.get(entry) ?? noLink };
    current.set(name, mark);
    const before = known.get(name) ?? known.get(hash(entry.id, nameBytes));
    const twin = byLink.get(mark.link);
    if (twin !== undefined) knownLinks += 1;
    if (before !== undefined) {
      overlaps = true;
      if (before.text !== mark.text) edited.push(entry);
    } else if (twin === undefined) {
      fresh.add(entry);
    } else if (twin.text === mark.text && isWebAddress(entry.id)) {
      overlaps = true; // the same article at another host
    } else {
      candidates.push(entry);
    }
  }
  const isRenaming =
    candidates.length >= limits.renamedEntriesMin && candidates.length * 100 > knownLinks * limits.renamedPercent;
  const isRewritten = (entry: Entry) => byLink.get(linked.get(entry) ?? noLink)?.text !== textMark(entry);
  const rewritten = candidates.filter(isRewritten);
  const held = new Map(current);
  if (isRenaming) for (const { id } of candidates) held.delete(hash(entryKey(id), nameBytes));
  else for (const entry of rewritten) fresh.add(entry);
  return {
    fresh: entries.filter((entry) => fresh.has(entry)),
    edited,
    renamed: isRenaming ? candidates : [],
    rewritten: isRenaming ? rewritten : [],
    overlaps: overlaps || candidates.length > (isRenaming ? 0 : rewritten.length),
    seen: { renamed: pack(current, known, limits.seenEntriesMin), held: pack(held, known, known.size + held.size) },
  };
}

/** Marks as they were before links were in them: six bytes of name and three of text. */
export function withoutLinks(marks: Uint8Array): Uint8Array {
  const bare = nameBytes + textBytes;
  const linked = new Uint8Array((marks.length / bare) * markBytes);
  for (let at = 0, to = 0; at + bare <= marks.length; at += bare, to += markBytes) {
    linked.set(marks.subarray(at, at + bare), to);
  }
  return linked;
}

/** By entry. What several entries of a document share is no mark of any: a front page, a page of live news. */
function linkMarks(entries: readonly Entry[]): ReadonlyMap<Entry, string> {
  const marks = new Map<Entry, string>();
  const owners = new Map<string, Set<string>>();
  for (const entry of entries) {
    const path = (entry.link === null ? null : pathKey(entry.link)) ?? pathKey(entry.id);
    if (path === null) continue;
    const mark = hash(path, linkBytes);
    marks.set(entry, mark);
    owners.set(mark, (owners.get(mark) ?? new Set()).add(entry.id));
  }
  return new Map([...marks].filter(([, mark]) => owners.get(mark)?.size === 1));
}

function textMark(entry: Entry): string {
  return hash(JSON.stringify([entry.title, entry.summary, entry.content]), textBytes);
}

/** All that stand in the document, then those that left it, as far as there is room: an entry may come back. */
function pack(current: Marks, before: Marks, marksMax: number): Uint8Array {
  const kept = [...current];
  for (const mark of before) {
    if (kept.length >= marksMax) break;
    if (!current.has(mark[0])) kept.push(mark);
  }
  return new Uint8Array(Buffer.from(kept.map(([name, { text, link }]) => name + text + link).join(''), 'hex'));
}

function unpack(seen: Uint8Array): Marks {
  const marks: Marks = new Map();
  for (let at = 0; at + markBytes <= seen.length; at += markBytes) {
    const mark = Buffer.from(seen.buffer, seen.byteOffset + at, markBytes).toString('hex');
    const name = mark.slice(0, nameBytes * 2);
    const text = mark.slice(nameBytes * 2, -linkBytes * 2);
    if (!marks.has(name)) marks.set(name, { text, link: mark.slice(-linkBytes * 2) });
  }
  return marks;
}

function hash(text: string, bytes: number): string {
  return createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, bytes * 2);
}
