/**
 * What else finds many terms in a text in JavaScript. Peers ignore case and accept a term only between two characters
 * that are no letters or digits; each is used in the way in which it was found to be fastest.
 */
import { createRequire } from 'node:module';
import { type Contender, Missing } from './contender.ts';

const require = createRequire(import.meta.url);

function packageNamed(name: string): unknown {
  try {
    return require(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Missing(`not installed: npm install --no-save ${name}`);
  }
}

/** Every term of an article once: a mark for each term says in which article it was seen last. */
function onceEach(count: number): { next(): void; see(term: number): void; seen(): number } {
  const seenIn = new Uint32Array(count);
  let article = 0;
  let seen = 0;
  return {
    next() {
      article++;
      seen = 0;
    },
    see(term) {
      if (seenIn[term] === article) return;
      seenIn[term] = article;
      seen++;
    },
    seen: () => seen,
  };
}

const isWordCode = (code: number) =>
  (code >= 97 && code <= 122) ||
  (code >= 48 && code <= 57) ||
  (code > 127 && /[\p{L}\p{N}]/u.test(String.fromCharCode(code)));

const isWhole = (text: string, start: number, end: number) =>
  !isWordCode(text.charCodeAt(start - 1)) && !isWordCode(text.charCodeAt(end));

const small = (terms: readonly string[]) => terms.map((term) => term.toLowerCase());

const bigRegExp: Contender = {
  name: 'one RegExp',
  finds: 'the leftmost of those that overlap',
  doesRules: false,
  sizeMax: null,
  prepare({ terms }) {
    const numbers = new Map(small(terms).map((term, nth) => [term, nth]));
    const longestFirst = [...numbers.keys()].sort((a, b) => b.length - a.length);
    const pattern = new RegExp(
      `\\b(?:${longestFirst.map((term) => term.replace(/[^\w ]/g, '\\$&')).join('|')})\\b`,
      'g',
    );
    const once = onceEach(terms.length);
    // V8 compiles at the first use.
    pattern.test('');
    return {
      artifact: null,
      match({ whole }) {
        once.next();
        for (const found of whole.toLowerCase().match(pattern) ?? []) once.see(numbers.get(found)!);
        return once.seen();
      },
    };
  },
};

const firstWords: Contender = {
  name: 'Map of first words',
  finds: 'every term',
  doesRules: false,
  sizeMax: null,
  prepare({ terms }) {
    const byFirst = new Map<string, { readonly rest: readonly string[]; readonly nth: number }[]>();
    for (const [nth, term] of small(terms).entries()) {
      const [first = '', ...rest] = term.split(' ');
      const others = byFirst.get(first);
      if (others === undefined) byFirst.set(first, [{ rest, nth }]);
      else others.push({ rest, nth });
    }
    const once = onceEach(terms.length);
    const look = (text: string) => {
      const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
      for (let at = 0; at < words.length; at++) {
        const candidates = byFirst.get(words[at]!);
        if (candidates === undefined) continue;
        for (const { rest, nth } of candidates) {
          let length = 0;
          while (length < rest.length && rest[length] === words[at + 1 + length]) length++;
          if (length === rest.length) once.see(nth);
        }
      }
    };
    return {
      artifact: null,
      match({ title, body }) {
        once.next();
        look(title);
        look(body);
        return once.seen();
      },
    };
  },
};

const ahocorasick: Contender = {
  name: 'ahocorasick',
  finds: 'every term',
  doesRules: false,
  sizeMax: null,
  prepare({ terms }) {
    const AhoCorasick = packageNamed('ahocorasick') as new (
      terms: readonly string[],
    ) => { search(text: string): [end: number, terms: string[]][] };
    const numbers = new Map(small(terms).map((term, nth) => [term, nth]));
    const automaton = new AhoCorasick([...numbers.keys()]);
    const once = onceEach(terms.length);
    return {
      artifact: null,
      match({ whole }) {
        const text = whole.toLowerCase();
        once.next();
        for (const [last, found] of automaton.search(text)) {
          for (const term of found) if (isWhole(text, last + 1 - term.length, last + 1)) once.see(numbers.get(term)!);
        }
        return once.seen();
      },
    };
  },
};

interface ModernMatcher {
  search(text: string): { patternIndex: number; start: number; end: number }[];
  serialize(): string;
}

/** Its own test of word boundaries and its `fast` way in took twice the time of `search` with the test made here. */
const modernAhocorasick: Contender = {
  name: 'modern-ahocorasick',
  finds: 'every term',
  doesRules: false,
  sizeMax: null,
  prepare({ terms }) {
    const AhoCorasick = packageNamed('modern-ahocorasick') as {
      new (terms: readonly string[]): ModernMatcher;
      deserialize(text: string): ModernMatcher;
    };
    const automaton = new AhoCorasick(small(terms));
    const once = onceEach(terms.length);
    return {
      get artifact() {
        const text = automaton.serialize();
        return { bytes: Buffer.from(text), load: () => void AhoCorasick.deserialize(text) };
      },
      match({ whole }) {
        const text = whole.toLowerCase();
        once.next();
        for (const { patternIndex, start, end } of automaton.search(text)) {
          if (isWhole(text, start, end)) once.see(patternIndex);
        }
        return once.seen();
      },
    };
  },
};

export const peers: readonly Contender[] = [bigRegExp, firstWords, ahocorasick, modernAhocorasick];
