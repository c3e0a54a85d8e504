/**
 * A text of a feed → what a person reads: no markup, no references, one space where there was any white space. On the
 * tokens of htmlparser2 and not its tree: no stack, so nesting costs nothing and the time is linear.
 */
import { Tokenizer } from 'htmlparser2';
import { limits } from '../limits.ts';
import { withoutForbidden } from './characters.ts';
import { decodeReferences, ignoring } from './references.ts';

/** `unsaid`: RSS does not say whether a text is HTML; it is when it uses an element of HTML. */
export type TextKind = 'text' | 'html' | 'unsaid';

/** Null when nothing is left to read. At most `limits.fieldCharsMax` of the source are looked at. */
export function plainText(source: string, kind: TextKind): string | null {
  const cut = source.length > limits.fieldCharsMax ? source.slice(0, limits.fieldCharsMax) : source;
  const text = collapsed(readable(cut, kind));
  return text === '' ? null : text;
}

function readable(source: string, kind: TextKind): string {
  switch (kind) {
    case 'text':
      return source;
    case 'html':
      return htmlText(source);
    case 'unsaid':
      if (htmlElement.test(source)) return htmlText(source);
      return decodeReferences(source).text;
  }
}

function collapsed(text: string): string {
  return withoutForbidden(text).replace(unevenSpace, ' ').trim();
}

/** Any white space but a single blank, of which a text has thousands. */
const unevenSpace = /[^\S ]\s*| \s+/g;

function htmlText(html: string): string {
  const parts: string[] = [];
  /** Name of the element whose text nobody reads, while inside it. */
  let unread: string | null = null;
  const tag = (start: number, end: number): string => {
    const name = html.slice(start, end).toLowerCase();
    if (unread === null && !inline.has(name)) parts.push(' ');
    return name;
  };
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ...ignoring,
      onopentagname: (start, end) => {
        const name = tag(start, end);
        if (unread === null && unreadable.has(name)) unread = name;
      },
      onclosetag: (start, end) => {
        if (tag(start, end) === unread) unread = null;
      },
      ontext: (start, end) => {
        if (unread === null) parts.push(html.slice(start, end));
      },
      ontextentity: (code) => {
        if (unread === null) parts.push(String.fromCodePoint(code));
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return parts.join('');
}

const unreadable = new Set(['script', 'style', 'noembed', 'noframes', 'template']);

/** Words on both sides of these tags are not parted by them. Every other element parts words. */
const inline = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** A tag of HTML, open or close; `<String>` and `<you@example.org>` are none. */
const htmlElement = new RegExp(
  `</?(?:${[...inline, ...'address article aside audio blockquote body br button caption center col colgroup dd details div dl dt embed fieldset figcaption figure footer form h[1-6] head header hr html iframe img input label legend li link main map meta nav noscript object ol option p param picture pre script section select source style summary svg table tbody td textarea tfoot th thead title tr track ul video'.split(' ')].join('|')})(?=[\\s/>])`,
  'i',
);
