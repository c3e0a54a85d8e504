/**
 * Where a term stands in an entry. The obviously right way: each field is read into tokens once, and each term is walked
 * over them from every place where its first word is. Nothing is searched for in strings, so nothing is ever found
 * inside a word, and no term is slow.
 */
import { unreachable } from '../assert.ts';
import { limits } from '../limits.ts';
import type { TextField } from './match.ts';
import type { Step, Term, TermWord } from './term.ts';
import { type Token, tokensOf, type Word, wordsOf } from './tokens.ts';

/** One place of one term, in words and in UTF-16 units of the field's text. */
export interface Occurrence {
  readonly field: TextField;
  /** Words `[first, after)` of the field. */
  readonly first: number;
  readonly after: number;
  readonly start: number;
  readonly end: number;
}

interface ReadToken extends Token {
  readonly family: string;
}

/** A text of an entry, read. */
export interface FieldTokens {
  readonly field: TextField;
  readonly text: string;
  readonly words: readonly Word[];
  readonly tokensAt: readonly (readonly ReadToken[])[];
  /** By folded form, by family, by the first letters: where tokens begin. */
  readonly byFolded: ReadonlyMap<string, readonly number[]>;
  readonly byFamily: ReadonlyMap<string, readonly number[]>;
  readonly byBeginning: ReadonlyMap<string, readonly number[]>;
}

/** @param familyOf see `forms.ts`; handed in so that its answers can be remembered from entry to entry */
export function readField(field: TextField, text: string, familyOf: (folded: string) => string): FieldTokens {
  const words = wordsOf(text);
  const tokensAt: ReadToken[][] = words.map(() => []);
  const byFolded = new Map<string, number[]>();
  const byFamily = new Map<string, number[]>();
  const byBeginning = new Map<string, number[]>();
  for (const token of tokensOf(words)) {
    const family = familyOf(token.folded);
    tokensAt[token.at]?.push({ ...token, family });
    add(byFolded, token.folded, token.at);
    add(byFamily, family, token.at);
    add(byBeginning, beginning(token.folded), token.at);
  }
  return { field, text, words, tokensAt, byFolded, byFamily, byBeginning };
}

function add(places: Map<string, number[]>, key: string, at: number): void {
  const known = places.get(key);
  if (known === undefined) places.set(key, [at]);
  else known.push(at);
}

/** A prefix has at least one UTF-16 unit for two of its letters. */
const beginning = (folded: string): string => folded.slice(0, limits.prefixLettersMin / 2);

/** Every place of a term in a field, by start; of places inside one another the longest. */
export function placesOf(term: Term, field: FieldTokens): Occurrence[] {
  const found: Occurrence[] = [];
  // The walk goes over all readings at once: of those that reach the same word, one is enough.
  for (const first of firstPlaces(term, field)) {
    let reached = new Map([[first, field.words[first]?.start ?? 0]]);
    let start: number | null = null;
    for (const [nth, step] of term.steps.entries()) {
      const next = new Map<number, number>();
      for (const at of reached.keys()) {
        if (nth > 0 && !step.crossesStop && field.words[at]?.startsSentence) continue;
        for (const end of endsOf(step, field, at)) {
          next.set(end.after, Math.max(end.end, next.get(end.after) ?? 0));
          if (nth === 0) start = Math.min(end.start, start ?? end.start);
        }
      }
      reached = next;
    }
    const after = Math.max(...reached.keys());
    if (reached.size > 0)
      found.push({ field: field.field, first, after, start: start ?? 0, end: reached.get(after) ?? 0 });
  }
  return outermost(found);
}

/** Found by start: one that ends no later than one before it lies inside that one. */
function outermost(found: readonly Occurrence[]): Occurrence[] {
  let furthest = 0;
  return found.filter(({ after }) => {
    const isInside = after <= furthest;
    furthest = Math.max(furthest, after);
    return !isInside;
  });
}

/** Rising, each once. Nearly always there are none, and that is to be quick. */
function firstPlaces({ steps: [step] }: Term, field: FieldTokens): readonly number[] {
  if (step?.words[0] === undefined) return nowhere;
  const places = likelyPlaces(step.words[0], field);
  const joined = step.joined === null ? nowhere : likelyPlaces(step.joined, field);
  if (places.length + joined.length < 2) return places.length === 1 ? places : joined;
  return [...new Set([...places, ...joined])].sort((a, b) => a - b);
}

const nowhere: readonly number[] = [];

/** Where a word may stand: surely all places, and some where it does not. */
function likelyPlaces(word: TermWord, field: FieldTokens): readonly number[] {
  switch (word.kind) {
    case 'plain':
      return placesOfForms(word.forms, field);
    case 'family':
      return field.byFamily.get(word.family) ?? nowhere;
    case 'prefix':
      return field.byBeginning.get(beginning(word.prefix)) ?? nowhere;
    case 'capitals':
    case 'exact':
      return field.byFolded.get(word.folded) ?? nowhere;
    case 'run':
      return field.byFolded.get(word.letters[0] ?? '') ?? nowhere;
    default:
      return unreachable(word);
  }
}

function placesOfForms(forms: readonly string[], { byFolded }: FieldTokens): readonly number[] {
  let places = nowhere;
  for (const form of forms) {
    const more = byFolded.get(form);
    if (more !== undefined) places = places.length === 0 ? more : [...places, ...more];
  }
  return places;
}

interface End {
  readonly after: number;
  readonly start: number;
  readonly end: number;
}

/** Where a step that begins at a word may end. */
function endsOf(step: Step, field: FieldTokens, at: number): End[] {
  let ends: End[] = [{ after: at, start: Number.POSITIVE_INFINITY, end: 0 }];
  for (const [nth, word] of step.words.entries()) {
    ends = ends.flatMap((before) =>
      nth > 0 && field.words[before.after]?.startsSentence
        ? []
        : wordEnds(word, field, before.after).map((end) => ({ ...end, start: Math.min(before.start, end.start) })),
    );
  }
  return step.joined === null ? ends : [...ends, ...wordEnds(step.joined, field, at)];
}

function wordEnds(word: TermWord, field: FieldTokens, at: number): End[] {
  if (word.kind === 'run') return runEnds(word, field, at);
  return (field.tokensAt[at] ?? [])
    .filter((token) => isWord(word, token))
    .map(({ width, start, end }) => ({ after: at + width, start, end }));
}

function isWord(word: Exclude<TermWord, { kind: 'run' }>, token: ReadToken): boolean {
  switch (word.kind) {
    case 'plain':
      return word.forms.includes(token.folded);
    case 'family':
      return token.family === word.family;
    case 'prefix':
      return token.folded.startsWith(word.prefix);
    case 'capitals':
      return token.cased === word.cased;
    case 'exact':
      return token.exact === word.exact;
    default:
      return unreachable(word);
  }
}

/**
 * Letters of a script without spaces: both ends must be where words may begin and end. Dictionaries do not know most
 * names, and cut them in the wrong places: of four Han characters in a row, which no other words make by chance, one end
 * is enough.
 */
function runEnds({ letters, exact }: Extract<TermWord, { kind: 'run' }>, field: FieldTokens, at: number): End[] {
  const run = field.words.slice(at, at + letters.length);
  const isSame = letters.every((letter, nth) => {
    const word = run[nth];
    if (word === undefined || (nth > 0 && !word.letter?.adjoins)) return false;
    return exact === null ? word.folded === letter : word.exact === exact[nth];
  });
  const [first, last] = [run[0], run.at(-1)];
  if (!isSame || first?.letter == null || last?.letter == null) return [];
  const { opens } = first.letter;
  const { closes } = last.letter;
  const isLong = letters.filter((letter) => /^\p{sc=Han}/u.test(letter)).length >= 4;
  if (isLong ? !opens && !closes : !opens || !closes) return [];
  return [{ after: at + letters.length, start: first.start, end: last.end }];
}
