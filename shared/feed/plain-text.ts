/** A text of a feed → what a person reads: no markup, no references, one space where there was any white space. */
import { limits } from '../limits.ts';
import { withoutForbidden } from './characters.ts';
import { htmlText, inline } from './html-text.ts';
import { decodeReferences } from './references.ts';

/** `unsaid`: RSS does not say whether a text is HTML; it is when it uses an element of HTML. */
export type TextKind = 'text' | 'html' | 'unsaid';

/** Null when nothing is left to read. At most `limits.fieldCharsMax` of the source are looked at. */
export function plainText(source: string, kind: TextKind): string | null {
  const cut = source.length > limits.fieldCharsMax ? source.slice(0, limits.fieldCharsMax) : source;
  const text = collapsed(kind === 'text' ? cut : readable(withoutSection(cut), kind));
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

/** A CDATA section that was escaped along with its text. */
function withoutSection(source: string): string {
  return source.includes('<![CDATA[') ? source.replace(/^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/, '$1') : source;
}

function collapsed(text: string): string {
  return withoutForbidden(text).replace(unevenSpace, ' ').trim();
}

/** Any white space but a single blank, of which a text has thousands. */
const unevenSpace = /[^\S ]\s*| \s+/g;

/** A tag of HTML, open or close; `<String>` and `<you@example.org>` are none. */
const htmlElement = new RegExp(
  `</?(?:${[...inline, ...'address article aside audio blockquote body br button caption center col colgroup dd details div dl dt embed fieldset figcaption figure footer form h[1-6] head header hr html iframe img input label legend li link main map meta nav noscript object ol option p param picture pre script section select source style summary svg table tbody td textarea tfoot th thead title tr track ul video'.split(' ')].join('|')})(?=[\\s/>])`,
  'i',
);
