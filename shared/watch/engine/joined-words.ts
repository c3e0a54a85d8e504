/**
 * Words that may also be read as one: `e-mail` as email, `U.S.` as US, `J. K.` as JK. Here more is taken for joined than is,
 * and proved later.
 */
import { limits } from '../../limits.ts';
import { wordNumber } from './anchor.ts';
import { pointAt } from './careful-scan.ts';
import { mayHave } from './number-table.ts';
import { apostrophes } from './quick-line.ts';
import type { Reading } from './reading.ts';
import { codes, factor, ignored, isGap, joins, kinds, partOf, single } from './units.ts';

export interface JoinedWord {
  readonly hash: number;
  /** Words `[first, last]`. */
  readonly first: number;
  readonly last: number;
}

const space = 32;

/** How a word is joined to the next one: by a stop letters become one word, by a dash (or `. `) words only may. */
type Join = 'not' | 'by a dash' | 'by a stop';

/**
 * @param ended words right behind which a sign stands that may join, rising
 * @param vocabulary what is not in this filter is left out; null takes all
 */
export function joinedWords(
  reading: Reading,
  ended: Int32Array,
  count: number,
  vocabulary: Int32Array | null,
): readonly JoinedWord[] {
  const found: JoinedWord[] = [];
  let done = -1;
  for (let nth = 0; nth < count; nth++) {
    const first = ended[nth]!;
    if (first <= done || joinOf(reading, first) === 'not') continue;
    const pieces = piecesFrom(reading, first);
    done = pieces.at(-1)?.last ?? first;
    addReadings(reading, pieces, vocabulary, found);
  }
  return found;
}

interface Piece {
  readonly first: number;
  readonly last: number;
}

/** What dashes join: single words, and letters with stops, which are one word. */
function piecesFrom(reading: Reading, first: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = first;
  for (let word = first; ; word++) {
    const join = joinOf(reading, word);
    if (join === 'by a stop') continue;
    pieces.push({ first: start, last: word });
    start = word + 1;
    if (join === 'not') return pieces;
  }
}

function addReadings(
  reading: Reading,
  pieces: readonly Piece[],
  vocabulary: Int32Array | null,
  found: JoinedWord[],
): void {
  for (const [nth, piece] of pieces.entries()) {
    for (const first of startsOf(reading, piece)) {
      for (let more = 0; more < limits.joinedWordsMax; more++) {
        const last = pieces[nth + more]?.last;
        if (last === undefined) break;
        if (last === first) continue;
        const hash = hashOver(reading, reading.start(first), reading.ends[last] ?? 0);
        if (vocabulary === null || mayHave(vocabulary, wordNumber(hash))) found.push({ hash, first, last });
      }
    }
  }
}

/** Letters with stops may begin with the `s` of an owner, which then is none of them: `Wallace's.U.S.` */
function startsOf(reading: Reading, { first, last }: Piece): readonly number[] {
  return last > first && apostrophes.has(reading.units[reading.start(first) - 1] ?? 0) ? [first, first + 1] : [first];
}

function joinOf(reading: Reading, word: number): Join {
  if (word + 1 >= reading.count) return 'not';
  const { units, ends } = reading;
  let at = ends[word]!;
  const sign = joins[units[at]!];
  if (sign === 0) return 'not';
  const next = reading.start(word + 1);
  if (sign === 2) {
    if (next - at === 1)
      return isDottedLetter(reading, word) && isDottedLetter(reading, word + 1) ? 'by a stop' : 'not';
    if (next - at > 2 || units[at + 1] !== space) return 'not';
    return isInitial(reading, word) && isInitial(reading, word + 1) ? 'by a dash' : 'not';
  }
  for (at++; at < next; at++) if (kinds[units[at]!] !== ignored) return 'not';
  return 'by a dash';
}

/** Whether a word may be a letter between stops: with its accents, and nothing that nobody sees. */
function isDottedLetter(reading: Reading, word: number): boolean {
  const start = reading.start(word);
  return kinds[reading.units[start] ?? 0] !== single && dottedLetter.test(reading.text(start, reading.ends[word] ?? 0));
}

const dottedLetter = /^\p{L}\p{M}*$/u;

/** Whether a word is one letter, and not a digit. */
function isInitial(reading: Reading, word: number): boolean {
  const [start, end] = [reading.start(word), reading.ends[word] ?? 0];
  let letters = 0;
  for (let at = start; at < end && letters < 2; at++) if (kinds[reading.units[at] ?? 0] !== ignored) letters++;
  return letters === 1 && !number.test(reading.text(start, end));
}

const number = /\p{N}/u;

/** The hash of all letters of a stretch, whatever joins them. */
function hashOver({ units }: Reading, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) {
    const code = codes[units[at]!]!;
    if (code < 0) {
      hash = (Math.imul(hash, factor) + code) | 0;
    } else if (!isGap(code)) {
      const point = pointAt(units, at);
      const part = partOf(point);
      hash = (Math.imul(hash, part.factor) + part.sum) | 0;
      if (point > 0xffff) at++;
    }
  }
  return hash;
}
