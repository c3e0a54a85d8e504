/**
 * The family of each word of an entry, as far as some line asks for it. A stemmer is the dearest thing done to a word, so
 * words are remembered from entry to entry, whole: a word is never taken for another that has its hash.
 */
import { limits } from '../../limits.ts';
import { foldedForm } from '../fold.ts';
import { familyOf } from '../forms.ts';
import { units } from './quick-scan.ts';
import type { Reading } from './reading.ts';
import { codes, isGap } from './units.ts';

/** What a word has that belongs to no family that is asked for. */
export const noFamily = -1;

/** Frequent words are found without a string: each has one of two slots, by its hash; of three the one that came first goes. */
const slotBits = 17;
/** A byte for the length of a word, then its letters. */
const slotBytes = 16;

export class Families {
  /** Of each word of the entry. */
  of = new Int32Array(0);
  readonly #numbers = new Map<string, number>();
  /** Words of ASCII in small letters, in their slots; and the family of each. */
  #words = new Uint8Array(0);
  #familyIn = new Int32Array(0);
  /** All words that were stemmed; those of other letters, and what dashes join, as they stand in texts. */
  readonly #others = new Map<string, number>();

  constructor(names: Uint8Array) {
    if (names.length === 0) return;
    for (const name of Buffer.from(names).toString('utf8').split('\n')) this.#numbers.set(name, this.#numbers.size);
  }

  get size(): number {
    return this.#numbers.size;
  }

  numberOf(family: string): number {
    return this.#numbers.get(family) ?? noFamily;
  }

  read(reading: Reading): void {
    if (this.of.length < reading.count) this.of = new Int32Array(2 * reading.count);
    if (this.#words.length === 0) {
      this.#words = new Uint8Array(2 ** slotBits * slotBytes);
      this.#familyIn = new Int32Array(2 ** slotBits);
    }
    for (let word = 0; word < reading.count; word++) this.of[word] = this.#ofWord(reading, word);
  }

  /** @param text a word as it stands in a text, with the dashes that join it */
  ofText(text: string): number {
    const known = this.#others.get(text);
    if (known !== undefined) return known;
    const folded = foldedForm(text).replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
    const family = this.numberOf(familyOf(folded));
    if (this.#others.size >= limits.stemsRememberedMax) this.#others.clear();
    this.#others.set(text, family);
    return family;
  }

  #ofWord(reading: Reading, word: number): number {
    const end = reading.ends[word]!;
    const slot = (Math.imul(reading.hashes[word]!, 0x9e3779b1) >>> (33 - slotBits)) * 2;
    if (isIn(this.#words, slot * slotBytes, end)) return this.#familyIn[slot]!;
    if (isIn(this.#words, (slot + 1) * slotBytes, end)) return this.#familyIn[slot + 1]!;
    const text = reading.text(reading.start(word), end);
    if (text.length >= slotBytes || !/^[A-Za-z0-9]+$/.test(text)) return this.ofText(text);
    const folded = text.toLowerCase();
    const family = this.ofText(folded);
    this.#keep(slot, folded, family);
    return family;
  }

  #keep(slot: number, folded: string, family: number): void {
    const at = slot * slotBytes;
    this.#words.copyWithin(at + slotBytes, at, at + slotBytes);
    this.#familyIn[slot + 1] = this.#familyIn[slot]!;
    this.#familyIn[slot] = family;
    this.#words[at] = folded.length;
    for (let nth = 0; nth < folded.length; nth++) this.#words[at + 1 + nth] = folded.charCodeAt(nth);
  }
}

/** Whether the word in a slot is the one that ends at a unit: from its end, for where it starts is not known yet. */
function isIn(words: Uint8Array, slot: number, end: number): boolean {
  const length = words[slot]!;
  if (length === 0) return false;
  const start = end - length;
  for (let nth = length; nth > 0; nth--) {
    const unit = units[start + nth - 1]!;
    // ASCII letters differ from their capitals in one bit, which all digits have.
    if (unit < 48 || (unit | 32) !== words[slot + nth]) return false;
  }
  return start === 0 || isGap(codes[units[start - 1]!]!);
}
