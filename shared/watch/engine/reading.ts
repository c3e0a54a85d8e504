/**
 * An entry, read for the engine: its three texts in one stretch of UTF-16 units, and of each word where it ends and its
 * hash. Most texts take a way without jumps; what has signs that need care (Han, emoji, ß, invisible characters) is read
 * again by a careful one.
 *
 * There is one stretch of units for all engines of a process: an entry is read, asked and done with before the next.
 */
import { assert } from '../../assert.ts';
import type { EntryText, TextField } from '../match.ts';
import { scanCarefully } from './careful-scan.ts';
import { bytes, ends, hashes, room, scan, startOf, units } from './quick-scan.ts';

export const fieldsInOrder = ['title', 'summary', 'content'] as const satisfies readonly TextField[];

/** A line break ends a field, and some more keep the last step of the quick way inside. */
const lineBreak = 10;
const padding = 8;

const startsFound = new Int32Array(room);

export class Reading {
  readonly units = units;
  /** Of each word: the unit after its last. */
  readonly ends = ends;
  readonly hashes = hashes;
  /** How many words there are. */
  count = 0;
  /** Whether some sign needed care: letters without spaces, emoji, what nobody sees. */
  isCareful = false;
  /** Units `[from, until)` of each field; both the same for one that is not there. */
  readonly from = new Int32Array(fieldsInOrder.length);
  readonly until = new Int32Array(fieldsInOrder.length);
  /** The texts of the fields; empty for one that is not there. */
  readonly texts: string[] = fieldsInOrder.map(() => '');

  read(entry: EntryText): void {
    const { title, summary, content } = entry;
    const chars = (title?.length ?? 0) + (summary?.length ?? 0) + (content?.length ?? 0);
    assert(chars + fieldsInOrder.length + padding <= room, 'an entry is no longer than its fields may be');
    let at = this.#put(0, title, 0);
    at = this.#put(1, summary, at);
    at = this.#put(2, content, at);
    for (let nth = 0; nth < padding; nth++) units[at + nth] = lineBreak;
    this.count = scan(at);
    this.isCareful = this.count < 0;
    if (this.isCareful) this.count = scanCarefully(units, at, startsFound, ends, hashes);
  }

  /** The first unit of a word. */
  start(word: number): number {
    return this.isCareful ? startsFound[word]! : startOf(word);
  }

  /** Of one field. */
  text(start: number, end: number): string {
    const field = this.field(start);
    const from = this.from[field] ?? 0;
    return (this.texts[field] ?? '').slice(start - from, end - from);
  }

  /** Which field a unit is in. */
  field(unit: number): number {
    if (unit <= (this.until[0] ?? 0)) return 0;
    return unit <= (this.until[1] ?? 0) ? 1 : 2;
  }

  /** The first word of a field, or of one after it. */
  firstWord(field: number): number {
    const from = this.from[field] ?? 0;
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] ?? 0) <= from) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #put(field: number, text: string | null, at: number): number {
    this.from[field] = at;
    this.texts[field] = text ?? '';
    const after = text === null || text === '' ? at : at + (bytes.write(text, at * 2, 'utf16le') >>> 1);
    this.until[field] = after;
    units[after] = lineBreak;
    return after + 1;
  }
}
