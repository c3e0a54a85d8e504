/**
 * Which words, pairs and families an entry has, to say quickly of a line that it is not there. It may say yes for one that
 * is not, never no for one that is.
 */
import { familyNumber, pairNumber, wordNumber } from './anchor.ts';
import { noFamily } from './families.ts';
import { isLookedThrough } from './looked-through.ts';
import type { Proposer } from './proposer.ts';
import type { Reading } from './reading.ts';

/** Numbers are told apart by so many of their first bits. */
const bits = 14;

export class Presence {
  readonly #reading: Reading;
  readonly #proposer: Proposer;
  /** In which entry a number was there last. */
  readonly #seenIn = new Uint32Array(2 ** bits);
  #entry = 0;
  #isRead = false;

  constructor(reading: Reading, proposer: Proposer) {
    this.#reading = reading;
    this.#proposer = proposer;
  }

  /** For another entry. */
  clear(): void {
    this.#entry++;
    this.#isRead = false;
  }

  /** @param number see `anchor.ts` */
  mayHave(number: number): boolean {
    if (!this.#isRead) this.#read();
    return this.#seenIn[number >>> (32 - bits)] === this.#entry;
  }

  #read(): void {
    this.#isRead = true;
    const { hashes, count } = this.#reading;
    const { joinedNumbers, families } = this.#proposer;
    const seenIn = this.#seenIn;
    const entry = this.#entry;
    let before = 0;
    for (let word = 0; word < count; word++) {
      const hash = hashes[word]!;
      seenIn[wordNumber(hash) >>> (32 - bits)] = entry;
      seenIn[pairNumber(before, hash) >>> (32 - bits)] = entry;
      if (!isLookedThrough(hash)) before = hash;
    }
    for (const number of joinedNumbers) seenIn[number >>> (32 - bits)] = entry;
    if (families.size === 0) return;
    const { of } = families;
    for (let word = 0; word < count; word++) {
      const family = of[word]!;
      if (family !== noFamily) seenIn[familyNumber(family) >>> (32 - bits)] = entry;
    }
  }
}
