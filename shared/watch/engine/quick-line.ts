/**
 * A line of plain words, written as bytes, and its proof in a text letter by letter. Most lines are of this kind, and most
 * places in news are plain: where anything is out of the ordinary (a joined word, letters beyond ASCII, dotted initials)
 * the proof says so, and the reference decides.
 *
 * For each word a byte with the number of its letters and two flags, then its letters as the line has them; then, where a
 * flag says so, how many other forms there are, and for each a byte with its length and its letters.
 */
import { sentenceEnds } from '../sentence.ts';
import type { Step, Term } from '../term.ts';
import type { Reading } from './reading.ts';
import { codes, isGap, joins } from './units.ts';

const lettersMask = 0x3f;
const hasOtherForms = 0x40;
const inCapitals = 0x80;

const isNot = 0;
export const isUnsure = -1;

const ascii = new TextEncoder();
const plainWord = /^[A-Za-z0-9]{1,63}$/;
/** See `anchor.ts`: a line that has one of these is not of plain words. */
const lookedThrough = new Set(['and', 's']);

/** @returns the bytes of a line; null when it is not of plain words only */
export function quickLine(term: Term): readonly number[] | null {
  const words = term.source.match(/[A-Za-z0-9]+/g) ?? [];
  const bytes: number[] = [];
  for (const [nth, step] of term.steps.entries()) {
    const written = wordBytes(step, words[nth] ?? '');
    if (written === null) return null;
    bytes.push(...written);
  }
  return bytes;
}

/** @param source the word as the line has it, if it does: its capitals are kept, so that the line can be read back */
function wordBytes({ words: [word, ...more], joined, crossesStop }: Step, source: string): number[] | null {
  if (word === undefined || more.length > 0 || joined !== null || crossesStop) return null;
  if (word.kind === 'capitals')
    return isPlain(word.cased) ? [word.cased.length | inCapitals, ...ascii.encode(word.cased)] : null;
  if (word.kind !== 'plain' || !word.forms.every(isPlain)) return null;
  const [first = '', ...others] = word.forms;
  const shown = source.toLowerCase() === first ? source : first;
  const bytes = [shown.length | (others.length > 0 ? hasOtherForms : 0), ...ascii.encode(shown)];
  if (others.length > 0) bytes.push(others.length);
  for (const form of others) bytes.push(form.length, ...ascii.encode(form));
  return bytes;
}

const isPlain = (form: string) => plainWord.test(form) && !lookedThrough.has(form.toLowerCase());

/** Whether a line is one word in all its forms: an ordinary word of its family is a place of it. */
export function isOneFamily({ steps: [step, ...more] }: Term): boolean {
  return more.length === 0 && step?.joined === null && step.words.length === 1 && step.words[0]?.kind === 'family';
}

/** Whether a line is one word with signs: `C++`, `C#`, `.NET`. */
export function isOneSigned({ steps: [step, ...more] }: Term): boolean {
  const word = step?.words[0];
  if (more.length > 0 || step?.words.length !== 1 || step.joined !== null || word === undefined) return false;
  if (word.kind === 'plain') return word.forms.every((form) => signed.test(form));
  return (word.kind === 'capitals' || word.kind === 'exact') && signed.test(word.folded);
}

const signed = /^\.|[+#]$/;

/** Whether a word of a text has one of the signs beside it without which it is no such word. */
export function hasSign({ units, ends }: Pick<Reading, 'units' | 'ends'>, word: number, start: number): boolean {
  const after = units[ends[word]!];
  return after === plus || after === hashSign || units[start - 1] === stop;
}

/** The words of a line as it writes them, one space between. */
export function wordsOfLine(bytes: Uint8Array, from: number, words: number): string {
  let [line, at] = ['', from];
  for (let nth = 0; nth < words; nth++) {
    const letters = (bytes[at] ?? 0) & lettersMask;
    line += `${nth === 0 ? '' : ' '}${Buffer.from(bytes.subarray(at + 1, at + 1 + letters)).toString('latin1')}`;
    at = afterWord(bytes, at);
  }
  return line;
}

function afterWord(bytes: Uint8Array, at: number): number {
  const header = bytes[at] ?? 0;
  let after = at + 1 + (header & lettersMask);
  if ((header & hasOtherForms) === 0) return after;
  for (let forms = bytes[after++] ?? 0; forms > 0; forms--) after += 1 + (bytes[after] ?? 0);
  return after;
}

/**
 * Whether a line stands at a place.
 *
 * @param start the first unit of a word
 * @param until where the field ends
 * @returns the unit after the last of its last word, `isNot` or `isUnsure`
 */
export function prove(
  reading: Reading,
  start: number,
  until: number,
  bytes: Uint8Array,
  from: number,
  words: number,
): number {
  const { units } = reading;
  let line = from;
  let at = start;
  let end = start;
  for (let nth = 0; nth < words; nth++) {
    if (nth > 0) {
      at = units[end] === space && (codes[units[end + 1]!] ?? 0) < 0 ? end + 1 : nextWord(reading, end, until);
      if (at <= 0) return at;
    }
    const header = bytes[line]!;
    const letters = header & lettersMask;
    const isSame =
      (header & inCapitals) !== 0
        ? isSpelled(units, at, bytes, line + 1, letters)
        : isFolded(units, at, bytes, line + 1, letters);
    line += 1 + letters;
    let found = isSame && isGap(codes[units[at + letters]!]!) ? letters : 0;
    if ((header & hasOtherForms) !== 0) {
      let longest = letters;
      for (let forms = bytes[line++]!; forms > 0; forms--) {
        const length = bytes[line++]!;
        if (length > longest) longest = length;
        if (found === 0 && isFolded(units, at, bytes, line, length) && isGap(codes[units[at + length]!]!))
          found = length;
        line += length;
      }
      // Together with what a dash joins it may be a longer form.
      if (found < longest && joins[units[at + found]!] === 1) return isUnsure;
    }
    if (found === 0) return isOdd(units, at) ? isUnsure : isNot;
    end = at + found;
    if (found === 1 && (units[end] === stop || units[at - 1] === stop)) return isUnsure;
  }
  return end <= until ? end : isNot;
}

const space = 32;
const stop = 46;
const zero = 48;
const plus = 43;
const hashSign = 35;

/** Folded: ASCII letters differ from their capitals in one bit, which all digits have. */
function isFolded(units: Uint16Array, at: number, bytes: Uint8Array, from: number, letters: number): boolean {
  for (let nth = 0; nth < letters; nth++) {
    const unit = units[at + nth]!;
    if (unit < zero || (unit | 32) !== (bytes[from + nth]! | 32)) return false;
  }
  return true;
}

function isSpelled(units: Uint16Array, at: number, bytes: Uint8Array, from: number, letters: number): boolean {
  for (let nth = 0; nth < letters; nth++) if (units[at + nth] !== bytes[from + nth]) return false;
  return true;
}

/** Whether a word that is not the line's own may still be part of it: joined, dotted, or not of ASCII. */
export function isOdd(units: Uint16Array, start: number): boolean {
  let end = start;
  while (!isGap(codes[units[end]!]!)) if (units[end++]! > 0x7f) return true;
  const isInitial = end - start === 1;
  return joined(joins[units[end]!]!, isInitial) || joined(start === 0 ? 0 : joins[units[start - 1]!]!, isInitial);
}

const joined = (sign: number, isInitial: boolean) => sign === 1 || (sign === 2 && isInitial);

/** What no sentence ends with: space, quotes, comma, colon, semicolon, brackets, dashes, slash. */
const calm = new Set([...' \'",;:()-/‘’“”–—\u00a0'].map((sign) => sign.charCodeAt(0)));
export const apostrophes = new Set([..."'’‘`´＇′ʼʻ"].map((sign) => sign.charCodeAt(0)));
export const ampersands = new Set([...'&＆'].map((sign) => sign.charCodeAt(0)));

/** The first unit of the word after a gap, over a possessive, but not over the end of a sentence. */
function nextWord(reading: Reading, end: number, until: number): number {
  const { units } = reading;
  let from = end;
  if (apostrophes.has(units[end]!) && (units[end + 1]! | 32) === 0x73) {
    const after = codes[units[end + 2]!]!;
    if (isGap(after)) from = end + 2;
    else if (after > 0) return isUnsure;
  }
  let at = from;
  let isCalm = true;
  for (; isGap(codes[units[at]!]!); at++) {
    if (at >= until || ampersands.has(units[at]!)) return isNot;
    isCalm &&= calm.has(units[at]!);
  }
  if (codes[units[at]!]! > 0) return isUnsure;
  if (isCalm) return at;
  let start = end;
  while (start > 0 && !isGap(codes[units[start - 1]!]!)) start--;
  const before = reading.text(start, end).toLowerCase();
  return sentenceEnds(before, reading.text(from, at), reading.text(at, at + 2)) ? isNot : at;
}
