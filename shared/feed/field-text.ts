/**
 * The text of one element: from its tag to its own end tag, whatever stands between. So markup that does not nest, a
 * stray `<` or a missing end tag spoils one text and not the document.
 */
import { limits } from '../limits.ts';
import { fieldOf, isEntry, isRoot, type Names } from './fields.ts';
import { finder, tagAt } from './markup.ts';
import { decodeReferences, type OwnEntities } from './references.ts';

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

const cdataStart = '<![CDATA[';

/** Index behind the end tag of `name` (lower case) that begins at `at`; -1 when none does. */
export function endTagAt(text: string, at: number, name: string): number {
  if (at < 0 || text.charCodeAt(at + 1) !== 0x2f) return -1;
  const behind = at + 2 + name.length;
  return text.charCodeAt(behind) === 0x3e && text.slice(at + 2, behind).toLowerCase() === name ? behind + 1 : -1;
}

/** Reads texts of one document, in its order. */
export function fieldTexts(
  text: string,
  names: Names,
  entities: OwnEntities,
): (name: string, from: number) => FieldText {
  const cdataEnd = finder(text, ']]>');
  const nextCdata = finder(text, cdataStart);
  const ends = new Map<string, RegExp>();
  /** Up to where it is known that an element of this name does not end. */
  const unclosedTo = new Map<string, number>();

  /** Nearly every text: one CDATA section and nothing else, or no markup at all. Null for the others. */
  function plainly(name: string, from: number): FieldText | null {
    const start = blanksEnd(text, from);
    if (!text.startsWith(cdataStart, start)) {
      const at = text.indexOf('<', start);
      const end = endTagAt(text, at, name);
      if (end < 0) return null;
      const { text: value, wellFormed } = decodeReferences(bounded(from, at), entities);
      return { value, markup: false, wellFormed, closed: true, end };
    }
    const inside = start + cdataStart.length;
    const close = cdataEnd(inside);
    const end = close < 0 ? -1 : endTagAt(text, blanksEnd(text, close + 3), name);
    const another = nextCdata(inside);
    if (end < 0 || (another >= 0 && another < close)) return null;
    return { value: bounded(inside, close), markup: false, wellFormed: true, closed: true, end };
  }

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
      form.lastIndex = sectionEnd(name, form.lastIndex);
    }
    unclosedTo.set(name, text.length);
    return null;
  }

  /**
   * Behind the CDATA section whose text begins at `from`; `from` itself when it is not closed. One that holds the end
   * tag of its element and then the beginning of another section has lost its end: sections do not nest.
   */
  function sectionEnd(name: string, from: number): number {
    const close = cdataEnd(from);
    if (close < 0) return from;
    const another = nextCdata(from);
    if (another < 0 || another > close) return close + 3;
    const lost = new RegExp(`</${name.replace(/[^\w:]/g, '\\$&')}\\s*>\\s*<`, 'i').test(text.slice(from, another));
    return lost ? from : close + 3;
  }

  /** The next tag that says something of its own: there an element without an end tag ends. */
  function nextField(from: number): number {
    for (let at = text.indexOf('<', from); at >= 0; at = text.indexOf('<', at + 1)) {
      const tag = tagAt(text, at);
      if (tag === null) continue;
      const plain = names.plain(tag.name);
      if (fieldOf(plain) !== null || isEntry(plain) || isRoot(plain) || beside.has(plain)) return at;
    }
    return text.length;
  }

  const bounded = (from: number, to: number): string => text.slice(from, Math.min(to, from + limits.fieldCharsMax));

  return (name, from) => {
    const plain = plainly(name, from);
    if (plain !== null) return plain;
    const found = closing(name, from);
    if (found !== null) return { ...textOf(bounded(from, found.start), entities), closed: true, end: found.end };
    const end = nextField(from);
    return { ...textOf(bounded(from, end), entities), closed: false, end };
  };
}

/** Elements beside the fields that no text goes on over. */
const beside = new Set(['image', 'textinput']);

function blanksEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

const markupForm = /<\/?[A-Za-z][\w:-]*(?:\s[^<>]*)?\/?>/;

function textOf(raw: string, entities: OwnEntities): Pick<FieldText, 'value' | 'markup' | 'wellFormed'> {
  if (!raw.includes('<')) {
    const { text, wellFormed } = decodeReferences(raw, entities);
    return { value: text, markup: false, wellFormed };
  }
  const pieces = cdataPieces(raw);
  const outside = pieces.filter((piece) => !piece.cdata);
  if (outside.some((piece) => markupForm.test(piece.text))) {
    return { value: pieces.map((piece) => piece.text).join(''), markup: true, wellFormed: true };
  }
  let wellFormed = raw.lastIndexOf(cdataStart) <= raw.lastIndexOf(']]>'); // or both are -1
  const value = pieces.map((piece) => {
    if (piece.cdata) return piece.text;
    const decoded = decodeReferences(withoutComments(piece.text), entities);
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
    const open = raw.indexOf(cdataStart, at);
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
