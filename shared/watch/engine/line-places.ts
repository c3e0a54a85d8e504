/** All places of any line in an entry, whether the line is anchored or not; each line is looked for once. */
import type { Occurrence } from '../find.ts';
import type { Term } from '../term.ts';
import { type Anchor, anchorsOf, familyNumber, hashesIn, type Key, pairNumber, wordNumber } from './anchor.ts';
import { isLookedThrough } from './looked-through.ts';
import { Presence } from './presence.ts';
import type { Proposer } from './proposer.ts';
import { isOdd, isOneFamily, isUnsure, prove, quickLine } from './quick-line.ts';
import { fieldsInOrder, type Reading } from './reading.ts';
import type { Windows } from './windows.ts';

/** How a line is looked for. */
interface Search {
  readonly term: Term;
  /** Of each key, the number of its family, if it is one. Null when the engine cannot ask: then the reference looks. */
  readonly keys: readonly (readonly [Key, number])[] | null;
  /** Numbers of its words and families: where a text has one of them joined from several words, the reference looks. */
  readonly words: readonly number[];
  readonly hasBeginning: boolean;
  /** One of these is there where the line is; null when nothing can be said. */
  readonly numbers: readonly number[] | null;
  /** See `quick-line.ts`; null for a line that is not of plain words. */
  readonly quick: Uint8Array | null;
  readonly isOneFamily: boolean;
  /** What was found, and in which entry. */
  entry: number;
  places: readonly Occurrence[];
}

export class LinePlaces {
  readonly #reading: Reading;
  readonly #proposer: Proposer;
  readonly #windows: Windows;
  /** What the entry has. */
  readonly presence: Presence;
  readonly #searches = new Map<Term, Search>();
  #entry = 0;

  constructor(reading: Reading, proposer: Proposer, windows: Windows) {
    this.#reading = reading;
    this.#proposer = proposer;
    this.#windows = windows;
    this.presence = new Presence(reading, proposer);
  }

  /** For another entry. */
  clear(): void {
    this.#entry++;
    this.presence.clear();
  }

  /** By start, of places inside one another the longest; `first` and `after` are units of the entry. */
  of(term: Term): readonly Occurrence[] {
    const search = this.#searchFor(term);
    if (search.entry !== this.#entry) {
      search.entry = this.#entry;
      search.places = this.#mayStand(search) ? this.#find(search) : none;
    }
    return search.places;
  }

  #mayStand({ numbers }: Search): boolean {
    if (numbers === null) return true;
    for (const number of numbers) if (this.presence.mayHave(number)) return true;
    return false;
  }

  #searchFor(term: Term): Search {
    const known = this.#searches.get(term);
    if (known !== undefined) return known;
    const { families } = this.#proposer;
    const words = term.steps.flatMap((step) => [...step.words, ...(step.joined === null ? [] : [step.joined])]);
    const quick = quickLine(term);
    const keys = rarest(anchorsOf(term))?.keys ?? null;
    const familyOf = (key: Key) => (key.kind === 'family' ? families.numberOf(key.family) : 0);
    const search: Search = {
      term,
      keys: keys?.map((key) => [key, familyOf(key)]) ?? null,
      numbers: keys === null ? null : numbersAsked(keys, familyOf),
      words: [
        ...hashesIn(term).map(wordNumber),
        ...words.flatMap((word) => (word.kind === 'family' ? [familyNumber(families.numberOf(word.family))] : [])),
      ],
      hasBeginning: words.some(({ kind }) => kind === 'prefix'),
      quick: quick === null ? null : Uint8Array.from(quick),
      isOneFamily: isOneFamily(term),
      entry: 0,
      places: none,
    };
    this.#searches.set(term, search);
    return search;
  }

  #find(search: Search): readonly Occurrence[] {
    const { term, keys, words, hasBeginning } = search;
    if (keys === null) return fieldsInOrder.flatMap((_, field) => this.#windows.placesIn(term, field));
    const places: Occurrence[] = [];
    for (const [key, family] of keys) {
      this.#walk(key, family, (word, wordsBefore) => this.#proveAt(search, word, wordsBefore, places));
    }
    for (const [nth, { hash, first, last }] of this.#proposer.joined.entries()) {
      const family = this.#proposer.joinedFamilies[nth] ?? 0;
      if (hasBeginning || words.includes(wordNumber(hash)) || words.includes(familyNumber(family))) {
        places.push(...this.#windows.placesAt(term, first, last));
      }
    }
    return places.length < 2 ? places : outermost(places);
  }

  /** Tells every word that has the anchor. */
  #walk(key: Key, family: number, tell: (word: number, wordsBefore: number) => void): void {
    const { hashes, count } = this.#reading;
    switch (key.kind) {
      case 'word':
        for (let word = 0; word < count; word++) if (wordNumber(hashes[word]!) === key.number) tell(word, key.at);
        break;
      case 'pair':
        for (let word = 0, before = 0; word < count; word++) {
          const hash = hashes[word]!;
          if (pairNumber(before, hash) === key.number) tell(word, key.at);
          if (!isLookedThrough(hash)) before = hash;
        }
        break;
      case 'family': {
        const { of } = this.#proposer.families;
        for (let word = 0; word < count; word++) if (of[word] === family) tell(word, 0);
        break;
      }
      case 'beginning':
        for (let word = 0; word < count; word++) {
          if (this.#proposer.beginningOf(word) === key.number) tell(word, key.at);
        }
        break;
    }
  }

  #proveAt({ term, quick, isOneFamily }: Search, word: number, wordsBefore: number, places: Occurrence[]): void {
    const reading = this.#reading;
    const start = reading.start(quick === null ? word : this.#proposer.wordsBack(word, wordsBefore));
    const field = reading.field(start);
    const end =
      quick !== null
        ? prove(reading, start, reading.until[field]!, quick, 0, term.steps.length)
        : isOneFamily && !isOdd(reading.units, start)
          ? reading.ends[word]!
          : isUnsure;
    if (end === isUnsure) places.push(...this.#windows.placesAt(term, word, word));
    else if (end > 0) places.push(placeAt(reading, field, start, end));
  }
}

const none: readonly Occurrence[] = [];

/** What one of must be there, see `Presence`; null for what it does not know. */
function numbersAsked(keys: readonly Key[], familyOf: (key: Key) => number): readonly number[] | null {
  if (keys.some(({ kind }) => kind === 'beginning')) return null;
  return keys.map((key) => (key.kind === 'family' ? familyNumber(familyOf(key)) : key.number));
}

const rarest = (anchors: readonly Anchor[]): Anchor | null =>
  anchors.reduce((best: Anchor | null, each) => (best === null || each.share < best.share ? each : best), null);

function placeAt(reading: Reading, field: number, start: number, end: number): Occurrence {
  const from = reading.from[field]!;
  return { field: fieldsInOrder[field] ?? 'title', first: start, after: end, start: start - from, end: end - from };
}

function outermost(places: readonly Occurrence[]): readonly Occurrence[] {
  const sorted = [...places].sort((a, b) => a.first - b.first || b.after - a.after);
  let furthest = 0;
  return sorted.filter(({ after }) => {
    const isInside = after <= furthest;
    furthest = Math.max(furthest, after);
    return !isInside;
  });
}
