/**
 * Entries that stand in a document letter by letter as they stood in an earlier one need no second reading. A slice is the
 * text of one entry, from its start tag to its end tag; it is known by its fingerprint.
 *
 * What makes this sound: only the scan of `scan.ts` says where an entry begins, and a slice is told only when the scan
 * came to its end at the very end tag that a plain search finds first, with nothing mended on the way. So the same letters
 * in the same surroundings (format, bound prefixes, the document's own entities) mean the same entry.
 */
import { hash } from 'node:crypto';
import type { Mark } from './mark.ts';
import { finder } from './markup.ts';

/** What is remembered of a document, so that the next one of its feed need not be read whole. */
export interface Slices {
  /** Mark of what its links were relative to: the same letters under another base are other links. */
  readonly base: string;
  /** Marks of entries by the fingerprints of their slices. No two have one name: which of them counts is seen only when all are read. */
  readonly marks: ReadonlyMap<string, Mark>;
}

export const unsliced: Slices = { base: '', marks: new Map() };

/** An entry that stands in a document and was not read, because it was read before. */
export interface PassedOver {
  /** How many of the entries that were read stand before it. */
  readonly behind: number;
  readonly fingerprint: string;
  readonly mark: Mark;
}

/** Nine bytes: that a new entry of a feed of 1,000 has the fingerprint of a known one by chance is 1,000 / 2^72. */
const fingerprintLetters = 12;

/** Ways to write the name of an entry element in one document; real ones have one. */
const spellingsMax = 4;

interface Marks {
  readonly nextStart: (from: number) => number;
  readonly nextEnd: (from: number) => number;
}

/** Looks for slices of one document. */
export class Slicer {
  readonly #text: string;
  readonly #known: Slices;
  readonly #surroundings: string;
  /** By the name of the entry element, as it is spelt. */
  readonly #marks = new Map<string, Marks>();

  /** @param surroundings all that the meaning of a slice depends on, but for the prefixes bound in the document */
  constructor(text: string, known: Slices, surroundings: string) {
    this.#text = text;
    this.#known = known;
    this.#surroundings = surroundings;
  }

  /**
   * Index behind the slice that begins at `start`, or null when no end tag comes before the next entry. Asked from the
   * beginning of the document to its end, it looks at each character once.
   *
   * @param nameChars length of the name in the start tag
   */
  endOf(start: number, nameChars: number): number | null {
    const name = this.#text.slice(start + 1, start + 1 + nameChars);
    const marks = this.#marksOf(name);
    if (marks === null) return null;
    const end = marks.nextEnd(start);
    const next = marks.nextStart(start + 1);
    return end < 0 || (next >= 0 && next < end) ? null : end + name.length + 3;
  }

  #marksOf(name: string): Marks | null {
    const known = this.#marks.get(name);
    if (known !== undefined) return known;
    if (this.#marks.size === spellingsMax) return null;
    const marks = { nextStart: finder(this.#text, `<${name}`), nextEnd: finder(this.#text, `</${name}>`) };
    this.#marks.set(name, marks);
    return marks;
  }

  fingerprint(start: number, end: number, prefixes: string): string {
    const subject = `${this.#surroundings}\n${prefixes}\n${this.#text.slice(start, end)}`;
    return hash('sha1', subject, 'base64url').slice(0, fingerprintLetters);
  }

  /** The mark of the entry, when it was read before. */
  known(fingerprint: string): Mark | undefined {
    return this.#known.marks.get(fingerprint);
  }
}
