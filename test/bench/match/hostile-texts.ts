/** Terms and texts that somebody would write who wants a matcher to be slow, or that wear one out by chance. */
import type { Article } from './news.ts';
import { capitalised } from './vocabulary.ts';

const chars = 1_000_000;

const filled = (piece: string) => piece.repeat(Math.ceil(chars / piece.length)).slice(0, chars);
const inBody = (body: string): Article => ({ title: 'A long article', body });

/** 1,000 phrases that begin with the same two words, and a term that is a trap to a regular expression. */
export function hostileTerms(words: readonly string[]): readonly string[] {
  return [...words.slice(0, 1_000).map((word) => `Harbour Bridge ${capitalised(word)}`), '(a+)+$'];
}

/** By what is hostile about them. @param terms in use, for the text that is nothing but hits */
export function hostileTexts(terms: readonly string[]): Readonly<Record<string, readonly Article[]>> {
  return {
    'the pair that 1,000 phrases share': [inBody(filled('harbour bridge '))],
    'the same, each time a near miss': [inBody(filled('Harbour bridge works. The harbour bridge, '))],
    'a title of 100,000 a and a !, for (a+)+$': Array.from({ length: 10 }, () => ({
      title: `${'a'.repeat(100_000)}!`,
      body: '',
    })),
    'one letter, 1,000,000 times': [inBody(filled('a'))],
    'one letter and a space': [inBody(filled('a '))],
    'letters joined by dots': [inBody(filled('a.'))],
    'letters joined by dashes': [inBody(filled('a-'))],
    'words joined by dashes': [inBody(filled('harbour-bridge-'))],
    possessives: [inBody(filled("a's "))],
    apostrophes: [inBody(filled("'"))],
    'full stops': [inBody(filled('.'))],
    spaces: [inBody(filled(' '))],
    'line breaks': [inBody(filled('\n'))],
    'soft hyphens in one word': [inBody(`a${filled('\u00ad')}`)],
    'accents on one letter': [inBody(`a${filled('\u0301')}`)],
    'accented, ß and wide letters': [inBody(filled('stra\u00dfe caf\u00e9 \uff2e\uff21\uff34\uff2f e\u0301 '))],
    'signs of C++ and .NET': [inBody(filled('.c++ .c# '))],
    'nothing but terms': [inBody(filled(`${terms.slice(0, 20_000).join(' ')} `))],
    'Japanese, which has no spaces': [inBody(filled('東京都の地震で津波の恐れがあると気象庁は発表した。'))],
  };
}
