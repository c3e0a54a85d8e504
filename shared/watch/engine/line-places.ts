/** All places of any line in an entry, whether the line is anchored or not; each line is looked for once. */
import type { Occurrence } from '../find.ts';
import type { Term } from '../term.ts';
import { type Anchor, anchorsOf, hashesIn, type Key, pairNumber, wordNumber } from './anchor.ts';
import { isLookedThrough } from './looked-through.ts';
import type { Proposer } from './proposer.ts';
import { isUnsure, prove, quickLine } from './quick-line.ts';
import { fieldsInOrder, type Reading } from './reading.ts';
import type { Windows } from './windows.ts';

/** How a line is looked for. */
interface Search {
  /** Null when the engine cannot ask for it: then the reference looks. */
  readonly anchor: Anchor | null;
  /** Words of the line: where a text has one of them joined from several, the reference looks. */
  readonly words: ReadonlySet<number>;
  readonly families: readonly number[];
  readonly hasBeginning: boolean;
  /** See `quick-line.ts`; null for a line that is not of plain words. */
  readonly quick: Uint8Array | null;
}

export class LinePlaces {
  readonly #reading: Reading;
  readonly #proposer: Proposer;
  readonly #windows: Windows;
  readonly #searches = new Map<Term, Search>();
  readonly #known = new Map<Term, readonly Occurrence[]>();

  constructor(reading: Reading, proposer: Proposer, windows: Windows) {
    this.#reading = reading;
    this.#proposer = proposer;
    this.#windows = windows;
  }

  /** For another entry. */
  clear(): void {
    this.#known.clear();
  }

  /** By start, of places inside one another the longest; `first` and `after` are units of the entry. */
  of(term: Term): readonly Occurrence[] {
    const known = this.#known.get(term);
    if (known !== undefined) return known;
    const places = this.#find(term);
    this.#known.set(term, places);
    return places;
  }

  #find(term: Term): readonly Occurrence[] {
    const search = this.#searchFor(term);
    if (search.anchor === null) return fieldsInOrder.flatMap((_, field) => this.#windows.placesIn(term, field));
    const places: Occurrence[] = [];
    const { keys } = search.anchor;
    for (const key of keys)
      this.#walk(key, (word, wordsBefore) => this.#proveAt(term, search, word, wordsBefore, places));
    for (const [nth, joined] of this.#proposer.joined.entries()) {
      const family = this.#proposer.joinedFamilies[nth] ?? -1;
      if (search.hasBeginning || search.words.has(joined.hash) || search.families.includes(family)) {
        places.push(...this.#windows.placesAt(term, joined.first, joined.last));
      }
    }
    return places.length < 2 ? places : outermost(places);
  }

  #searchFor(term: Term): Search {
    const known = this.#searches.get(term);
    if (known !== undefined) return known;
    const words = term.steps.flatMap((step) => [...step.words, ...(step.joined === null ? [] : [step.joined])]);
    const families = words.flatMap((word) =>
      word.kind === 'family' ? [this.#proposer.families.numberOf(word.family)] : [],
    );
    const quick = quickLine(term);
    const search = {
      anchor: anchorsOf(term).reduce(
        (best: Anchor | null, anchor) => (best === null || anchor.share < best.share ? anchor : best),
        null,
      ),
      words: new Set(hashesIn(term)),
      families,
      hasBeginning: words.some(({ kind }) => kind === 'prefix'),
      quick: quick === null ? null : Uint8Array.from(quick),
    };
    this.#searches.set(term, search);
    return search;
  }

  /** Tells every word that has the anchor. */
  #walk(key: Key, tell: (word: number, wordsBefore: number) => void): void {
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
        const family = this.#proposer.families.numberOf(key.family);
        const { of } = this.#proposer.families;
        for (let word = 0; word < count; word++) if (of[word] === family) tell(word, 0);
        break;
      }
      case 'beginning':
        for (let word = 0; word < count; word++)
          if (this.#proposer.beginningOf(word) === key.number) tell(word, key.at);
        break;
    }
  }

  #proveAt(term: Term, { quick }: Search, word: number, wordsBefore: number, places: Occurrence[]): void {
    const reading = this.#reading;
    if (quick !== null) {
      const start = reading.start(this.#proposer.wordsBack(word, wordsBefore));
      const field = reading.field(start);
      const end = prove(reading, start, reading.until[field]!, quick, 0, term.steps.length);
      if (end === isUnsure) places.push(...this.#windows.placesAt(term, word, word));
      else if (end > 0) places.push(placeAt(reading, field, start, end));
      return;
    }
    places.push(...this.#windows.placesAt(term, word, word));
  }
}

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
