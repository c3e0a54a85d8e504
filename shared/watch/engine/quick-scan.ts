/**
 * The two loops that everything else waits for: characters → words, and words → which of them are asked about in the table.
 *
 * Written for the compiler of V8, and measured at each step (`npm run bench:match`): the arrays are constants of this file
 * and their lengths powers of two by which every index is masked, so that no bound is checked; nothing jumps, but where
 * jumps are rare; what may be written is written, and overwritten where it was not to be.
 */
import { lookedThroughAnd, lookedThroughOwner } from './looked-through.ts';
import { careful, codes, factor, joins } from './units.ts';

/** Units of the longest entry: three texts of `limits.fieldCharsMax`, and what stands between. */
export const room = 2 ** 21;
const last = room - 1;
const lastPair = room / 2 - 1;

const memory = new ArrayBuffer(2 * room);
export const bytes = Buffer.from(memory);
export const units = new Uint16Array(memory);
/** Two units in each number, so that one load has both. */
const pairs = new Int32Array(memory);
/** Arrays that begin at the same place of a page wait for each other; these begin at different ones. */
const apart = [1_088, 2_240, 3_392, 320] as const;
const numbers = apart.map((offset) => new Int32Array(new ArrayBuffer(4 * room + 4_096), offset, room));
/** Of each word: the unit after its last. */
export const ends: Int32Array = numbers[0]!;
export const hashes: Int32Array = numbers[1]!;
/** Words that are asked about in the table. */
export const kept: Int32Array = numbers[2]!;
/** Words with a sign behind that may join them to the next. */
export const joined: Int32Array = numbers[3]!;

const table = codes;
const signs = joins;
const times = factor;
const and = lookedThroughAnd;
const owner = lookedThroughOwner;
/** Above this many bits an end has whether its sign may join; see `joining`. */
const joiningShift = 24;
const endMask = 2 ** joiningShift - 1;

/**
 * Finds the words of the first so many units; some gaps must follow them. Ends are to be read after `sift` only.
 *
 * @returns how many words; -1 when the text needs care
 */
export function scan(length: number): number {
  let hash = 0;
  let words = 0;
  let before = 0;
  let seen = 0;
  for (let at = 0; at < length; at += 4) {
    const one = pairs[(at >>> 1) & lastPair]!;
    const two = pairs[((at >>> 1) + 1) & lastPair]!;
    const a = table[one & 0xffff]!;
    const b = table[one >>> 16]!;
    const c = table[two & 0xffff]!;
    const d = table[two >>> 16]!;
    let word = words & last;
    ends[word] = at | a;
    hashes[word] = hash;
    words += (before & ~a) >>> 31;
    hash = (Math.imul(hash, times) + a) & (a >> 31);
    word = words & last;
    ends[word] = (at + 1) | b;
    hashes[word] = hash;
    words += (a & ~b) >>> 31;
    hash = (Math.imul(hash, times) + b) & (b >> 31);
    word = words & last;
    ends[word] = (at + 2) | c;
    hashes[word] = hash;
    words += (b & ~c) >>> 31;
    hash = (Math.imul(hash, times) + c) & (c >> 31);
    word = words & last;
    ends[word] = (at + 3) | d;
    hashes[word] = hash;
    words += (c & ~d) >>> 31;
    hash = (Math.imul(hash, times) + d) & (d >> 31);
    before = d;
    seen |= a | b | c | d;
  }
  return (seen & careful) === 0 ? words : -1;
}

/** How many words of the last `sift` are joined. */
export let joinedCount = 0;

/**
 * Asks the filters of each word and of each pair of neighbours; keeps a word to which one of them says yes.
 *
 * @param words, pairs see `filterOf`
 * @returns how many are kept
 */
export function sift(count: number, words: Int32Array, pairsAsked: Int32Array): number {
  const wordShift = Math.clz32(words.length) + 1;
  const pairShift = Math.clz32(pairsAsked.length) + 1;
  let yes = 0;
  let signsSeen = 0;
  let before = 0;
  for (let word = 0; word < count; word++) {
    const hash = hashes[word & last]!;
    const number = Math.imul(hash, 0x9e3779b1);
    const bits = words[number >>> wordShift]!;
    const pair = Math.imul((hash + Math.imul(before, 0x27d4eb2f)) | 0, 0x85ebca77);
    const pairBits = pairsAsked[pair >>> pairShift]!;
    kept[yes & last] = word;
    yes += (((bits >>> number) & (bits >>> (number >>> 5))) | ((pairBits >>> pair) & (pairBits >>> (pair >>> 5)))) & 1;
    joined[signsSeen & last] = word;
    signsSeen += ends[word & last]! >>> joiningShift;
    if (hash !== and && hash !== owner) before = hash;
  }
  joinedCount = keepJoined(signsSeen);
  return yes;
}

/**
 * Of words with a sign behind keeps those that it may join to the next: it joins only what follows at once, but for the
 * stop of an initial. Their ends are ends again.
 */
function keepJoined(count: number): number {
  let kept = 0;
  for (let nth = 0; nth < count; nth++) {
    const word = joined[nth & last]!;
    const end = ends[word & last]! & endMask;
    ends[word & last] = end;
    const after = table[units[(end + 1) & last]!]!;
    const initial = (signs[units[end & last]!]! >>> 1) & ~(table[units[(end - 2) & last]!]! >>> 31);
    joined[kept & last] = word;
    kept += ((after >>> 31) | (after >>> 30) | initial) & 1;
  }
  return kept;
}

/** The first unit of a word of a text that needed no care. To be asked after `sift` only. */
export function startOf(word: number): number {
  let start = (ends[word & last]! - 1) & last;
  while (start > 0 && table[units[(start - 1) & last]!]! < 0) start--;
  return start;
}
