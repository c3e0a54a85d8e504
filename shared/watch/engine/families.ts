/**
 * The family of each word of an entry, as far as some line asks for it. A stemmer is the dearest thing done to a word, so
 * words are remembered from entry to entry, whole: a word is never taken for another that has its hash.
 */
import { limits } from '../../limits.ts';
import { foldedForm } from '../fold.ts';
import { familyOf } from '../forms.ts';
import type { Reading } from './reading.ts';

/** What a word has that belongs to no family that is asked for. */
export const noFamily = -1;

const slots = 2 ** 17;
const lettersKept = 2 ** 20;
const longest = 40;

export class Families {
  /** Of each word of the entry. */
  of = new Int32Array(0);
  readonly #numbers = new Map<string, number>();
  /** Words of ASCII, in slots by their hash: where their letters are kept (0: nowhere), how many, and their family. */
  #places = new Int32Array(0);
  #families = new Int32Array(0);
  #letters = new Uint8Array(0);
  #kept = 1;
  #words = 0;
  /** Other words, and what dashes join, as they stand in texts. */
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
    if (this.#places.length === 0) this.#forget();
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
    const { units } = reading;
    const start = reading.start(word);
    const length = reading.ends[word]! - start;
    let slot = (Math.imul(reading.hashes[word]!, 0x9e3779b1) >>> 15) & (slots - 1);
    for (let place = this.#places[slot]!; place !== 0; place = this.#places[slot]!) {
      if (this.#isSame(units, start, length, place)) return this.#families[slot]!;
      slot = (slot + 1) & (slots - 1);
    }
    const text = reading.text(start, start + length);
    if (length > longest || !/^[A-Za-z0-9]+$/.test(text)) return this.ofText(text);
    const folded = text.toLowerCase();
    const family = this.numberOf(familyOf(folded));
    if (this.#words >= limits.stemsRememberedMax || this.#kept + length + 1 > lettersKept) {
      this.#forget();
      return family;
    }
    this.#places[slot] = this.#kept;
    this.#families[slot] = family;
    this.#letters[this.#kept++] = length;
    for (const letter of Buffer.from(folded)) this.#letters[this.#kept++] = letter;
    this.#words++;
    return family;
  }

  #isSame(units: Uint16Array, start: number, length: number, place: number): boolean {
    if (this.#letters[place] !== length) return false;
    for (let nth = 0; nth < length; nth++)
      if ((units[start + nth]! | 32) !== this.#letters[place + 1 + nth]) return false;
    return true;
  }

  #forget(): void {
    this.#places = new Int32Array(slots);
    this.#families = new Int32Array(slots);
    this.#letters = new Uint8Array(lettersKept);
    this.#kept = 1;
    this.#words = 0;
  }
}
