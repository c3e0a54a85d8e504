/** Lines that are right by the letter and most likely not what their author means. */
import { invisible } from './fold.ts';
import { type Word, wordsOf } from './tokens.ts';
import { signCode, signName } from './unseen.ts';

/** Words that stand in nearly every text. */
const stopWords = new Set(
  (
    'a about after again all also am an and any are as at be because been before being both but by can could did do does ' +
    'down during each for from had has have he her here him his how i if in into is it its just may me more most my new no nor not now ' +
    'of off on one only or other our out over own said same say says she should so some such than that the their them then there ' +
    'these they this those through to too under until up us very was we were what when where which while who why will with would you your'
  ).split(' '),
);

const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const unseen = new RegExp(`${invisible}`, 'v');
/** Joiners that a reader does see: in emoji, and in Arabic and Indic letters. */
const seenJoiners =
  /(?<=\p{Extended_Pictographic}|\p{EMod})[\u200d\ufe0f]|(?<=[\p{sc=Arab}\p{sc=Deva}\p{sc=Beng}])[\u200c\u200d]|\p{RGI_Emoji}|\u0640/gv;

/**
 * What a line most likely does not mean.
 *
 * @param source a line that `parseTerm` reads
 * @returns sentences that say what to write instead; none for nearly every line
 */
export function suspicions(source: string): string[] {
  // Several plain words are never suspicious; nearly all lines are.
  if (/^[A-Za-z0-9]+(?: [A-Za-z0-9]+)+$/.test(source)) return [];
  const words = wordsOf(source.replace(/^\s*=/, ''));
  return [tooCommon(source, words), formsOfName(source, words), lookAlike(source, words), invisibleSign(source)].filter(
    (sentence) => sentence !== null,
  );
}

function tooCommon(source: string, words: readonly Word[]): string | null {
  const [word] = words;
  if (word === undefined || words.length > 1 || word.symbol !== null || word.letter !== null) return null;
  const { cased, folded } = word;
  const isExact = source.trimStart().startsWith('=');
  const isInitials = /^[\p{Lu}\p{N}]{2,}$/u.test(cased) && /\p{Lu}/u.test(cased);
  const isStopWord = stopWords.has(folded);
  if (isExact || isInitials || !(isStopWord || /^[\p{Ll}\p{N}]{1,2}$/u.test(folded))) return null;
  const better = folded.length === 1 ? `=${cased.toUpperCase()}` : cased.toUpperCase();
  const reason = isStopWord ? 'stands in nearly every text' : 'is too short to be safe';
  return `"${source}" ${reason}; write more words, or ${better} if you mean the initials`;
}

function formsOfName(source: string, words: readonly Word[]): string | null {
  const name = words.find(({ stop, cased }) => source.replace(/^\s*=/, '')[stop] === '~' && /^\p{Lu}/u.test(cased));
  if (name === undefined) return null;
  const { cased, folded } = name;
  return `"${cased}~" asks for the forms of a name, which has none; write ${cased}, or ${folded}~ if you mean the word`;
}

/** Letters of Cyrillic or Greek that look Latin, in one word with Latin ones. */
function lookAlike(source: string, words: readonly Word[]): string | null {
  const mixed = words.find(({ exact }) => /\p{sc=Latin}/u.test(exact) && /[\p{sc=Cyrillic}\p{sc=Greek}]/u.test(exact));
  if (mixed === undefined) return null;
  const strange = /[\p{sc=Cyrillic}\p{sc=Greek}]/u.exec(mixed.exact)?.[0] ?? '';
  return `"${source}" has a letter that only looks Latin (${signCode(strange)}); type "${mixed.exact}" again by hand`;
}

function invisibleSign(source: string): string | null {
  const sign = directions.exec(source)?.[0] ?? unseen.exec(source.replace(seenJoiners, ''))?.[0];
  return sign === undefined
    ? null
    : `"${source}" has ${signName(sign)} in it, which nobody sees; type the line again by hand`;
}
