/**
 * A text → its words, with their places, and the tokens that stand on them. A word is what separators leave; a token is
 * one reading of one or more words in a row: `e-mail` is the words e and mail, and has the tokens e, mail and email.
 */
import { limits } from '../limits.ts';
import { once } from '../once.ts';
import { emoji, first, joiner, letter, marks, next, possessive, spaceless } from './characters.ts';
import { casedForm, exactForm, foldedForm, invisible } from './fold.ts';
import { sentenceEnds } from './sentence.ts';

export interface Word {
  /** `[start, end)` in UTF-16 units of the text, possessive 's left out. */
  readonly start: number;
  readonly end: number;
  /** Where the word ends when a possessive 's counts. */
  readonly stop: number;
  readonly folded: string;
  readonly cased: string;
  readonly exact: string;
  /** The word with its signs (`C++`, `C#`, `.NET`), if it has any. */
  readonly symbol: Reading | null;
  /** One dash, one slash, or the dot of an initial is all that keeps it from the word before. */
  readonly joined: boolean;
  readonly startsSentence: boolean;
  /** A letter of a script without spaces; null for all other words. */
  readonly letter: Letter | null;
}

interface Reading {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
  readonly cased: string;
  readonly exact: string;
}

export interface Letter {
  /** Nothing but white space keeps it from the letter before. */
  readonly adjoins: boolean;
  /** A word of the language may begin before it, or end after it. */
  readonly opens: boolean;
  readonly closes: boolean;
}

/** One reading of the words `[at, at + width)`. */
export interface Token {
  readonly at: number;
  readonly width: number;
  readonly folded: string;
  readonly cased: string;
  /** Null for words read together: that is another spelling. */
  readonly exact: string | null;
  readonly start: number;
  readonly end: number;
}

// V8 draws up the sets of a Unicode pattern when it is made, and a dictionary with its segmenter: milliseconds each, which a
// poll without doubtful words does not spend.
const wordPattern = once(
  () =>
    new RegExp(
      [
        '(?<and>[&＆])',
        String.raw`(?<dotted>${letter}${marks}(?:\.${letter}${marks})+(?!${next})\.?)${possessive}`,
        `(?<plain>${first}${next}*)${possessive}`,
        String.raw`(?<spaceless>${spaceless}[\p{M}\uff9e\uff9f]*)`,
        `(?<emoji>${emoji})`,
      ].join('|'),
      'gv',
    ),
);
const oneInvisible = new RegExp(`^${invisible}$`, 'v');
const oneJoiner = new RegExp(`^${invisible}*${joiner}${invisible}*$`, 'v');
const onlyWhite = new RegExp(String.raw`^(?:\s|${invisible})*$`, 'v');
const signsAfter = /^(?:\+{1,2}|#)(?![\p{L}\p{N}+#])/u;
const wordBefore = /[\p{L}\p{N}\p{M}.]$/u;
const initial = /^\p{L}$/u;

/** The dictionaries of words of all scripts without spaces are the same in every locale. */
const wordsOfLanguage = once(() => new Intl.Segmenter('ja', { granularity: 'word' }));

/** All words of a text, in order. Time is linear in its length (scripts without spaces: at some 15 MB a second). */
export function wordsOf(text: string): Word[] {
  return plainWords.test(text) ? wordsBetweenSpaces(text) : readWords(text);
}

/** Nearly all lines of watches are so. */
const plainWords = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;

function wordsBetweenSpaces(text: string): Word[] {
  let start = 0;
  return text.split(' ').map((word) => {
    const end = start + word.length;
    const places = { start, end, stop: end };
    start = end + 1;
    return {
      ...places,
      folded: word.toLowerCase(),
      cased: word,
      exact: word,
      symbol: null,
      joined: false,
      startsSentence: false,
      letter: null,
    };
  });
}

function readWords(text: string): Word[] {
  const words: Word[] = [];
  const edges = edgesOf(text);
  for (const found of text.matchAll(wordPattern())) {
    const { and, dotted, plain, spaceless: one, emoji } = found.groups ?? {};
    const raw = withoutTail(dotted ?? plain ?? one ?? emoji ?? and ?? '');
    const forms = formsOfRaw(raw, { isAnd: and !== undefined, isDotted: dotted !== undefined });
    if (forms.folded === '') continue;
    const start = found.index;
    const end = start + raw.length;
    const before = words.at(-1);
    const gap = before === undefined ? '' : text.slice(before.stop, start);
    words.push({
      ...forms,
      start,
      end,
      stop: start + found[0].length,
      symbol: plain === undefined ? null : withSigns(text, start, end, forms),
      joined: before !== undefined && isJoined(before, gap, forms, one !== undefined),
      startsSentence:
        before !== undefined &&
        !text.slice(before.start, before.end).endsWith('.') &&
        sentenceEnds(before.folded, gap, raw),
      letter:
        one === undefined
          ? null
          : {
              adjoins: before !== undefined && before.letter !== null && onlyWhite.test(gap),
              opens: edges.has(start),
              closes: edges.has(end),
            },
    });
  }
  return words;
}

/** Without the invisible characters at its end. From the end: a pattern would take square time on a long run of them. */
function withoutTail(raw: string): string {
  let end = raw.length;
  while (end > 0 && oneInvisible.test(raw[end - 1] ?? '')) end--;
  return raw.slice(0, end);
}

type Forms = Pick<Word, 'folded' | 'cased' | 'exact'>;

function formsOfRaw(raw: string, is: { isAnd: boolean; isDotted: boolean }): Forms {
  if (is.isAnd) return { folded: 'and', cased: 'and', exact: '&' };
  const letters = is.isDotted ? raw.replaceAll('.', '') : raw;
  const exact = exactForm(raw);
  return {
    folded: foldedForm(letters),
    cased: casedForm(letters),
    exact: is.isDotted ? exact.replace(/\.$/, '') : exact,
  };
}

/** `C++`, `C#`, `.NET`: signs right at a word that has a letter, with nothing else behind or before them. */
function withSigns(text: string, start: number, end: number, forms: Forms): Reading | null {
  if (!/\p{L}/u.test(forms.folded)) return null;
  const after = signsAfter.exec(text.slice(end, end + 4))?.[0] ?? '';
  const dot = text[start - 1] === '.' && !wordBefore.test(text.slice(Math.max(0, start - 3), start - 1)) ? '.' : '';
  if (after === '' && dot === '') return null;
  return {
    start: start - dot.length,
    end: end + after.length,
    folded: dot + forms.folded + after,
    cased: dot + forms.cased + after,
    exact: dot + forms.exact + after,
  };
}

/** Digits are not joined to digits: 9/11 is not 911, and 10-15 is no 1015. */
function isJoined(before: Word, gap: string, forms: Forms, isLetter: boolean): boolean {
  if (isLetter || before.letter !== null) return false;
  if (gap === '. ') return initial.test(before.cased) && initial.test(forms.cased);
  return oneJoiner.test(gap) && !(/\p{N}$/u.test(before.folded) && /^\p{N}/u.test(forms.folded));
}

const ascii = /^[\0-\x7f]*$/;
const noEdges: ReadonlySet<number> = new Set();

const stretch = once(() => new RegExp(`(?:${spaceless}|${invisible}|[\\uff9e\\uff9f])+`, 'gv'));

/** Where words of scripts without spaces may begin and end. */
function edgesOf(text: string): ReadonlySet<number> {
  if (ascii.test(text)) return noEdges;
  const edges = new Set<number>();
  for (const { 0: run, index } of text.matchAll(stretch())) {
    edges.add(index + run.length);
    for (const segment of wordsOfLanguage().segment(run)) edges.add(index + segment.index);
  }
  return edges;
}

/** All tokens that stand on the words of a text, in the order of where they begin. */
export function* tokensOf(words: readonly Word[]): Generator<Token> {
  for (const [at, word] of words.entries()) {
    const { folded, cased, exact, start, end } = word;
    yield { at, width: 1, folded, cased, exact, start, end };
    if (word.symbol !== null) yield { at, width: 1, ...word.symbol };
    let together: Forms = word;
    for (let width = 2; width <= limits.joinedWordsMax; width++) {
      const added = words[at + width - 1];
      if (added === undefined || !added.joined) break;
      together = { folded: together.folded + added.folded, cased: together.cased + added.cased, exact: '' };
      yield { at, width, folded: together.folded, cased: together.cased, exact: null, start, end: added.end };
    }
  }
}
