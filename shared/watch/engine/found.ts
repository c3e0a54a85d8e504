/** Places as they are found, watch by watch, and what is told of them in the end. */
import { limits } from '../../limits.ts';
import type { Match } from '../match.ts';
import { fieldsInOrder, type Reading } from './reading.ts';

/** Places of the lines of watches that need no other. */
export class Found {
  readonly #watches: number[] = [];
  readonly #lines: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #told = new Set<number>();
  /** Whether places were left out, see `limits.placesPerEntryMax`. */
  isCut = false;

  clear(): void {
    if (this.#watches.length > 0) {
      this.#watches.length = 0;
      this.#lines.length = 0;
      this.#starts.length = 0;
      this.#ends.length = 0;
      this.#told.clear();
    }
    this.isCut = false;
  }

  get size(): number {
    return this.#watches.length;
  }

  /** Whether there is room for one more place of a watch: there is for its first one, always. */
  hasRoom(watch: number): boolean {
    if (this.#watches.length < limits.placesPerEntryMax || !this.#told.has(watch)) return true;
    this.isCut = true;
    return false;
  }

  add(watch: number, line: number, start: number, end: number): void {
    this.#watches.push(watch);
    this.#lines.push(line);
    this.#starts.push(start);
    this.#ends.push(end);
    if (this.#watches.length >= limits.placesPerEntryMax) this.#rememberTold();
  }

  /** @param linesOf the lines of a watch by their numbers */
  *byWatch(reading: Reading, linesOf: (watch: number) => readonly string[]): Generator<readonly [number, readonly Match[]]> {
    const inOrder = this.#inOrder();
    for (let first = 0; first < inOrder.length; ) {
      const watch = this.#watches[inOrder[first]!]!;
      let after = first + 1;
      while (after < inOrder.length && this.#watches[inOrder[after]!] === watch) after++;
      const lines = linesOf(watch);
      if (after === first + 1) yield [watch, [this.#match(reading, inOrder[first]!, lines)]];
      else yield [watch, this.#matches(reading, inOrder.slice(first, after), lines)];
      first = after;
    }
  }

  #inOrder(): number[] {
    const all = [...this.#watches.keys()];
    if (all.length < 2) return all;
    return all.sort((a, b) => this.#watches[a]! - this.#watches[b]! || this.#starts[a]! - this.#starts[b]!);
  }

  #match(reading: Reading, place: number, lines: readonly string[]): Match {
    const [start, end] = [this.#starts[place]!, this.#ends[place]!];
    const field = reading.field(start);
    const from = reading.from[field]!;
    return {
      line: lines[this.#lines[place]!]!,
      field: fieldsInOrder[field]!,
      start: start - from,
      end: end - from,
      text: reading.text(start, end),
    };
  }

  /** Of a line's places inside one another the longest; each place of a line once. */
  #matches(reading: Reading, places: readonly number[], lines: readonly string[]): readonly Match[] {
    const reached = new Map<number, number>();
    const widestFirst = [...places].sort((a, b) => this.#starts[a]! - this.#starts[b]! || this.#ends[b]! - this.#ends[a]!);
    const outermost = widestFirst.filter((place) => {
      const line = this.#lines[place]!;
      if (this.#ends[place]! <= (reached.get(line) ?? 0)) return false;
      reached.set(line, this.#ends[place]!);
      return true;
    });
    const matches = outermost.map((place) => ({ place, match: this.#match(reading, place, lines) }));
    return matches
      .sort((a, b) => this.#starts[a.place]! - this.#starts[b.place]! || a.match.end - b.match.end || (a.match.line < b.match.line ? -1 : 1))
      .map(({ match }) => match);
  }

  #rememberTold(): void {
    if (this.#told.size === 0) for (const watch of this.#watches) this.#told.add(watch);
    else this.#told.add(this.#watches.at(-1)!);
  }
}
