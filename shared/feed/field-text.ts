/**
 * The text of one element: from its tag to its own end tag, whatever stands between. So markup that does not nest, a
 * stray `<` or a missing end tag spoils one text and not the document.
 */
import { limits } from '../limits.ts';
import { fieldOf, type Names } from './fields.ts';
import { finder, tagAt } from './markup.ts';
import { decodeReferences } from './references.ts';

export interface FieldText {
  /** References decoded once, unless it holds markup: that is decoded with the markup. */
  readonly value: string;
  /** Elements stand in it, unescaped and outside CDATA. */
  readonly markup: boolean;
  readonly wellFormed: boolean;
  /** The end tag was there. */
  readonly closed: boolean;
  /** Index behind the element. */
  readonly end: number;
}

/** Reads texts of one document, in its order. */
export function fieldTexts(text: string, names: Names): (name: string, from: number) => FieldText {
  const cdataEnd = finder(text, ']]>');
  const ends = new Map<string, RegExp>();
  /** Up to where it is known that an element of this name does not end. */
  const unclosedTo = new Map<string, number>();

  function endTag(name: string): RegExp {
    const known = ends.get(name);
    if (known !== undefined) return known;
    const escaped = name.replace(/[^\w:]/g, '\\$&');
    const made = new RegExp(`<!\\[CDATA\\[|(</${escaped}\\s*>)|</?(?:[\\w-]+:)?(?:item|entry)(?=[\\s>/])`, 'gi');
    ends.set(name, made);
    return made;
  }

  /** Where the text ends and where its element does; null when no end tag comes before the next entry. */
  function closing(name: string, from: number): { readonly start: number; readonly end: number } | null {
    if (from < (unclosedTo.get(name) ?? 0)) return null;
    const form = endTag(name);
    form.lastIndex = from;
    for (let found = form.exec(text); found !== null; found = form.exec(text)) {
      if (found[1] !== undefined) return { start: found.index, end: form.lastIndex };
      if (!found[0].startsWith('<!')) {
        unclosedTo.set(name, found.index);
        return null;
      }
      const after = cdataEnd(form.lastIndex);
      if (after >= 0) form.lastIndex = after + 3;
    }
    unclosedTo.set(name, text.length);
    return null;
  }

  /** The next tag that says something of its own: there an element without an end tag ends. */
  function nextField(from: number): number {
    for (let at = text.indexOf('<', from); at >= 0; at = text.indexOf('<', at + 1)) {
      const tag = tagAt(text, at);
      if (tag === null) continue;
      const plain = names.plain(tag.name);
      if (fieldOf(plain) !== null || structural.has(plain)) return at;
    }
    return text.length;
  }

  const bounded = (from: number, to: number): string => text.slice(from, Math.min(to, from + limits.fieldCharsMax));

  return (name, from) => {
    const found = closing(name, from);
    if (found !== null) return { ...textOf(bounded(from, found.start)), closed: true, end: found.end };
    const end = nextField(from);
    return { ...textOf(bounded(from, end)), closed: false, end };
  };
}

const structural = new Set(['item', 'entry', 'channel', 'rss', 'rdf:rdf', 'feed', 'image', 'textinput']);

const markupForm = /<\/?[A-Za-z][\w:-]*(?:\s[^<>]*)?\/?>/;

function textOf(raw: string): Pick<FieldText, 'value' | 'markup' | 'wellFormed'> {
  if (!raw.includes('<')) {
    const { text, wellFormed } = decodeReferences(raw);
    return { value: text, markup: false, wellFormed };
  }
  const pieces = cdataPieces(raw);
  const outside = pieces.filter((piece) => !piece.cdata);
  if (outside.some((piece) => markupForm.test(piece.text))) {
    return { value: pieces.map((piece) => piece.text).join(''), markup: true, wellFormed: true };
  }
  let wellFormed = true;
  const value = pieces.map((piece) => {
    if (piece.cdata) return piece.text;
    const decoded = decodeReferences(withoutComments(piece.text));
    if (!decoded.wellFormed || decoded.text.includes('<!') || piece.text.includes('< ')) wellFormed = false;
    return decoded.text;
  });
  return { value: value.join(''), markup: false, wellFormed };
}

function withoutComments(text: string): string {
  let kept = '';
  let at = 0;
  for (let open = text.indexOf('<!--'); open >= 0; open = text.indexOf('<!--', at)) {
    const close = text.indexOf('-->', open + 4);
    if (close < 0) break;
    kept += text.slice(at, open);
    at = close + 3;
  }
  return kept + text.slice(at);
}

/** The text in and around CDATA sections. One that is not closed goes to the end. */
function cdataPieces(raw: string): { readonly text: string; readonly cdata: boolean }[] {
  const pieces: { text: string; cdata: boolean }[] = [];
  let at = 0;
  while (at < raw.length) {
    const open = raw.indexOf('<![CDATA[', at);
    if (open < 0) break;
    if (open > at) pieces.push({ text: raw.slice(at, open), cdata: false });
    const close = raw.indexOf(']]>', open + 9);
    const end = close < 0 ? raw.length : close;
    pieces.push({ text: raw.slice(open + 9, end), cdata: true });
    at = close < 0 ? raw.length : close + 3;
  }
  if (at < raw.length) pieces.push({ text: raw.slice(at), cdata: false });
  return pieces;
}
