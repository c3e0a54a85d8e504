/**
 * An anchored line as bytes: whose line it is, how it is to be proved, and its words (see `quick-line.ts`).
 *
 * Three bytes: the number of the watch. One: the number of the line in `any`. One: two bits how it is proved, four bits how
 * many words stand before its anchor. One: how many words it has. Then the words.
 */

/** By its letters, at once. */
export const quickly = 0;
/** By the reference, on the words around. */
export const byReference = 1;
/** The line is one group of a larger watch, which is asked whole. */
export const byWatch = 2;

/** A line beyond these is proved as part of its whole watch. */
export const linesMax = 256;
export const watchesMax = 2 ** 24;

export const wordsFrom = 6;

export interface LineRecord {
  readonly watch: number;
  readonly line: number;
  readonly proof: typeof quickly | typeof byReference | typeof byWatch;
  readonly wordsBefore: number;
  readonly words: number;
  /** Empty but for a line that is proved quickly. */
  readonly wordBytes: readonly number[];
}

/** Bytes that grow. */
export class Lines {
  #bytes = new Uint8Array(1_024);
  #length = 0;

  /** @returns where it begins */
  add({ watch, line, proof, wordsBefore, words, wordBytes }: LineRecord): number {
    const record = [
      watch & 0xff,
      (watch >>> 8) & 0xff,
      watch >>> 16,
      line,
      proof | (wordsBefore << 2),
      words,
      ...wordBytes,
    ];
    const at = this.#length;
    if (at + record.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length + record.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(record, at);
    this.#length += record.length;
    return at;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

export const watchAt = (lines: Uint8Array, at: number): number =>
  lines[at]! | (lines[at + 1]! << 8) | (lines[at + 2]! << 16);
