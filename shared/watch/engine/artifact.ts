/**
 * Compiled watches as bytes: a head, then sections that are used where they lie. Nothing is parsed when it is loaded, and
 * nothing copied.
 */
import { crc32 } from 'node:zlib';
import type { NumberTable } from './number-table.ts';

/** In the order in which they lie in the file. */
const sections = {
  /** Numbers of anchors (see `anchor.ts`), as `number-table.ts` has them → where the line that they anchor is in `lines`. */
  buckets: Uint32Array,
  values: Uint32Array,
  checks: Uint16Array,
  /** Filters for the kinds of anchors that every word of a text is asked about. */
  words: Int32Array,
  pairs: Int32Array,
  beginnings: Int32Array,
  /** A filter of all words of all lines: what dashes join matters only if some line has it. */
  vocabulary: Int32Array,
  /** Of each watch: where it is in `watchTexts`, or, with `isPlainWatch` added, in `lines`; and the end of the last. */
  watchPlaces: Uint32Array,
  /** Watches that cannot be anchored, and are asked of every entry. */
  always: Uint32Array,
  /** Anchored lines, see `line-record.ts`. */
  lines: Uint8Array,
  /** Watches as JSON, without what they do not say. */
  watchTexts: Uint8Array,
  /** Names of the families that lines ask for, by number; parted by line breaks. */
  families: Uint8Array,
} as const;

type Sections = typeof sections;
type Section = Uint32Array | Uint16Array | Int32Array | Uint8Array;

/** All that the engine knows of the watches. */
export interface Artifact extends NumberTable {
  readonly words: Int32Array;
  readonly pairs: Int32Array;
  readonly beginnings: Int32Array;
  readonly vocabulary: Int32Array;
  readonly watchPlaces: Uint32Array;
  readonly always: Uint32Array;
  readonly lines: Uint8Array;
  readonly watchTexts: Uint8Array;
  readonly families: Uint8Array;
}

/** Of a watch that is its one line and nothing else: it is read from that line. */
export const isPlainWatch = 0x80000000;

const magic = 0x57574152;
/** Rises whenever older code would misread what newer code wrote, or find other things by it. */
const version = 1;
/** Magic, version, length of all, checksum of what follows the head; then the length of each section. */
const headWords = 4 + Object.keys(sections).length;
const headBytes = aligned(4 * headWords);

function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

export function bytesOf(artifact: Artifact): Uint8Array {
  const parts = Object.keys(sections).map((name): Section => artifact[name as keyof Sections]);
  const length = parts.reduce((sum, { byteLength }) => sum + aligned(byteLength), headBytes);
  const bytes = new Uint8Array(length);
  let at = headBytes;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += aligned(byteLength);
  }
  const head = [magic, version, length, crc32(bytes.subarray(headBytes))];
  new Uint32Array(bytes.buffer).set([...head, ...parts.map(({ byteLength }) => byteLength)]);
  return bytes;
}

/** @throws an error in one sentence when the bytes are not what this version wrote, whole */
export function artifactOf(given: Uint8Array): Artifact {
  const bytes = given.byteOffset % 8 === 0 ? given : new Uint8Array(given);
  if (bytes.length < headBytes) throw refusal('there are too few bytes');
  const head = new Uint32Array(bytes.buffer, bytes.byteOffset, headWords);
  if (head[0] !== magic) throw refusal('this is something else');
  if (head[1] !== version) throw refusal(`they are of version ${head[1]}, and this is version ${version}`);
  if (head[2] !== bytes.length) throw refusal('some of the bytes are missing, or there are too many');
  if (head[3] !== crc32(bytes.subarray(headBytes))) throw refusal('they are damaged');
  let at = headBytes;
  const parts = Object.entries(sections).map(([name, Kind], nth) => {
    const length = head[4 + nth] ?? 0;
    const part = new Kind(bytes.buffer as ArrayBuffer, bytes.byteOffset + at, length / Kind.BYTES_PER_ELEMENT);
    at += aligned(length);
    return [name, part] as const;
  });
  return Object.fromEntries(parts) as unknown as Artifact;
}

const refusal = (why: string) =>
  new Error(`The compiled watches cannot be used: ${why}. Compile the watch file again.`);
