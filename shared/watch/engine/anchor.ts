/**
 * Where to look for a line: of the words and pairs of neighbouring words that every place of it must have, those that
 * are rarest. What has the anchor may have the line; what has it not has none.
 */
import { unreachable } from '../../assert.ts';
import { limits } from '../../limits.ts';
import { foldedForm } from '../fold.ts';
import type { Step, Term, TermWord } from '../term.ts';
import { shareOf } from './common-words.ts';
import { isLookedThrough } from './looked-through.ts';
import { gap, hashOfLetter, letter, partOf, several } from './units.ts';
import { hashesOf } from './word-hash.ts';

export type Key =
  /** `number`: what a text is asked for. `at`: how many words of the line stand before the (last) word of the anchor. */
  | { readonly kind: 'word' | 'pair' | 'beginning'; readonly number: number; readonly at: number }
  | { readonly kind: 'family'; readonly family: string };

export interface Anchor {
  /** Every place has one of them. */
  readonly keys: readonly Key[];
  /** How often a word of news is an anchor, roughly. */
  readonly share: number;
}

export const wordNumber = (hash: number): number => Math.imul(hash, 0x9e3779b1);
export const pairNumber = (before: number, hash: number): number =>
  Math.imul((hash + Math.imul(before, 0x27d4eb2f)) | 0, 0x85ebca77);
export const familyNumber = (family: number): number => Math.imul(family + 1, 0x165667b1);

/** What a word of a line asks a text for, one way or another; null when the engine cannot ask for it. */
interface Asked {
  /** Hashes that the word may begin with, and end with; null for families and beginnings, of which no hash is known. */
  readonly heads: readonly number[] | null;
  readonly tails: readonly number[] | null;
  readonly anchor: Anchor;
}

/** All ways to anchor a line; empty when there is none, and then the line is looked for in every entry. */
export function anchorsOf(term: Term): readonly Anchor[] {
  const anchors: Anchor[] = [];
  let before: readonly number[] | null = null;
  let at = 0;
  for (const step of term.steps) {
    const read = readStep(step, at);
    if (read === 'looked through') continue;
    if (read === null) {
      before = null;
      at += step.words.length;
      continue;
    }
    if (before !== null && read.heads !== null) anchors.push(pairAnchor(before, read.heads, at));
    anchors.push(...read.anchors);
    before = read.tails;
    at += step.words.length;
  }
  return anchors;
}

interface ReadStep {
  readonly heads: readonly number[] | null;
  readonly tails: readonly number[] | null;
  readonly anchors: readonly Anchor[];
}

function readStep(step: Step, at: number): ReadStep | 'looked through' | null {
  const all = step.words.map((word, nth) => askedOf(word, at + nth));
  const words = all.filter((asked) => asked !== 'looked through');
  const joined = step.joined === null ? null : askedOf(step.joined, at);
  if (words.length === 0) return joined === null ? 'looked through' : null;
  if (joined === 'looked through' || (step.joined !== null && joined === null)) return null;
  const also = joined?.anchor ?? { keys: [], share: 0 };
  const anchors = words.flatMap((asked) => (asked === null ? [] : [both(asked.anchor, also)]));
  for (const [nth, asked] of words.entries()) {
    const next = words[nth + 1];
    if (asked?.tails && next?.heads) anchors.push(both(pairAnchor(asked.tails, next.heads, at + nth + 1), also));
  }
  const [first, last] = [words[0], words.at(-1)];
  return {
    heads: withJoined(first?.heads, joined, 'heads'),
    tails: withJoined(last?.tails, joined, 'tails'),
    anchors,
  };
}

function withJoined(
  hashes: readonly number[] | null | undefined,
  joined: Asked | null,
  end: 'heads' | 'tails',
): readonly number[] | null {
  if (hashes == null) return null;
  if (joined === null) return hashes;
  const others = joined[end];
  return others === null ? null : [...hashes, ...others];
}

const both = (one: Anchor, other: Anchor): Anchor => ({
  keys: [...one.keys, ...other.keys],
  share: one.share + other.share,
});

function askedOf(word: TermWord, at: number): Asked | 'looked through' | null {
  switch (word.kind) {
    case 'plain':
      return askedOfForms(word.forms, at);
    case 'capitals':
    case 'exact':
      return askedOfForms([word.folded], at);
    case 'run':
      return askedOfRun(word.letters, at);
    case 'family':
      return {
        heads: null,
        tails: null,
        anchor: { keys: [{ kind: 'family', family: word.family }], share: 3 * shareOf(0, 9) },
      };
    case 'prefix':
      return askedOfBeginning(word.prefix, at);
    default:
      return unreachable(word);
  }
}

function askedOfForms(forms: readonly string[], at: number): Asked | 'looked through' | null {
  const heads: number[] = [];
  const tails: number[] = [];
  const keys: Key[] = [];
  let share = 0;
  for (const form of forms) {
    const hashes = hashesOf(form);
    const [head, tail] = [hashes?.[0], hashes?.at(-1)];
    if (head === undefined || tail === undefined) return null;
    if (isLookedThrough(head) || isLookedThrough(tail)) return forms.length === 1 ? 'looked through' : null;
    heads.push(head);
    tails.push(tail);
    keys.push({ kind: 'word', number: wordNumber(tail), at });
    share += shareOf(tail, form.length);
  }
  return { heads, tails, anchor: { keys, share } };
}

/** Letters without spaces, one after the other: a single one is frequent, and two are good enough. */
function askedOfRun(letters: readonly string[], at: number): Asked | null {
  const hashes = letters.map(hashOfLetter);
  const [head, tail] = [hashes[0], hashes.at(-1)];
  if (head === undefined || tail === undefined || hashes.includes(0)) return null;
  const anchor =
    hashes.length === 1
      ? { keys: [{ kind: 'word' as const, number: wordNumber(head), at }], share: 2e-3 }
      : { keys: [{ kind: 'pair' as const, number: pairNumber(hashes[0] ?? 0, hashes[1] ?? 0), at }], share: 1e-5 };
  return { heads: [head], tails: [tail], anchor };
}

function askedOfBeginning(prefix: string, at: number): Asked | null {
  const number = numberOfBeginning(prefix);
  if (number === null) return null;
  return { heads: null, tails: null, anchor: { keys: [{ kind: 'beginning', number, at }], share: 2e-4 } };
}

/** A text is asked for the first so many letters of a word; a beginning that has signs among them cannot be asked for. */
const lettersAsked = limits.prefixLettersMin;

function numberOfBeginning(prefix: string): number | null {
  const beginning = new Beginning();
  for (const character of prefix) {
    const point = character.codePointAt(0) ?? 0;
    if (partOf(point).kind === gap) return null;
    if (beginning.add(point)) return beginning.number();
  }
  return null;
}

/** The first letters of a word, as they come. */
export class Beginning {
  #hash = 0;
  #letters = 0;

  /** @returns whether there are enough letters now */
  add(point: number): boolean {
    const { kind, factor: times, sum } = partOf(point);
    if (kind === several) {
      const letters = foldedForm(String.fromCodePoint(point)).normalize('NFKD');
      for (const one of letters) if (this.add(one.codePointAt(0) ?? 0)) return true;
      return false;
    }
    if (kind === letter) {
      this.#hash = (Math.imul(this.#hash, times) + sum) | 0;
      this.#letters++;
    }
    return this.#letters === lettersAsked;
  }

  number(): number {
    return Math.imul(this.#hash, 0xc2b2ae3d);
  }
}

function pairAnchor(before: readonly number[], after: readonly number[], at: number): Anchor {
  const keys = before.flatMap((one) =>
    after.map((other): Key => ({ kind: 'pair', number: pairNumber(one, other), at })),
  );
  const sum = (hashes: readonly number[]) => hashes.reduce((total, hash) => total + shareOf(hash, 4), 0);
  // Neighbours keep company: they meet more often than by chance.
  return { keys, share: Math.max(1e-9, 8 * sum(before) * sum(after)) };
}

/** Hashes of all the words of a line, as far as they are known. */
export function hashesIn(term: Term): readonly number[] {
  return term.steps.flatMap(({ words, joined }) =>
    [...words, ...(joined === null ? [] : [joined])].flatMap((word) => {
      if (word.kind === 'family' || word.kind === 'prefix') return [];
      if (word.kind === 'run') return word.letters.map(hashOfLetter);
      return (word.kind === 'plain' ? word.forms : [word.folded]).flatMap((form) => hashesOf(form) ?? []);
    }),
  );
}
