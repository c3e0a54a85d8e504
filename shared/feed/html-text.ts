/**
 * HTML → the words that a person reads. No tree and no stack: nesting costs nothing, and the time is linear. Not a
 * sanitizer: what comes out is text, and whoever shows it escapes it.
 */
import { Tokenizer } from 'htmlparser2';
import { finder, tagAt } from './markup.ts';
import { decodeReferences, ignoring } from './references.ts';

/** White space is as it stands; elements that part words leave a blank. */
export function htmlText(html: string): string {
  const parts: string[] = [];
  const commentEnd = finder(html, '-->');
  const sectionEnd = finder(html, ']]>');
  const bracket = finder(html, '>');
  /** Name of the element whose text nobody reads, while inside it. */
  let unread: string | null = null;
  const text = (from: number, to: number): void => {
    if (unread === null && to > from) parts.push(decoded(html.slice(from, to)));
  };
  const behind = (end: number, needle: string): number => (end < 0 ? html.length : end + needle.length);

  let at = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    text(at, open);
    const tag = tagAt(html, open);
    if (tag !== null) {
      at = tag.end;
      if (unread === null && !inline.has(tag.name)) parts.push(' ');
      if (tag.kind === 'close') {
        if (tag.name === unread) unread = null;
      } else if (unread === null && unreadable.has(tag.name)) {
        if (raw.has(tag.name)) at = rawEnd(html, at, tag.name);
        else unread = tag.name;
      }
    } else if (html.startsWith('<!--', open)) at = behind(commentEnd(open + 4), '-->');
    else if (html.startsWith('<![CDATA[', open)) {
      // No section of HTML: an XML one that was escaped once more.
      const end = sectionEnd(open + 9);
      text(open + 9, end < 0 ? html.length : end);
      at = behind(end, ']]>');
    } else if (/[!?/]/.test(html[open + 1] ?? '')) at = behind(bracket(open + 2), '>');
    else {
      text(open, open + 1);
      at = open + 1;
    }
  }
  text(at, html.length);
  return parts.join('');
}

/** Index behind an element whose content is no HTML. One that does not end takes the rest with it. */
function rawEnd(html: string, from: number, name: string): number {
  const form = new RegExp(`</${name}[^>]*>?`, 'gi');
  form.lastIndex = from;
  return form.test(html) ? form.lastIndex : html.length;
}

/** References as browsers read them: some names need no semicolon. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  const { text: strict, wellFormed } = decodeReferences(text);
  return wellFormed ? strict : loosely(text);
}

function loosely(text: string): string {
  const parts: string[] = [];
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ...ignoring,
      ontext: (start, end) => {
        parts.push(text.slice(start, end));
      },
      ontextentity: (code) => {
        parts.push(String.fromCodePoint(code));
      },
    },
  );
  tokenizer.write(text);
  tokenizer.end();
  return parts.join('');
}

const raw = new Set(['script', 'style']);
const unreadable = new Set([...raw, 'noembed', 'noframes', 'template']);

/** Words on both sides of these tags are not parted by them. Every other element parts words. */
export const inline: ReadonlySet<string> = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
