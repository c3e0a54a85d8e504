/** What YAML stumbled over, in words for somebody who does not know YAML's grammar. */
import type { YAMLError } from 'yaml';

/** A known kind of key with its value stuck to the colon; the `://` of an address is none. */
const noSpace = /^([a-z_]+):(?!\/\/)([^\s:][^\n]*)/;
const aboutKeys = new Set<YAMLError['code']>(['MISSING_CHAR', 'MULTILINE_IMPLICIT_KEY', 'BLOCK_AS_IMPLICIT_KEY']);

/** Keys with which an entry of a list begins: a second one is most likely the next entry without its dash. */
const startsEntry = new Set(['watch', 'digest', 'url', 'opml']);

/**
 * @param error as the parser found it
 * @param text the whole source, from which the words in question are quoted
 * @param unclosed whether it is told where a bracket or quote was opened that nothing closes
 */
export function syntaxSentence(error: YAMLError, text: string, unclosed: boolean): string {
  const [from, to] = error.pos;
  const here = text.slice(from, Math.min(to, from + 40));
  const word = /^[^,\]}\n]*/.exec(text.slice(from, from + 60))?.[0].trim() ?? here;
  if (unclosed) {
    if (error.code === 'MISSING_CHAR') return 'this quotation mark is not closed; write the same mark after the text';
    return 'this bracket is not closed; write ] for [ and } for { at its end';
  }
  const [, key, value] = noSpace.exec(text.slice(from, from + 60)) ?? [];
  if (key !== undefined && aboutKeys.has(error.code)) return `put a space after the colon: ${key}: ${value?.trim()}`;
  switch (error.code) {
    case 'DUPLICATE_KEY': {
      const twice = word.replace(/:.*$/, '');
      const dash = startsEntry.has(twice) ? `put - before it if the next ${twice} begins here, or ` : '';
      return `${twice} stands here a second time; ${dash}keep one of the two`;
    }
    case 'BAD_SCALAR_START':
      return `a text cannot begin with ${here} in YAML; put it in quotes: "${word.replaceAll('"', '')}"`;
    case 'TAB_AS_INDENT':
      return 'a tab cannot indent in YAML; use spaces';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a second colon on one line, or a line that is indented too far; put a text with a colon in quotes: "Trump: second term"';
    case 'BAD_INDENT':
      return 'this line is not indented like its neighbours; lines of one list or map begin in one column';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here (---); a watch file is one document, remove this line';
    case 'BAD_DQ_ESCAPE':
      return `${here} means nothing in double quotes; write the backslash twice, or use single quotes`;
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
    case 'ALIAS_PROPS':
    case 'BAD_PROP_ORDER':
    case 'BAD_ALIAS':
      return `YAML reads a text that begins with ${here.charAt(0)} as a mark of its own; put it in quotes: "${word}"`;
    case 'BLOCK_IN_FLOW':
      return `a text cannot begin with ${here.charAt(0)} and a space inside brackets; put it in quotes`;
    case 'UNEXPECTED_TOKEN':
      if (here.startsWith(',')) return 'a comma without anything before it; remove it';
      return 'something stands after the closing quote or bracket; put the whole text in one pair of quotes';
    case 'MISSING_CHAR':
      if (error.message.includes('between flow'))
        return 'a comma is missing before this; or put the whole text in quotes';
      if (error.message.includes('Comments'))
        return 'a # here begins a comment; put the text in quotes, or a space before the #';
      if (error.message.includes('directives')) return 'a line cannot begin with % in YAML; put the text in quotes';
      return `YAML cannot read this (${error.message}); put the text in quotes if it is one`;
    case 'RESOURCE_EXHAUSTION':
      return 'brackets or lists are nested too deep here; no part of a watch file goes so deep';
    default:
      return `YAML cannot read this (${error.message}); put the text in quotes if it is one`;
  }
}
