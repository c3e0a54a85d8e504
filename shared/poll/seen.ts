/**
 * The entries a feed has shown us, as marks of eleven bytes, so that a new entry, a known one, an edited one and one under
 * a new name are told apart without keeping any text: six bytes name the entry, three fingerprint its text, two its link.
 *
 * Six bytes: with 1,000 entries remembered the chance of one new entry being taken for a known one is 1,000 / 2^48, about
 * one in 280 thousand million. A link counts only beside an equal text (40 bits), or where many links come at once.
 */
import { assert } from '../assert.ts';
import type { Entry } from '../feed/entry.ts';
import { isWebAddress } from '../feed/entry-key.ts';
import { linkBytes, type Mark, markOf, nameBytes, textBytes } from '../feed/mark.ts';
import type { PassedOver, Slices } from '../feed/slices.ts';
import { limits } from '../limits.ts';

const markBytes = nameBytes + textBytes + linkBytes;
const noLink = '0'.repeat(linkBytes * 2);

/** What is remembered of an entry beside its name. */
interface Trace {
  readonly text: string;
  readonly link: string;
}
type Traces = Map<string, Trace>;

/** An entry that stands in a document. */
interface Sighting {
  /** Null when it was passed over. */
  readonly entry: Entry | null;
  readonly mark: Mark;
}

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

/**
 * Sorts the entries of a document by what is known of them. An entry that stands twice counts once.
 *
 * @param entries those that were read
 * @param passedOver those that were not, all of them in `stillKnown` of the same marks
 */
export function compareWithSeen(
  entries: readonly Entry[],
  seen: Uint8Array,
  passedOver: readonly PassedOver[] = [],
): Compared {
  const known = unpack(seen);
  const byLink = new Map([...known.values()].filter(({ link }) => link !== noLink).map((trace) => [trace.link, trace]));
  const current: Traces = new Map();
  const fresh = new Set<Entry>();
  const edited: Entry[] = [];
  const candidates: { readonly entry: Entry; readonly name: string; readonly isRewritten: boolean }[] = [];
  const sightings = inOrder(entries, passedOver);
  const linkOf = ownLinks(sightings);
  let knownLinks = 0;
  let overlaps = false;
  for (const { entry, mark } of sightings) {
    if (current.has(mark.name)) continue;
    const trace = { text: mark.text, link: linkOf(mark) };
    current.set(mark.name, trace);
    const before = known.get(mark.name) ?? known.get(mark.id);
    const twin = byLink.get(trace.link);
    if (twin !== undefined) knownLinks += 1;
    if (entry === null) {
      assert(before?.text === mark.text, 'only what is known as it stands is passed over');
      overlaps = true;
    } else if (before !== undefined) {
      overlaps = true;
      if (before.text !== mark.text) edited.push(entry);
    } else if (twin === undefined) {
      fresh.add(entry);
    } else if (twin.text === mark.text && isWebAddress(entry.id)) {
      overlaps = true; // the same article at another host
    } else {
      candidates.push({ entry, name: mark.name, isRewritten: twin.text !== mark.text });
    }
  }
  const isRenaming =
    candidates.length >= limits.renamedEntriesMin && candidates.length * 100 > knownLinks * limits.renamedPercent;
  const rewritten = candidates.filter(({ isRewritten }) => isRewritten).map(({ entry }) => entry);
  const held = new Map(current);
  if (isRenaming) for (const { name } of candidates) held.delete(name);
  else for (const entry of rewritten) fresh.add(entry);
  return {
    fresh: entries.filter((entry) => fresh.has(entry)),
    edited,
    renamed: isRenaming ? candidates.map(({ entry }) => entry) : [],
    rewritten: isRenaming ? rewritten : [],
    overlaps: overlaps || candidates.length > (isRenaming ? 0 : rewritten.length),
    seen: { renamed: pack(current, known, limits.seenEntriesMin), held: pack(held, known, known.size + held.size) },
  };
}

/** Of what stood in a document, that which is remembered as it stood there: reading it again would find nothing. */
export function stillKnown({ base, marks }: Slices, seen: Uint8Array): Slices {
  const known = unpack(seen);
  return { base, marks: new Map([...marks].filter(([, { name, text }]) => known.get(name)?.text === text)) };
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

function inOrder(entries: readonly Entry[], passedOver: readonly PassedOver[]): readonly Sighting[] {
  const read = entries.map((entry): Sighting => ({ entry, mark: markOf(entry) }));
  if (passedOver.length === 0) return read;
  const behind = Map.groupBy(passedOver, (each) => each.behind);
  const gap = (at: number) => behind.get(at)?.map(({ mark }): Sighting => ({ entry: null, mark })) ?? [];
  return [...gap(0), ...read.flatMap((sighting, index) => [sighting, ...gap(index + 1)])];
}

/** What several entries of a document share is no link of any: a front page, a page of live news. */
function ownLinks(sightings: readonly Sighting[]): (mark: Mark) => string {
  const owners = new Map<string, Set<string>>();
  for (const { mark } of sightings) {
    if (mark.path !== null) owners.set(mark.path, (owners.get(mark.path) ?? new Set()).add(mark.id));
  }
  return ({ path }) => (path !== null && owners.get(path)?.size === 1 ? path : noLink);
}

/** All that stand in the document, then those that left it, as far as there is room: an entry may come back. */
function pack(current: Traces, before: Traces, marksMax: number): Uint8Array {
  const kept = [...current];
  for (const trace of before) {
    if (kept.length >= marksMax) break;
    if (!current.has(trace[0])) kept.push(trace);
  }
  return new Uint8Array(Buffer.from(kept.map(([name, { text, link }]) => name + text + link).join(''), 'hex'));
}

function unpack(seen: Uint8Array): Traces {
  const traces: Traces = new Map();
  for (let at = 0; at + markBytes <= seen.length; at += markBytes) {
    const mark = Buffer.from(seen.buffer, seen.byteOffset + at, markBytes).toString('hex');
    const name = mark.slice(0, nameBytes * 2);
    const text = mark.slice(nameBytes * 2, -linkBytes * 2);
    if (!traces.has(name)) traces.set(name, { text, link: mark.slice(-linkBytes * 2) });
  }
  return traces;
}
