/** One line of a watch, as people write it, and what it asks of the words of an entry. */
import { limits } from '../limits.ts';
import { familyOf } from './forms.ts';
import { singularAndPlural } from './plural.ts';
import { hasStop } from './sentence.ts';
import { type Word, wordsOf } from './tokens.ts';

// Whoever reads lines asks both questions of each.
export { suspicions } from './suspicion.ts';

/** Terms as written, lists already put in their place. */
export type Terms = readonly string[];

/** A line, understood. Plain JSON. */
export interface Term {
  readonly source: string;
  /** One after the other, nothing between them but separators. */
  readonly steps: readonly Step[];
}

/** A word, or words that dashes join: then the words one by one, or all as one. */
export interface Step {
  readonly words: readonly TermWord[];
  readonly joined: TermWord | null;
  /** The line itself has a full stop before this step, so a sentence may seem to end there: `Yahoo! Inc`. */
  readonly crossesStop: boolean;
}

export type TermWord =
  /** One of these folded forms: the word, and for a last word in small letters its singular and plural. */
  | { readonly kind: 'plain'; readonly forms: readonly string[] }
  /** `word~`, see `familyOf` */
  | { readonly kind: 'family'; readonly family: string }
  /** `word*`, folded */
  | { readonly kind: 'prefix'; readonly prefix: string }
  /** All capitals: folded in everything but case. */
  | { readonly kind: 'capitals'; readonly cased: string; readonly folded: string }
  /** Of a line that begins with `=`: as written. */
  | { readonly kind: 'exact'; readonly exact: string; readonly folded: string }
  /** Letters of a script without spaces, folded, one after the other, from where a word of the language begins to where one ends. */
  | { readonly kind: 'run'; readonly letters: readonly string[]; readonly exact: readonly string[] | null };

export type ParsedTerm = { readonly term: Term } | { readonly problem: string };

/**
 * Reads one line.
 *
 * @param source as in the watch file, YAML's quotes taken off
 * @returns the term; or the problem, a sentence that says what to write instead
 */
export function parseTerm(source: string): ParsedTerm {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  if (parsed.size >= limits.linesRememberedMax) parsed.clear();
  const now = readTerm(source);
  parsed.set(source, now);
  return now;
}

/** Checking, trying and compiling a watch file each ask for all its lines. */
const parsed = new Map<string, ParsedTerm>();

function readTerm(source: string): ParsedTerm {
  if (source.trim() === '') return { problem: 'this line is empty; write a word or a phrase, or remove it' };
  if (source.length > limits.termCharsMax) {
    return { problem: `a line has at most ${limits.termCharsMax} characters; write the few words that matter` };
  }
  const isExact = source.trimStart().startsWith('=');
  const text = isExact ? source.trimStart().slice(1) : source;
  const marked = groupedWords(text).map((group) => group.map((word) => withMark(text, word)));
  const problem = markProblem(text, marked.flat(), isExact) ?? wordCountProblem(text, marked);
  if (problem !== null) return { problem };
  const steps = marked.map((group, at): Step => {
    const isLast = at === marked.length - 1;
    return {
      words: isRun(group)
        ? [runOf(group, isExact)]
        : group.map((each, nth) => termWord(each, isExact, isLast && nth === group.length - 1)),
      joined: isExact || isRun(group) || group.length === 1 ? null : termWord(together(group), false, isLast),
      crossesStop: at > 0 && hasStop(gapBefore(text, marked[at - 1]?.at(-1), group[0])),
    };
  });
  return { term: { source, steps } };
}

/** A word of the line and the `~` or `*` right behind it. */
interface MarkedWord {
  readonly word: Pick<Word, 'folded' | 'cased' | 'exact' | 'letter'>;
  readonly start: number;
  readonly end: number;
  readonly mark: '' | '~' | '*';
}

/** Words that dashes join stand in one group, and so do letters of one run. */
function groupedWords(text: string): Word[][] {
  const groups: Word[][] = [];
  for (const word of wordsOf(text)) {
    const group = groups.at(-1);
    const isNextLetter = word.letter?.adjoins && group?.at(-1)?.letter != null && group.at(-1)?.stop === word.start;
    if (group !== undefined && (word.joined || isNextLetter)) group.push(word);
    else groups.push([word]);
  }
  return groups;
}

function withMark(text: string, word: Word): MarkedWord {
  const read = word.symbol ?? word;
  const sign = text[word.symbol?.end ?? word.stop];
  const mark = sign === '~' || sign === '*' ? sign : '';
  const { folded, cased, exact, start } = read;
  return { word: { folded, cased, exact, letter: word.letter }, start, end: word.symbol?.end ?? word.stop, mark };
}

const isRun = (group: readonly MarkedWord[]): boolean => group[0]?.word.letter != null;

function gapBefore(text: string, before: MarkedWord | undefined, after: MarkedWord | undefined): string {
  return text.slice(before?.end, after?.start);
}

function together(group: readonly MarkedWord[]): MarkedWord {
  const last = group.at(-1);
  const of = (form: 'folded' | 'cased' | 'exact') => group.map(({ word }) => word[form]).join('');
  const word = { folded: of('folded'), cased: of('cased'), exact: of('exact'), letter: null };
  return { word, start: group[0]?.start ?? 0, end: last?.end ?? 0, mark: last?.mark ?? '' };
}

function termWord({ word, mark }: MarkedWord, isExact: boolean, isLast: boolean): TermWord {
  const { folded, cased, exact } = word;
  if (isExact) return { kind: 'exact', exact, folded };
  if (mark === '~') return { kind: 'family', family: familyOf(folded) };
  if (mark === '*') return { kind: 'prefix', prefix: folded };
  if (isCapitals(cased)) return { kind: 'capitals', cased, folded };
  return { kind: 'plain', forms: isLast && cased === folded ? singularAndPlural(folded) : [folded] };
}

function runOf(group: readonly MarkedWord[], isExact: boolean): TermWord {
  const exact = isExact ? group.map(({ word }) => word.exact) : null;
  return { kind: 'run', letters: group.map(({ word }) => word.folded), exact };
}

/** Two letters or more, none of them small. */
function isCapitals(cased: string): boolean {
  return cased === cased.toUpperCase() && (cased.match(/\p{Lu}/gu)?.length ?? 0) >= 2;
}

function markProblem(text: string, words: readonly MarkedWord[], isExact: boolean): string | null {
  if (words.length === 0) {
    return `"${text.trim()}" has no letter, digit or emoji, so it can never be found; write a word`;
  }
  if (/(?:^|\s)=\p{L}/u.test(text)) {
    return 'the = stands once, before the first word, and counts for the whole line; write for example =Signal app';
  }
  for (const { index } of text.matchAll(/[~*]/g)) {
    const word = words.find(({ end, mark }) => mark !== '' && end === index);
    const sign = text[index] ?? '';
    const problem = word === undefined ? strayMark(sign) : wordMarkProblem(word, text, isExact);
    if (problem !== null) return problem;
  }
  return null;
}

const strayMark = (sign: string) =>
  sign === '*'
    ? 'a * stands only right at the end of a word, as in crypto*; write the beginning of the word, or leave the * out'
    : 'a ~ stands only right at the end of a word, as in encryption~; move it there, or leave it out';

function wordMarkProblem({ word, start, end, mark }: MarkedWord, text: string, isExact: boolean): string | null {
  const said = text.slice(start, end);
  if (/^[\p{L}\p{N}~*]/u.test(text.slice(end + 1))) return strayMark(mark);
  if (isExact) return `= asks for exactly this spelling and ${mark} for others; write =${said} or ${said}${mark}`;
  if (word.letter !== null) {
    return `${mark} is not for scripts without spaces, which have no forms and no word ends; write the forms out, a line each`;
  }
  if (mark === '~' && isCapitals(word.cased)) {
    return `"${said}" in capitals is found only in capitals and has no forms; write ${said}, or ${word.folded}~ in small letters`;
  }
  if (mark === '*' && isCapitals(word.cased)) {
    return `"${said}" in capitals is found only in capitals; for every word that begins so write ${word.folded}*`;
  }
  if (mark === '~' && !/^[a-z]+$/.test(word.folded)) {
    return `~ knows the forms of English words only; write the forms of "${said}" out, a line each`;
  }
  // A syllable of Hangul is a block of two or three letters, which NFD takes apart.
  const letters = [...word.folded.normalize('NFD')].length;
  if (mark === '*' && letters < limits.prefixLettersMin) {
    return `"${said}*" would find nearly everything: a beginning has ${limits.prefixLettersMin} letters or more; write more of the word, or ${said}~ for its forms`;
  }
  return null;
}

function wordCountProblem(text: string, groups: readonly (readonly MarkedWord[])[]): string | null {
  const count = groups.reduce((sum, group) => sum + (isRun(group) ? 1 : group.length), 0);
  if (count <= limits.termWordsMax) return null;
  const most = `a line has at most ${limits.termWordsMax} words`;
  return `"${text.trim()}" has ${count} words, and ${most}; write the few that no other story has`;
}
