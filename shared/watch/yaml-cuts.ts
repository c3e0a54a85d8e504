/** Values that YAML would cut in the middle without a word. */
import { Lexer } from 'yaml';
import type { Stumble } from './yaml-stumbles.ts';

/** Takes the place of a `#` that was not meant as a comment; as long as the `#` itself. */
const hiddenHash = '＃';

/** Tokens of the lexer that stand for no character of the source: document, end of a broken bracket, scalar. */
const lexerMarks = new Set(['\u0002', '\u0018', '\u001f']);

/** So much of a value is quoted in a sentence about it. */
const quotedCharsMax = 80;

/**
 * Values that YAML cuts at ` #`. A comment that begins with a space, `# like this`, is meant as one; `news #climate` and
 * `[#climate]` are not: there the `#` is put out of YAML's sight, so that the brackets behind it still close.
 */
export function mendCuts(text: string): { readonly mended: string; readonly cuts: Stumble[] } {
  const cuts: Stumble[] = [];
  if (!/#[^\s#!-]/.test(text)) return { mended: text, cuts };
  const pieces: string[] = [];
  let offset = 0;
  let lineStart = 0;
  for (const token of new Lexer().lex(text)) {
    if (lexerMarks.has(token)) continue;
    const inLine = token.startsWith('#') && /\S/.test(text.slice(lineStart, offset));
    pieces.push(inLine ? token.replace(/^#[^\s#!-].*?(?= # |$)/, (cut) => mendCut(cut, offset)) : token);
    const lastBreak = token.lastIndexOf('\n');
    if (lastBreak !== -1) lineStart = offset + lastBreak + 1;
    offset += token.length;
  }
  function mendCut(cut: string, from: number): string {
    return cut.replace(/(?<=^|[\s[{,])#(?=[^\s#!-])/g, (_sign, at: number) => {
      const tag = /^[^\s,\]}]*/.exec(cut.slice(at, at + quotedCharsMax))?.[0];
      const value =
        /[^\s,[\]{}:"'-][^,[\]{}:"']*$/
          .exec(text.slice(Math.max(lineStart, from + at - quotedCharsMax), from + at))?.[0]
          .trim() ?? '';
      const message = `YAML reads everything from ${tag} on as a comment; put the text in quotes: "${`${value} ${tag}`.trim()}" (a comment has a space after its #)`;
      cuts.push({ offset: from + at, message });
      return hiddenHash;
    });
  }
  return { mended: pieces.join(''), cuts };
}
