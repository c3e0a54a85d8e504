/**
 * What each UTF-16 unit of a text is to the engine, and what it adds to the hash of its word. Folding happens inside the
 * hash: `É`, `é` and `e` add the same, `ß` adds what `ss` does, and what nobody sees adds nothing. So a text is never
 * rewritten, and its places never move.
 *
 * The tables only propose: they may take for equal what is not (all accents and vowel signs are dropped), never the other
 * way round. What is proposed is proved elsewhere.
 *
 * A page of 256 units is read when a text first has one of them: most texts know three pages, and all 256 would cost a
 * new process a tenth of a second.
 */
import { emoji, first, joiner, next, picture, spaceless } from '../characters.ts';
import { foldedForm, invisible } from '../fold.ts';

/** Kinds of units. `several` folds to more than one letter, `single` is a word of its own (Han, kana, Thai, emoji). */
export const gap = 0;
export const letter = 1;
export const several = 2;
export const single = 3;
export const ignored = 4;
export const surrogate = 5;
const unread = 6;

/** What a letter multiplies a hash by, before it adds its own code. Odd, so that nothing is lost. */
export const factor = 0x01000193;

/** In `codes`: a unit that needs the careful way of reading. */
export const careful = 0x40000000;
/** In `codes`: a gap that may join words. */
export const joining = 0x01000000;

/** Of a letter, its code, with the sign bit set; of what needs care `careful`; of a gap nothing, or `joining`. */
export const codes = new Int32Array(65_536).fill(careful);
export const kinds = new Uint8Array(65_536).fill(unread);
/** What `several` and `single` multiply and add. */
export const factors = new Int32Array(65_536);
export const sums = new Int32Array(65_536);
/** Whether a code is that of a gap. */
export const isGap = (code: number): boolean => code >>> 30 === 0;

/** 1: a dash or slash; 2: a full stop. What joins words to one. */
export const joins = new Uint8Array(65_536);

/** What one character does to a hash: multiply, then add. */
export interface Part {
  readonly kind: number;
  readonly factor: number;
  readonly sum: number;
}

const isFirst = new RegExp(`^${first}$`, 'v');
const isNext = new RegExp(`^${next}$`, 'v');
const isSpaceless = new RegExp(`^${spaceless}$`, 'v');
const isPicture = new RegExp(String.raw`^(?:${picture}|\p{RI}|${emoji})$`, 'v');
const isJoiner = new RegExp(`^${joiner}$`, 'v');
const isMark = new RegExp(String.raw`^(?:${invisible}|[\p{M}\p{Emoji_Modifier}\uff9e\uff9f])$`, 'v');
const allMarks = new RegExp(String.raw`${invisible}|[\p{M}\uff9e\uff9f]`, 'gv');

/** Characters beyond the first 65,536, as they are met. */
const beyond = new Map<number, Part>();

/** The part of the character at a place, a surrogate pair being one. */
export function partOf(point: number): Part {
  if (point < 65_536) {
    if (kinds[point] === unread) readPage(point >>> 8);
    return { kind: kinds[point] ?? gap, factor: factors[point] ?? 0, sum: sums[point] ?? 0 };
  }
  const known = beyond.get(point) ?? partOfCharacter(String.fromCodePoint(point));
  beyond.set(point, known);
  return known;
}

/** Reads the page of a unit if that was not done before. */
export function learn(unit: number): void {
  if (kinds[unit] === unread) readPage(unit >>> 8);
}

function readPage(page: number): void {
  for (let unit = page << 8; unit < (page + 1) << 8; unit++) {
    const character = String.fromCharCode(unit);
    const part = isSurrogate(unit) ? { kind: surrogate, factor: 0, sum: 0 } : partOfCharacter(character);
    kinds[unit] = part.kind;
    factors[unit] = part.factor;
    sums[unit] = part.sum;
    joins[unit] = character === '.' ? 2 : isJoiner.test(character) ? 1 : 0;
    codes[unit] = part.kind === letter ? part.sum : part.kind !== gap ? careful : joins[unit] === 0 ? 0 : joining;
  }
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;

function partOfCharacter(character: string): Part {
  if (isMark.test(character)) return { kind: ignored, factor: 1, sum: 0 };
  if (isSpaceless.test(character)) return { kind: single, ...hashed(character) };
  if (isFirst.test(character)) {
    const part = hashed(character);
    if (part.factor === 1) return { kind: ignored, factor: 1, sum: 0 };
    return { kind: part.factor === factor ? letter : several, ...part };
  }
  if (isPicture.test(character)) return { kind: single, ...hashed(character) };
  return { kind: isNext.test(character) ? ignored : gap, factor: 1, sum: 0 };
}

/** The hash of a letter of a script without spaces, folded: a word of its own, whatever it is made of. */
export const hashOfLetter = (folded: string): number => hashed(folded).sum;

function hashed(character: string): { readonly factor: number; readonly sum: number } {
  let product = 1;
  let sum = 0;
  for (const one of foldedForm(character).normalize('NFKD').replace(allMarks, '')) {
    product = Math.imul(product, factor);
    sum = (Math.imul(sum, factor) + codeOf(one.codePointAt(0) ?? 0)) | 0;
  }
  return { factor: product, sum };
}

/** Thirty bits that look random, and the sign bit that tells a letter. */
function codeOf(point: number): number {
  let code = Math.imul(point + 1, 0x9e3779b1);
  code = Math.imul(code ^ (code >>> 15), 0x85ebca77);
  return ((code ^ (code >>> 13)) & ~careful) | 0x80000000;
}

for (const page of [0x00, 0x20]) readPage(page);
