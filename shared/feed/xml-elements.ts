/** Elements of a feed or of an entry, as rss-parser hands them over → what they say. */
import { isUtf8 } from 'node:buffer';
import type { Instant } from '../time.ts';
import { heldMark, type XmlFormat } from './canonical.ts';
import { parseDate } from './date.ts';
import { decode } from './decode.ts';
import type { FieldName } from './fields.ts';
import type { Draft } from './identity.ts';
import { relationOf, webAddress } from './links.ts';
import { plainText, type TextKind } from './plain-text.ts';

/** An element as xml2js makes it: text and attributes. */
interface RawElement {
  readonly _?: string;
  readonly $?: Readonly<Record<string, string>>;
}

export type RawElements = Readonly<Record<string, readonly RawElement[] | undefined>>;

interface Said {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
}

/** Elements for one field, the one that speaks first in front. */
export type Elements = (name: FieldName | 'base') => readonly Said[];

const noAttributes = {};

/** @param held texts that stand in the document as a number only */
export function elementsOf(raw: RawElements, held: readonly string[]): Elements {
  const said = ({ _: text = '', $: attributes = noAttributes }: RawElement): Said => ({
    text: text.startsWith(heldMark) ? held[Number(text.slice(heldMark.length))]! : text,
    attributes,
  });
  return (name) => raw[name]?.map(said) ?? [];
}

export function draftOf(item: Elements, format: XmlFormat, feedBase: string | null): Draft {
  const summary = textOf(item('summary'), format, 'unsaid');
  const content = textOf(item('content'), format, 'html');
  return {
    given: first(item('id'), ({ text }) => text.trim() || null),
    title: titleOf(item, format),
    link: linkOf(item, baseOf(item, feedBase)),
    publishedAt: dateOf(item),
    summary,
    content: content === summary ? null : content,
  };
}

function first<T>(elements: readonly Said[], read: (said: Said) => T | null): T | null {
  for (const said of elements) {
    const value = read(said);
    if (value !== null) return value;
  }
  return null;
}

export function titleOf(of: Elements, format: XmlFormat): string | null {
  return textOf(of('title'), format, 'unsaid');
}

/** @param unsaid what a text of RSS is taken for */
function textOf(elements: readonly Said[], format: XmlFormat, unsaid: TextKind): string | null {
  return first(elements, (said) => {
    const type = said.attributes.type?.toLowerCase() ?? '';
    const text = written(said, type);
    return text === null ? null : plainText(text, kindOf(said, type, format === 'atom' ? 'atom' : unsaid));
  });
}

const readableType = /^$|^text\b|^x?html\b|xml\b|^plain\b/;
const unreadableType = /^(?:image|audio|video|font)\b/;

/**
 * RFC 4287, section 4.1.3: other media types are in base64, and Atom 0.3 could wrap any text so. What is then still no
 * text is not for reading: null.
 */
function written({ text, attributes }: Said, type: string): string | null {
  if (attributes.mode !== 'base64' && readableType.test(type)) return text;
  if (unreadableType.test(type)) return null;
  if (!/^[\s\w+/-]+=*\s*$/.test(text)) return text; // whatever it says, it is no base64
  const bytes = Buffer.from(text, 'base64');
  const decoded = decode(bytes, null);
  return decoded.mended || !isUtf8(bytes) ? null : decoded.text;
}

function kindOf({ attributes }: Said, type: string, unsaid: TextKind | 'atom'): TextKind {
  if (attributes.markup !== undefined || /html|xml/.test(type)) return 'html';
  if (unsaid !== 'atom') return unsaid;
  // Atom without a type is plain text, but Atom 0.3 and many publishers escape HTML and do not say so.
  return /^(?:text|plain)\b/.test(type) && attributes.mode !== 'escaped' ? 'text' : 'unsaid';
}

export function dateOf(item: Elements): Instant | null {
  return first(item('published'), ({ text }) => parseDate(text));
}

/** What the addresses of an element are relative to. */
export function baseOf(of: Elements, outer: string | null): string | null {
  let base = outer;
  for (const { text } of of('base')) base = webAddress(text, base) ?? base;
  return base;
}

/** The text of `link`, else an alternate, else an id that is said to be an address, else the document's own address. */
export function linkOf(of: Elements, base: string | null): string | null {
  const links = of('link');
  const address = ({ text, attributes }: Said): string | null => {
    const own = attributes.base;
    return webAddress(text, own === undefined ? base : (webAddress(own, base) ?? base));
  };
  const related = (relation: 'alternate' | 'self') =>
    links.filter(({ attributes }) => relationOf(attributes.rel) === relation);
  const alternates = related('alternate');
  const pages = alternates.filter(({ attributes }) => /^$|html/.test(attributes.type ?? ''));
  return (
    first(pages, address) ?? first(alternates, address) ?? first(of('id'), permalink) ?? first(related('self'), address)
  );
}

/** A guid is a link unless it says otherwise; only one that looks like an address is believed. */
function permalink({ text, attributes }: Said): string | null {
  if (attributes.ispermalink?.trim().toLowerCase() === 'false') return null;
  return webAddress(text, null);
}
