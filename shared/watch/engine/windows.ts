/**
 * Where a line stands, by the reference: on the words around a place rather than on the whole text, which would take a
 * hundred times as long. A window is as wide as the line can reach, and whatever may belong together is not cut.
 *
 * A text that asks for many windows is read whole once: so a text that was made to be slow costs what the reference takes
 * for it, and no more.
 */
import { limits } from '../../limits.ts';
import { type FieldTokens, type Occurrence, placesOf, readField } from '../find.ts';
import type { Term } from '../term.ts';
import { fieldsInOrder, type Reading } from './reading.ts';
import { gap, joins, kinds, single } from './units.ts';

interface Window {
  /** Units of the entry. */
  readonly from: number;
  readonly until: number;
  readonly tokens: FieldTokens;
  readonly places: Map<Term, readonly Occurrence[]>;
}

export class Windows {
  readonly #reading: Reading;
  readonly #familyOf: (folded: string) => string;
  #windows: Window[] = [];
  readonly #whole: (Window | null)[] = [];

  constructor(reading: Reading, familyOf: (folded: string) => string) {
    this.#reading = reading;
    this.#familyOf = familyOf;
  }

  /** For another entry. */
  clear(): void {
    if (this.#windows.length > 0) this.#windows = [];
    if (this.#whole.length > 0) this.#whole.length = 0;
  }

  /**
   * Places of a line that have a unit in common with the words `[first, last]`.
   *
   * @returns with `first` and `after` in units of the entry
   */
  placesAt(term: Term, first: number, last: number): readonly Occurrence[] {
    const reading = this.#reading;
    const [start, end] = [reading.start(first), reading.ends[last] ?? 0];
    const window = this.#windowAround(term, first, last);
    return placesIn(window, term, reading.from[reading.field(start)] ?? 0).filter(
      ({ first: from, after }) => from < end && after > start,
    );
  }

  /** All places of a line in a field. */
  placesIn(term: Term, field: number): readonly Occurrence[] {
    return placesIn(this.whole(field), term, this.#reading.from[field] ?? 0);
  }

  whole(field: number): Window {
    const known = this.#whole[field];
    if (known) return known;
    const window = this.#read(field, this.#reading.from[field] ?? 0, this.#reading.until[field] ?? 0);
    this.#whole[field] = window;
    return window;
  }

  #windowAround(term: Term, first: number, last: number): Window {
    const reading = this.#reading;
    const field = reading.field(reading.start(first));
    const whole = this.#whole[field];
    if (whole) return whole;
    if (this.#windows.length >= limits.windowsPerEntryMax) return this.whole(field);
    const reach = 1 + term.steps.reduce((sum, { words }) => sum + words.length, 0);
    const from = this.#edge(field, first, -1, reach);
    const until = this.#edge(field, last, 1, reach);
    if (from === null || until === null) return this.whole(field);
    const known = this.#windows.find((window) => window.from === from && window.until === until);
    if (known !== undefined) return known;
    const window = this.#read(field, from, until);
    this.#windows.push(window);
    return window;
  }

  /**
   * Where a window ends on one side: beyond so many gaps that no word goes over. Null where that is far away.
   *
   * @param step -1 to the left, 1 to the right
   */
  #edge(field: number, word: number, step: 1 | -1, reach: number): number | null {
    const reading = this.#reading;
    const [from, until] = [reading.from[field] ?? 0, reading.until[field] ?? 0];
    let [at, passed] = [word, 0];
    for (let words = 0; words < limits.windowWordsMax; words++) {
      const next = at + step;
      const isOutside = next < 0 || next >= reading.count || reading.start(next) < from || reading.start(next) >= until;
      if (isOutside) return step < 0 ? from : until;
      if (isApart(reading, Math.min(at, next)) && ++passed > reach)
        return step < 0 ? reading.start(at) : (reading.ends[at] ?? 0);
      at = next;
    }
    return null;
  }

  #read(field: number, from: number, until: number): Window {
    const tokens = readField(fieldsInOrder[field] ?? 'title', this.#reading.text(from, until), this.#familyOf);
    return { from, until, tokens, places: new Map() };
  }
}

/** @param fieldFrom where the field begins */
function placesIn({ from, tokens, places }: Window, term: Term, fieldFrom: number): readonly Occurrence[] {
  const known = places.get(term);
  if (known !== undefined) return known;
  const found = placesOf(term, tokens).map(({ field, start, end }) => {
    // In a window words have no numbers; their units are in the same order.
    const [first, after] = [from + start, from + end];
    return { field, first, after, start: first - fieldFrom, end: after - fieldFrom };
  });
  places.set(term, found);
  return found;
}

/**
 * Whether a word and the next one are surely apart: by white space that is not only `. ` after an initial; or by any sign
 * that joins nothing, beside a letter of a script without spaces.
 */
function isApart(reading: Reading, word: number): boolean {
  const { units, ends } = reading;
  const end = ends[word] ?? 0;
  const until = reading.start(word + 1);
  const isInitial = end - reading.start(word) <= 2 && units[end] === stop && until === end + 2;
  if (isInitial) return false;
  const hasSingle = kinds[units[end - 1] ?? 0] === single || kinds[units[until] ?? 0] === single;
  for (let at = end; at < until; at++) {
    const unit = units[at] ?? 0;
    if (kinds[unit] === gap && (hasSingle ? joins[unit] === 0 : whites.has(unit))) return true;
  }
  return false;
}

const stop = 46;
const whites = new Set([9, 10, 11, 12, 13, 32]);
