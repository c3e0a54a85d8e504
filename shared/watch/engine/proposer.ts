/**
 * Which anchored lines an entry may have, and where: the words of the text held against the filters, and what they let
 * through against the table.
 */
import { Beginning, familyNumber, pairNumber, wordNumber } from './anchor.ts';
import type { Artifact } from './artifact.ts';
import { pointAt } from './careful-scan.ts';
import { Families, noFamily } from './families.ts';
import { type JoinedWord, joinedWords } from './joined-words.ts';
import { isLookedThrough } from './looked-through.ts';
import { mayHave, shiftOf } from './number-table.ts';
import { joined, joinedCount, kept, room, sift } from './quick-scan.ts';
import type { Reading } from './reading.ts';

/** @param first, last the words of the anchor; of a pair only the second is told, and of words that are joined all */
export type Propose = (line: number, first: number, last: number, isJoined: boolean) => void;

/** Joined words of one text stand close together: so many back a neighbour is looked for. */
const neighboursBack = 64;

export class Proposer {
  readonly families: Families;
  /** Joined words of the entry, as far as some line has them, or all if some line asks for families. */
  joined: readonly JoinedWord[] = [];
  /** Families of those words. */
  joinedFamilies: readonly number[] = [];
  /** Numbers of all anchors in which one of those words has part. */
  joinedNumbers: number[] = [];
  readonly #artifact: Artifact;
  readonly #reading: Reading;
  readonly #shift: number;
  readonly #hasBeginnings: boolean;

  constructor(artifact: Artifact, reading: Reading) {
    this.#artifact = artifact;
    this.#reading = reading;
    this.families = new Families(artifact.families);
    this.#shift = shiftOf(artifact.buckets.length - 1);
    this.#hasBeginnings = artifact.beginnings.some((bits) => bits !== 0);
  }

  propose(propose: Propose): void {
    const reading = this.#reading;
    const { words, pairs, vocabulary } = this.#artifact;
    const count = sift(reading.count, words, pairs);
    if (count > 0) this.#lookAtWords(count, propose);
    const all = this.families.size > 0 || this.#hasBeginnings;
    this.joined = joinedCount === 0 ? none : joinedWords(reading, joined, joinedCount, all ? null : vocabulary);
    if (this.joinedNumbers.length > 0) this.joinedNumbers = [];
    if (this.joined.length > 0) this.#lookAtJoined(propose);
    if (this.families.size > 0) this.#lookAtFamilies(propose);
    if (this.#hasBeginnings) this.#lookAtBeginnings(propose);
  }

  /** The word so many words before another, over those that are looked through. */
  wordsBack(word: number, count: number): number {
    let at = word;
    for (let back = 0; back < count && at > 0; back++) at = Math.max(0, wordBefore(this.#reading, at));
    return at;
  }

  /** What the first letters of a word ask for; null when it has too few. */
  beginningOf(word: number): number | null {
    return beginningAt(this.#reading, this.#reading.start(word), this.#reading.ends[word]!);
  }

  /**
   * Looks all kept words up, step by step for all of them: what a step waits for in memory, the next words' steps do not
   * wait for.
   */
  #lookAtWords(count: number, propose: Propose): void {
    const { words, pairs, buckets, checks } = this.#artifact;
    const shift = this.#shift;
    const asked = numbersAsked(this.#reading, count, words, pairs);
    for (let nth = 0; nth < asked; nth++) firsts[nth] = buckets[askedNumbers[nth]! >>> shift]!;
    let found = 0;
    for (let nth = 0; nth < asked; nth++) {
      const number = askedNumbers[nth]!;
      const end = buckets[(number >>> shift) + 1]!;
      for (let at = firsts[nth]!; at < end; at++) {
        if (checks[at] !== (number & 0xffff)) continue;
        foundPlaces[found] = at;
        foundWords[found] = askedWords[nth]!;
        if (++found === foundPlaces.length) {
          this.#tell(found, propose);
          found = 0;
        }
      }
    }
    this.#tell(found, propose);
  }

  #tell(found: number, propose: Propose): void {
    const { values } = this.#artifact;
    for (let nth = 0; nth < found; nth++) foundLines[nth] = values[foundPlaces[nth]!]!;
    for (let nth = 0; nth < found; nth++) propose(foundLines[nth]!, foundWords[nth]!, foundWords[nth]!, false);
  }

  #look(number: number, first: number, last: number, isJoined: boolean, propose: Propose): void {
    const { buckets, checks, values } = this.#artifact;
    const bucket = number >>> this.#shift;
    const check = number & 0xffff;
    for (let at = buckets[bucket]!; at < buckets[bucket + 1]!; at++) {
      if (checks[at] === check) propose(values[at]!, first, last, isJoined);
    }
  }

  #lookAtJoined(propose: Propose): void {
    const reading = this.#reading;
    const { words, pairs, vocabulary } = this.#artifact;
    const ask = (number: number, filter: Int32Array, { first, last }: JoinedWord) => {
      this.joinedNumbers.push(number);
      if (mayHave(filter, number)) this.#look(number, first, last, true, propose);
    };
    const known = this.joined.filter(({ hash }) => mayHave(vocabulary, wordNumber(hash)));
    for (const [nth, word] of known.entries()) {
      ask(wordNumber(word.hash), words, word);
      const [before, after] = [wordBefore(reading, word.first), wordAfter(reading, word.last)];
      if (before >= 0) ask(pairNumber(reading.hashes[before]!, word.hash), pairs, word);
      if (after >= 0) ask(pairNumber(word.hash, reading.hashes[after]!), pairs, word);
      for (let back = Math.max(0, nth - neighboursBack); back < nth; back++) {
        const other = known[back]!;
        if (other.last < word.first && wordBefore(reading, word.first) <= other.last) {
          ask(pairNumber(other.hash, word.hash), pairs, word);
        }
      }
    }
  }

  #lookAtFamilies(propose: Propose): void {
    const reading = this.#reading;
    this.families.read(reading);
    const { of } = this.families;
    for (let word = 0; word < reading.count; word++) {
      if (of[word] !== noFamily) this.#look(familyNumber(of[word]!), word, word, false, propose);
    }
    this.joinedFamilies = this.joined.map(({ first, last }) =>
      this.families.ofText(reading.text(reading.start(first), reading.ends[last]!)),
    );
    for (const [nth, { first, last }] of this.joined.entries()) {
      const family = this.joinedFamilies[nth]!;
      if (family === noFamily) continue;
      this.joinedNumbers.push(familyNumber(family));
      this.#look(familyNumber(family), first, last, true, propose);
    }
  }

  #lookAtBeginnings(propose: Propose): void {
    const reading = this.#reading;
    const { beginnings } = this.#artifact;
    const lookFrom = (first: number, last: number, isJoined: boolean) => {
      const number = beginningAt(reading, reading.start(first), reading.ends[last]!);
      if (number !== null && mayHave(beginnings, number)) this.#look(number, first, last, isJoined, propose);
    };
    for (let word = 0; word < reading.count; word++) lookFrom(word, word, false);
    for (const { first, last } of this.joined) lookFrom(first, last, true);
  }
}

const none: readonly JoinedWord[] = [];

/** What is looked up at once; both the word and its pair may be asked about. */
const askedNumbers = new Int32Array(2 * room);
const askedWords = new Int32Array(2 * room);
const firsts = new Uint32Array(2 * room);
/** Places in the table, some at a time. */
const foundPlaces = new Uint32Array(4_096);
const foundWords = new Int32Array(foundPlaces.length);
const foundLines = new Uint32Array(foundPlaces.length);

/** Of the kept words, what the filters said yes to. @returns how many */
function numbersAsked(reading: Reading, count: number, words: Int32Array, pairs: Int32Array): number {
  const { hashes } = reading;
  const wordShift = shiftOf(words.length);
  const pairShift = shiftOf(pairs.length);
  let asked = 0;
  for (let nth = 0; nth < count; nth++) {
    const word = kept[nth]!;
    const hash = hashes[word]!;
    const before = wordBefore(reading, word);
    const number = wordNumber(hash);
    const pair = pairNumber(before < 0 ? 0 : hashes[before]!, hash);
    const bits = words[number >>> wordShift]!;
    const pairBits = pairs[pair >>> pairShift]!;
    askedNumbers[asked] = number;
    askedWords[asked] = word;
    asked += (bits >>> number) & (bits >>> (number >>> 5)) & 1;
    askedNumbers[asked] = pair;
    askedWords[asked] = word;
    asked += (pairBits >>> pair) & (pairBits >>> (pair >>> 5)) & 1;
  }
  return asked;
}

/** The word before one, over those that are looked through; -1 when there is none. */
function wordBefore({ hashes }: Reading, word: number): number {
  let before = word - 1;
  while (before >= 0 && isLookedThrough(hashes[before]!)) before--;
  return before;
}

function wordAfter({ hashes, count }: Reading, word: number): number {
  let after = word + 1;
  while (after < count && isLookedThrough(hashes[after]!)) after++;
  return after < count ? after : -1;
}

/** What the first letters of a stretch ask for; null when it has too few. */
function beginningAt({ units }: Reading, start: number, end: number): number | null {
  const beginning = new Beginning();
  for (let at = start; at < end; at++) {
    const point = pointAt(units, at);
    if (beginning.add(point)) return beginning.number();
    if (point > 0xffff) at++;
  }
  return null;
}
