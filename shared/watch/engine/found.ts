/** Places as they are found, watch by watch, and what is told of them in the end. */
import { limits } from '../../limits.ts';
import type { Match } from '../match.ts';
import { fieldsInOrder, type Reading } from './reading.ts';

/** Up to here the plainest way to sort is the fastest. */
const fewPlaces = 24;

/** Places of lines of watches of which one line is enough. */
export class Found {
  /** Of each place: its watch, the number of its line in `any`, its first unit in the entry and the one after its last. */
  readonly watches: number[] = [];
  readonly lines: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  #count = 0;
  readonly #told = new Set<number>();
  /** Whether places were left out, see `limits.placesPerEntryMax`. */
  isCut = false;

  clear(): void {
    this.#count = 0;
    if (this.#told.size > 0) this.#told.clear();
    this.isCut = false;
  }

  get count(): number {
    return this.#count;
  }

  /** Whether there is room for one more place of a watch: there is for its first one, always. */
  hasRoom(watch: number): boolean {
    if (this.#count < limits.placesPerEntryMax) return true;
    if (this.#told.size === 0) for (let place = 0; place < this.#count; place++) this.#told.add(this.watches[place]!);
    if (!this.#told.has(watch)) {
      this.#told.add(watch);
      return true;
    }
    this.isCut = true;
    return false;
  }

  add(watch: number, line: number, start: number, end: number): void {
    const place = this.#count++;
    this.watches[place] = watch;
    this.lines[place] = line;
    this.starts[place] = start;
    this.ends[place] = end;
  }

  /** Numbers of all places, by watch, then by start, then the longest first. */
  inOrder(): readonly number[] {
    if (this.#count > fewPlaces) return this.#inOrderOfMany();
    const order: number[] = [];
    for (let place = 0; place < this.#count; place++) order.push(place);
    for (let nth = 1; nth < order.length; nth++) {
      const place = order[nth]!;
      let at = nth;
      for (; at > 0 && this.#compare(order[at - 1]!, place) > 0; at--) order[at] = order[at - 1]!;
      order[at] = place;
    }
    return order;
  }

  /** Places come nearly in the order of the text: what is to be sorted are the watches. */
  #inOrderOfMany(): readonly number[] {
    const byWatch = new Map<number, number[]>();
    for (let place = 0; place < this.#count; place++) {
      const places = byWatch.get(this.watches[place]!);
      if (places === undefined) byWatch.set(this.watches[place]!, [place]);
      else places.push(place);
    }
    const watches = Uint32Array.from(byWatch.keys()).sort();
    const order: number[] = [];
    for (const watch of watches) {
      const places = byWatch.get(watch)!;
      if (places.length > 1) places.sort((a, b) => this.#compare(a, b));
      for (const place of places) order.push(place);
    }
    return order;
  }

  match(place: number, line: string, reading: Reading): Match {
    const start = this.starts[place]!;
    const end = this.ends[place]!;
    const field = reading.field(start);
    const from = reading.from[field]!;
    return {
      line,
      field: fieldsInOrder[field]!,
      start: start - from,
      end: end - from,
      text: reading.texts[field]!.slice(start - from, end - from),
    };
  }

  /**
   * Of a line's places inside one another the longest, each once.
   *
   * @param places of one watch, in the order of `inOrder`
   * @param lines of the watch, by number
   */
  matches(places: readonly number[], lines: readonly string[], reading: Reading): readonly Match[] {
    const reached = new Map<number, number>();
    const matches: Match[] = [];
    for (const place of places) {
      const line = this.lines[place]!;
      const end = this.ends[place]!;
      if (end <= (reached.get(line) ?? 0)) continue;
      reached.set(line, end);
      matches.push(this.match(place, lines[line]!, reading));
    }
    return matches.sort(inReadingOrder);
  }

  #compare(a: number, b: number): number {
    return this.watches[a]! - this.watches[b]! || this.starts[a]! - this.starts[b]! || this.ends[b]! - this.ends[a]!;
  }
}

function inReadingOrder(a: Match, b: Match): number {
  if (a.field !== b.field) return fieldsInOrder.indexOf(a.field) - fieldsInOrder.indexOf(b.field);
  return a.start - b.start || a.end - b.end || (a.line < b.line ? -1 : 1);
}
