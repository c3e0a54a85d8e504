/** Places as they are found, watch by watch, and what is told of them in the end. */
import { limits } from '../../limits.ts';
import type { Match } from '../match.ts';
import { fieldsInOrder, type Reading } from './reading.ts';

/** A place of one line of a watch of which one line is enough. */
interface Place {
  readonly watch: number;
  readonly line: number;
  /** Units of the entry. */
  readonly start: number;
  readonly end: number;
}

export class Found {
  #places: Place[] = [];
  readonly #told = new Set<number>();
  /** Whether places were left out, see `limits.placesPerEntryMax`. */
  isCut = false;

  clear(): void {
    if (this.#places.length > 0) this.#places = [];
    if (this.#told.size > 0) this.#told.clear();
    this.isCut = false;
  }

  get size(): number {
    return this.#places.length;
  }

  /** Whether there is room for one more place of a watch: there is for its first one, always. */
  hasRoom(watch: number): boolean {
    if (this.#places.length < limits.placesPerEntryMax) return true;
    if (this.#told.size === 0) for (const place of this.#places) this.#told.add(place.watch);
    if (!this.#told.has(watch)) {
      this.#told.add(watch);
      return true;
    }
    this.isCut = true;
    return false;
  }

  add(watch: number, line: number, start: number, end: number): void {
    this.#places.push({ watch, line, start, end });
  }

  /** Watch by watch, rising. @param tell is given the places of one */
  forEach(tell: (watch: number, places: readonly Place[]) => void): void {
    const places = this.#places;
    if (places.length > fewPlaces) places.sort(byWatch);
    else sortFew(places);
    for (let first = 0; first < places.length; ) {
      const watch = places[first]!.watch;
      let after = first + 1;
      while (after < places.length && places[after]!.watch === watch) after++;
      tell(watch, first === 0 && after === places.length ? places : places.slice(first, after));
      first = after;
    }
  }
}

const byWatch = (a: Place, b: Place): number => a.watch - b.watch || a.start - b.start || b.end - a.end;

/** Up to here the plainest way to sort is the fastest. */
const fewPlaces = 24;

function sortFew(places: Place[]): void {
  for (let nth = 1; nth < places.length; nth++) {
    const place = places[nth]!;
    let at = nth;
    for (; at > 0 && byWatch(places[at - 1]!, place) > 0; at--) places[at] = places[at - 1]!;
    places[at] = place;
  }
}

/**
 * Of a line's places inside one another the longest, each once.
 *
 * @param places by start, the longest first
 * @param lines of the watch, by number
 */
export function matchesOf(places: readonly Place[], lines: readonly string[], reading: Reading): readonly Match[] {
  if (places.length === 1) return [matchOf(places[0]!, lines, reading)];
  const reached = new Map<number, number>();
  const matches: Match[] = [];
  for (const place of places) {
    if (place.end <= (reached.get(place.line) ?? 0)) continue;
    reached.set(place.line, place.end);
    matches.push(matchOf(place, lines, reading));
  }
  return matches.sort(inReadingOrder);
}

function matchOf({ line, start, end }: Place, lines: readonly string[], reading: Reading): Match {
  const field = reading.field(start);
  const from = reading.from[field]!;
  return {
    line: lines[line]!,
    field: fieldsInOrder[field]!,
    start: start - from,
    end: end - from,
    text: reading.text(start, end),
  };
}

function inReadingOrder(a: Match, b: Match): number {
  if (a.field !== b.field) return fieldsInOrder.indexOf(a.field) - fieldsInOrder.indexOf(b.field);
  return a.start - b.start || a.end - b.end || (a.line < b.line ? -1 : 1);
}
