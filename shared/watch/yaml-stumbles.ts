/** What the parser of YAML stumbled over, reduced to what a person has to mend. */
import { type Node, visit, type YAMLError } from 'yaml';
import { limits } from '../limits.ts';
import type { Flaw, Path } from './problem.ts';
import { syntaxSentence } from './yaml-sentence.ts';

/** A flaw of the text; its path is looked up by the offset where the walk does not know it. */
export type Stumble = Omit<Flaw, 'path' | 'offset'> & { readonly path?: Path; readonly offset: number };

/** The parser's own errors, one a place, without those that only follow from a mark or an error already told of. */
export function stumbles(
  contents: Node | null,
  all: readonly YAMLError[],
  text: string,
  marks: readonly Stumble[],
): Stumble[] {
  const errors = all.slice(0, limits.syntaxErrorsMax);
  // A tab takes the lines around it out of their places; an open quote swallows brackets, keys and all.
  const tabs = errors.filter(isTab);
  const quoteAt = errors.filter(isOpenQuote).map((error) => openedAt(contents, text, error) ?? error.pos[0])[0];
  const found = new Map<number, Stumble>();
  for (const error of tabs.length > 0 ? tabs : errors) {
    const at = error.pos[0];
    const open = openedAt(contents, text, error);
    const echo = quoteAt !== undefined && !isOpenQuote(error) && (at > quoteAt || open !== null);
    const deeper =
      error.code === 'RESOURCE_EXHAUSTION' && errors.some(({ code, pos }) => code === error.code && pos[0] < at);
    const told = echo || deeper || marks.some(({ offset }) => offset === at);
    const offset = open ?? at;
    if (!told && !found.has(offset)) {
      found.set(offset, { offset, message: syntaxSentence(error, text, open !== null) });
    }
  }
  return [...found.values()];
}

export function isTab({ code }: YAMLError): boolean {
  return code === 'TAB_AS_INDENT';
}

function isOpenQuote({ code, message }: YAMLError): boolean {
  return code === 'MISSING_CHAR' && message.includes('quote');
}

/** Where the innermost bracket or quote was opened that this error says is not closed; null when it says another thing. */
function openedAt(contents: Node | null, text: string, error: YAMLError): number | null {
  const end = error.pos[0];
  const quote = isOpenQuote(error);
  if (!quote && error.code !== 'BAD_INDENT') return null;
  let found: number | null = null;
  visit(contents, {
    Scalar(_key, { range, type }) {
      if (quote && type !== 'PLAIN' && range && range[0] < end && range[1] >= end) found = range[0];
    },
    Collection(_key, { range, flow }) {
      if (quote || flow !== true || !range || range[0] >= end) return;
      if (text[range[1] - 1] !== (text[range[0]] === '[' ? ']' : '}')) found = Math.max(found ?? 0, range[0]);
    },
  });
  return found;
}
