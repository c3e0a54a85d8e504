/** The document that `repair.ts` makes: its elements and how they are written. `xml-feed.ts` reads them. */
import type { Field, FieldName } from './fields.ts';
import { type Attributes, attributesOf, type Tag } from './markup.ts';

/** The formats by what holds their entries. */
export type XmlFormat = 'rss' | 'rdf' | 'atom';

/**
 * What the elements are called. One letter each, because the parser behind checks names letter by letter, and none that
 * rss-parser knows: what it knows it also judges.
 */
export const elementNames: Readonly<Record<FieldName | 'base', string>> = {
  title: 't',
  link: 'l',
  id: 'i',
  published: 'p',
  summary: 's',
  content: 'c',
  base: 'b',
  ttl: 'm',
  hour: 'h',
  day: 'd',
  period: 'u',
  frequency: 'f',
};

/** The prefix is `rdf` in every feed seen. */
const entryAttributes: readonly (readonly [string, FieldName, number])[] = [
  ['rdf:about', 'id', 1],
  ['about', 'id', 1],
  ['href', 'link', 9],
  ['lastmod', 'published', 9],
];

const attributesTold = ['rel', 'type', 'mode', 'ispermalink', 'xml:base'];

/** Writes the elements of one document. Texts that are long, or need escaping, it keeps: the document has their number. */
export class Canon {
  /** By the number behind `heldMark`. */
  readonly held: string[] = [];

  /** What addresses in a tag and within it are relative to, when the tag says so. */
  base(tag: Tag): Written[] {
    const base = attributesOf(tag).get('xml:base');
    return base === undefined ? [] : [this.#written('base', 0, '', base)];
  }

  /** What the start tag of an entry says itself: RSS 1.0 names an item there, CDF says where it is and of when. */
  said(tag: Tag): Written[] {
    const elements = this.base(tag);
    const attributes = attributesOf(tag);
    for (const [name, field, rank] of entryAttributes) {
      const value = attributes.get(name);
      if (value?.trim()) elements.push(this.#written(field, rank, '', value));
    }
    return elements;
  }

  /** @param markup `value` holds elements that were not escaped */
  element({ name, rank }: Field, attributes: Attributes, value: string, markup: boolean): Written {
    let said = markup ? ' markup="yes"' : '';
    if (attributes.size > 0) {
      for (const attribute of attributesTold) {
        const value = attributes.get(attribute);
        if (value !== undefined) said += ` ${attribute.replace('xml:', '')}="${escaped(value)}"`;
      }
    }
    return this.#written(name, rank, said, value);
  }

  #written(field: FieldName | 'base', rank: number, attributes: string, value: string): Written {
    const name = elementNames[field];
    if (value.length <= inlineCharsMax && !special.test(value)) {
      return { rank, xml: `<${name}${attributes}>${value}</${name}>` };
    }
    this.held.push(value);
    return { rank, xml: `<${name}${attributes}>${heldMark}${this.held.length - 1}</${name}>` };
  }
}

/** One element. Of several for one field the lowest rank speaks first. */
export interface Written {
  readonly rank: number;
  readonly xml: string;
}

/** Those that speak first in front. */
export function inOrder(elements: readonly Written[]): string {
  const ranked = elements.some(({ rank }) => rank > 0) ? [...elements].sort((a, b) => a.rank - b.rank) : elements;
  return ranked.map(({ xml }) => xml).join('');
}

/** Dates, short ids and titles: the parser behind goes letter by letter, and a number has three. */
const inlineCharsMax = 40;
/** Begins the number of a held text. A text that begins so itself is held too. */
export const heldMark = '#';
const special = /^#|[&<>\r]/;

function escaped(value: string): string {
  return special.test(value) || value.includes('"')
    ? value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
    : value;
}

/** The whole document, from what is said of the feed and of each entry. */
export function assembled(format: XmlFormat, feed: readonly Written[], entries: readonly string[]): string {
  const about = inOrder(feed);
  switch (format) {
    case 'atom':
      return `<feed>${about}${entries.map((entry) => `<entry>${entry}</entry>`).join('')}</feed>`;
    case 'rdf':
      return `<rdf:RDF><channel>${about}</channel>${items(entries)}</rdf:RDF>`;
    case 'rss':
      return `<rss version="2.0"><channel>${about}${items(entries)}</channel></rss>`;
  }
}

function items(entries: readonly string[]): string {
  return entries.map((entry) => `<item>${entry}</item>`).join('');
}
