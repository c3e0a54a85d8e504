/** The document that `repair.ts` makes: its elements and how they are written. `xml-feed.ts` reads them. */
import type { Field } from './fields.ts';
import { attributesOf, type Tag } from './markup.ts';

/** The formats by what holds their entries. */
export type XmlFormat = 'rss' | 'rdf' | 'atom';

/** What addresses in a tag and within it are relative to, when the tag says so. */
export function baseElement(tag: Tag): string[] {
  const base = attributesOf(tag).get('xml:base');
  return base === undefined ? [] : [`<w:base rank="0">${cdata(base)}</w:base>`];
}

/** RSS 1.0 names an item by an attribute; the prefix is `rdf` in every feed seen. */
export function aboutElement(tag: Tag): string[] {
  const about = attributesOf(tag).get('rdf:about') ?? attributesOf(tag).get('about');
  const element = about?.trim() ? [`<w:id rank="1">${cdata(about)}</w:id>`] : [];
  return [...baseElement(tag), ...element];
}

const told = ['rel', 'type', 'mode', 'src', 'ispermalink', 'xml:base'];

/** @param markup `value` holds elements that were not escaped */
export function element(field: Field, tag: Tag, value: string, markup: boolean): string {
  const attributes = attributesOf(tag);
  let written = `<w:${field.name} rank="${field.rank}"`;
  if (markup) written += ' markup="yes"';
  for (const name of told) {
    const said = attributes.get(name);
    if (said !== undefined) written += ` ${name.replace('xml:', '')}="${escaped(said)}"`;
  }
  return `${written}>${cdata(value)}</w:${field.name}>`;
}

function cdata(value: string): string {
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** The whole document, from what is said of the feed and of each entry. */
export function assembled(format: XmlFormat, feed: readonly string[], entries: readonly string[]): string {
  const about = feed.join('');
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
