/** Terms and watches drawn from one half of a corpus, to be looked for in the other half. */
import type { Watch } from '../../../shared/watch/config.ts';
import { watchOf } from '../../watch/watch-of-lines.ts';
import { diceOf, shuffled } from './dice.ts';
import type { Article } from './news.ts';
import { capitalised, inventedWord } from './vocabulary.ts';

export type TermSet = 'sparse' | 'dense';

/** What may be drawn, each kind in an order of its own; terms in small letters. */
export interface Drawn {
  readonly names: readonly string[];
  readonly phrases: readonly string[];
  readonly rareWords: readonly string[];
  readonly frequentWords: readonly string[];
  /** Mid-frequency words of one article with a name of the same article: what a rule is made of. */
  readonly subjects: readonly Subject[];
}

interface Subject {
  readonly name: string;
  readonly words: readonly string[];
  readonly phrase: string;
}

/** How a set is made up; what is left to 1 is absent: invented words and names that stand in no text. */
const shares = {
  sparse: { frequentWords: 0, names: 0.1, phrases: 0.42, rareWords: 0.08 },
  dense: { frequentWords: 0.1, names: 0.3, phrases: 0.3, rareWords: 0.15 },
} as const satisfies Record<TermSet, object>;

/** Of the most frequent words so many begin or end no phrase: `of the minister`. */
const stopWords = 120;
/** Up to here in the list by frequency a word is called frequent. */
const frequentRanks = 20_000;

/** @param articles those that nothing is timed on */
export function drawnFrom(articles: readonly Article[], seed: number): Drawn {
  const dice = diceOf(seed);
  const counts = {
    name: new Map<string, number>(),
    word: new Map<string, number>(),
    phrase: new Map<string, number>(),
  };
  const count = (kind: keyof typeof counts, term: string) => counts[kind].set(term, (counts[kind].get(term) ?? 0) + 1);
  const stretches = articles.map(({ title, body }) => [...stretchesOf(title), ...stretchesOf(body)]);
  for (const word of stretches.flat(2)) if (isSmall(word)) count('word', word);
  const byFrequency = [...counts.word].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([word]) => word);
  const stops = new Set(byFrequency.slice(0, stopWords));
  const isPhrase = (words: readonly string[]) =>
    words.every(isSmall) && !stops.has(words[0]!) && !stops.has(words.at(-1)!);
  for (const stretch of stretches.flat()) {
    for (const name of namesIn(stretch)) count('name', name.toLowerCase());
    for (let at = 0; at < stretch.length; at++) {
      for (const length of [2, 3]) {
        const words = stretch.slice(at, at + length);
        if (words.length === length && isPhrase(words)) count('phrase', words.join(' '));
      }
    }
  }
  const isMiddling = (word: string) =>
    isSmall(word) && word.length >= 4 && (counts.word.get(word) ?? 0) < articles.length / 20 && !stops.has(word);
  const subjects = stretches.flatMap((article): Subject[] => {
    const name = article.flatMap(namesIn).find((each) => each.includes(' '));
    const words = article.flat().filter((word) => isMiddling(word) && counts.word.get(word)! > 20);
    const phrase = article.map((stretch) => stretch.slice(1, 3)).find((two) => two.length === 2 && isPhrase(two));
    return name === undefined || words.length < 4 || phrase === undefined
      ? []
      : [{ name, words, phrase: phrase.join(' ') }];
  });
  const rare = [...counts.word].filter(([word, times]) => times <= 5 && word.length >= 4).map(([word]) => word);
  return {
    names: shuffled([...counts.name.keys()], dice),
    phrases: shuffled([...counts.phrase.keys()], dice),
    rareWords: shuffled(rare, dice),
    frequentWords: shuffled(
      byFrequency.slice(0, frequentRanks).filter((word) => word.length >= 4),
      dice,
    ),
    subjects: shuffled(subjects, dice),
  };
}

const isSmall = (word: string) => /^[a-z]+$/.test(word);

/** Words of ASCII with nothing but one space between them. */
function stretchesOf(text: string): string[][] {
  return (text.match(/(?<![\p{L}\p{N}'’])[A-Za-z0-9]+(?: [A-Za-z0-9]+)*(?![\p{L}\p{N}])/gu) ?? []).map((stretch) =>
    stretch.split(' '),
  );
}

/** Capitalised words in a row; the first word of a stretch may be only the first of its sentence. */
function namesIn(stretch: readonly string[]): string[] {
  const names: string[] = [];
  for (let at = 1; at < stretch.length; at++) {
    const first = at;
    while (at - first < 3 && /^[A-Z][a-z]{2}/.test(stretch[at] ?? '')) at++;
    if (at > first) names.push(stretch.slice(first, at).join(' '));
  }
  return names;
}

/**
 * Distinct terms, each word with a capital: for Watchword that is a name, found in any case and in no plural, which is
 * what peers make of it when they ignore case.
 */
export function termsOf(drawn: Drawn, set: TermSet, count: number, seed: number): string[] {
  const terms = new Set<string>();
  for (const [kind, share] of Object.entries(shares[set]) as [keyof (typeof shares)['sparse'], number][]) {
    const wanted = terms.size + Math.round(share * count);
    for (const term of drawn[kind]) {
      if (terms.size >= wanted) break;
      terms.add(term);
    }
  }
  // A small corpus has not enough names and rare words for a large set; it always has phrases.
  const present = Math.round(count * Object.values<number>(shares[set]).reduce((sum, share) => sum + share));
  for (const phrase of drawn.phrases) {
    if (terms.size >= present) break;
    terms.add(phrase);
  }
  const dice = diceOf(seed);
  while (terms.size < count) {
    const recombined = () => `${dice.pick(drawn.names).split(' ')[0]} ${dice.pick(drawn.rareWords)}`;
    terms.add(dice.chance(0.5) ? inventedWord(4, dice) : recombined());
  }
  return shuffled([...terms], dice).map((term) => term.split(' ').map(capitalised).join(' '));
}

/** Watches as people write them: groups, word forms, capitals, closeness and exclusions. */
export function rulesOf(drawn: Drawn, count: number, seed: number): Watch[] {
  const dice = diceOf(seed);
  return Array.from({ length: count }, (_, nth) => {
    const { name, words, phrase } = dice.pick(drawn.subjects);
    const form = () => `${dice.pick(words)}~`;
    const forms = [form(), form(), form()];
    const names = [name, dice.pick(drawn.subjects).name];
    const kind = dice.roll();
    const groups =
      kind < 0.3
        ? { any: [name, phrase] }
        : kind < 0.5
          ? { any: [...names, phrase], none: [dice.pick(drawn.subjects).phrase, form()] }
          : kind < 0.75
            ? { all: [names, forms] }
            : kind < 0.9
              ? { near: { within: 10, ordered: false, all: [names, forms] } }
              : { all: [[dice.pick(['EU', 'UN', 'NATO', 'IMF', 'FBI']), name], [form()], [form(), dice.pick(words)]] };
    return { ...watchOf(groups), id: String(nth), name: `Rule ${nth}` };
  });
}
