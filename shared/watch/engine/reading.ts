/**
 * An entry, read for the engine: its three texts in one stretch of UTF-16 units, and of each word where it ends and its
 * hash. Most texts take a way without branches, some six cycles a character; what has signs that need care (Han, emoji,
 * ß, invisible characters) is read again by a careful one.
 */
import type { EntryText, TextField } from '../match.ts';
import {
  careful,
  codes,
  factor,
  factors,
  gap,
  ignored,
  kinds,
  learn,
  type Part,
  partOf,
  single,
  sums,
  surrogate,
} from './units.ts';

export const fieldsInOrder = ['title', 'summary', 'content'] as const satisfies readonly TextField[];

/** A line break ends a field, and some more keep the last step of the quick way inside. */
const padding = 8;
const lineBreak = 10;
const smallest = 4_096;

export class Reading {
  units = new Uint16Array(0);
  /** Of each word: the unit after its last. */
  ends = new Int32Array(0);
  hashes = new Int32Array(0);
  /** How many words there are. */
  count = 0;
  /** Units `[from, until)` of each field; both the same for one that is not there. */
  readonly from = new Int32Array(fieldsInOrder.length);
  readonly until = new Int32Array(fieldsInOrder.length);
  #bytes = Buffer.alloc(0);
  #pairs = new Int32Array(0);
  /** Where words start, if the careful way found that out. */
  #starts: Int32Array | null = null;
  #startsKept = new Int32Array(0);
  #length = 0;
  #entry: EntryText | null = null;

  read(entry: EntryText): void {
    this.#makeRoom((entry.title?.length ?? 0) + (entry.summary?.length ?? 0) + (entry.content?.length ?? 0));
    const { units, from, until } = this;
    let at = 0;
    for (let field = 0; field < fieldsInOrder.length; field++) {
      const text = entry[fieldsInOrder[field] ?? 'title'];
      from[field] = at;
      if (text !== null) at += this.#bytes.write(text, at * 2, 'utf16le') >>> 1;
      until[field] = at;
      units[at++] = lineBreak;
    }
    this.#length = at;
    this.#entry = entry;
    units.fill(lineBreak, at, at + padding);
    this.#starts = null;
    this.count = readQuickly(this.#pairs, at, this.ends, this.hashes);
    if (this.count < 0) this.#readCarefully();
  }

  /** Whether some sign needed care: letters without spaces, emoji, what nobody sees. */
  get isCareful(): boolean {
    return this.#starts !== null;
  }

  /** The first word of a field, or of one after it. */
  firstWord(field: number): number {
    const from = this.from[field] ?? 0;
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.ends[middle] ?? 0) <= from) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first unit of a word. */
  start(word: number): number {
    if (this.#starts !== null) return this.#starts[word] ?? 0;
    let start = (this.ends[word] ?? 0) - 1;
    while (start > 0 && codes[this.units[start - 1] ?? 0] !== 0) start--;
    return start;
  }

  /** Of one field. */
  text(start: number, end: number): string {
    const field = this.field(start);
    const from = this.from[field] ?? 0;
    return this.#entry?.[fieldsInOrder[field] ?? 'title']?.slice(start - from, end - from) ?? '';
  }

  /** Which field a unit is in. */
  field(unit: number): number {
    if (unit <= (this.until[0] ?? 0)) return 0;
    return unit <= (this.until[1] ?? 0) ? 1 : 2;
  }

  #makeRoom(chars: number): void {
    const wanted = chars + fieldsInOrder.length + padding;
    if (wanted <= this.units.length) return;
    const room = Math.max(smallest, 2 ** Math.ceil(Math.log2(wanted)));
    const memory = new ArrayBuffer(room * 2);
    this.#bytes = Buffer.from(memory);
    this.units = new Uint16Array(memory);
    this.#pairs = new Int32Array(memory);
    this.ends = new Int32Array(room);
    this.hashes = new Int32Array(room);
  }

  #readCarefully(): void {
    if (this.#startsKept.length < this.units.length) this.#startsKept = new Int32Array(this.units.length);
    this.#starts = this.#startsKept;
    this.count = readEach(this.units, this.#length, this.#starts, this.ends, this.hashes);
  }
}

/**
 * Two units of each step in one number, so that there is one load for both; written twice a step, so that there is one
 * jump for four. Where a word might end its end and hash are written; the next one overwrites them if it did not.
 *
 * @param pairs the units, two in each number
 * @returns how many words; -1 when the text needs care
 */
function readQuickly(pairs: Int32Array, length: number, ends: Int32Array, hashes: Int32Array): number {
  let hash = 0;
  let words = 0;
  let before = 0;
  let seen = 0;
  for (let at = 0; at < length; at += 4) {
    const one = pairs[at >>> 1]!;
    const two = pairs[(at >>> 1) + 1]!;
    const a = codes[one & 0xffff]!;
    const b = codes[one >>> 16]!;
    const c = codes[two & 0xffff]!;
    const d = codes[two >>> 16]!;
    ends[words] = at;
    hashes[words] = hash;
    words += (before & ~a) >>> 31;
    hash = (Math.imul(hash, factor) + a) & (a >> 31);
    ends[words] = at + 1;
    hashes[words] = hash;
    words += (a & ~b) >>> 31;
    hash = (Math.imul(hash, factor) + b) & (b >> 31);
    ends[words] = at + 2;
    hashes[words] = hash;
    words += (b & ~c) >>> 31;
    hash = (Math.imul(hash, factor) + c) & (c >> 31);
    ends[words] = at + 3;
    hashes[words] = hash;
    words += (c & ~d) >>> 31;
    hash = (Math.imul(hash, factor) + d) & (d >> 31);
    before = d;
    seen |= a | b | c | d;
  }
  return (seen & careful) === 0 ? words : -1;
}

/** One character after the other, of any kind. @returns how many words */
function readEach(
  units: Uint16Array,
  length: number,
  starts: Int32Array,
  ends: Int32Array,
  hashes: Int32Array,
): number {
  let hash = 0;
  let words = 0;
  let open: number = gap;
  for (let at = 0; at < length; at++) {
    const unit = units[at]!;
    learn(unit);
    let kind = kinds[unit]!;
    let times = factors[unit]!;
    let plus = sums[unit]!;
    const place = at;
    if (kind === surrogate) {
      const point = pointAt(units, at);
      const part = point > 0xffff ? partOf(point) : gapPart;
      ({ kind, factor: times, sum: plus } = part);
      if (point > 0xffff) at++;
    }
    if (kind === ignored) continue;
    if (open !== gap && (kind === gap || kind === single || open === single)) {
      ends[words] = place;
      hashes[words++] = hash;
      open = gap;
    }
    if (kind === gap) continue;
    if (open === gap) {
      starts[words] = place;
      hash = 0;
    }
    hash = (Math.imul(hash, times) + plus) | 0;
    open = kind;
  }
  return words;
}

/** Half of a pair that has no other half. */
const gapPart: Part = { kind: gap, factor: 1, sum: 0 };

/** The character at a unit, a pair of surrogates being one. */
export function pointAt(units: Uint16Array, at: number): number {
  const [high, low] = [units[at] ?? 0, units[at + 1] ?? 0];
  if (high > 0xdbff || low < 0xdc00 || low > 0xdfff) return high;
  return ((high - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
}

const wordReading = new Reading();

/**
 * Hashes of the words that the engine reads in a folded word: nearly always one. None when it reads nothing there, as in
 * signs; null when there are gaps inside, so that a text may have it as one word and the engine as several.
 */
export function hashesOf(folded: string): readonly number[] | null {
  // Signs at the ends (`C++`, `.NET`) stand in a gap of the text: what is found without them is proved with them.
  const bare = folded.replace(/^\.|[+#]+$/g, '');
  for (const character of bare) if (partOf(character.codePointAt(0) ?? 0).kind === gap) return null;
  wordReading.read({ title: bare, summary: null, content: null });
  return [...wordReading.hashes.subarray(0, wordReading.count)];
}
