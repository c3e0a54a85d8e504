/**
 * The vocabulary: which elements of RSS 0.9x to 2.0, RSS 1.0, Atom 0.3 and 1.0 and their modules say what we want to
 * know. Publishers bind prefixes as they like, forget to bind them, and write names in any case: a name is looked up by
 * what its prefix is bound to, else by what the prefix usually means.
 */

export type EntryFieldName = 'title' | 'link' | 'id' | 'published' | 'summary' | 'content';
/** Of the document as a whole: when to ask again. */
export type PaceFieldName = 'ttl' | 'hour' | 'day' | 'period' | 'frequency';
export type FieldName = EntryFieldName | PaceFieldName;

export interface Field {
  readonly name: FieldName;
  /** Of several elements for one field the lowest rank speaks; of equal ones the first in the document. */
  readonly rank: number;
}

const core: Readonly<Record<string, Field>> = {
  title: { name: 'title', rank: 0 },
  'dc:title': { name: 'title', rank: 1 },
  'media:title': { name: 'title', rank: 2 },
  'itunes:title': { name: 'title', rank: 3 },
  link: { name: 'link', rank: 0 },
  guid: { name: 'id', rank: 0 },
  id: { name: 'id', rank: 0 },
  published: { name: 'published', rank: 0 },
  pubdate: { name: 'published', rank: 0 },
  issued: { name: 'published', rank: 0 },
  'dcterms:issued': { name: 'published', rank: 1 },
  'dc:date': { name: 'published', rank: 1 },
  date: { name: 'published', rank: 1 },
  created: { name: 'published', rank: 2 },
  'dcterms:created': { name: 'published', rank: 2 },
  updated: { name: 'published', rank: 3 },
  modified: { name: 'published', rank: 3 },
  'dcterms:modified': { name: 'published', rank: 3 },
  description: { name: 'summary', rank: 0 },
  summary: { name: 'summary', rank: 0 },
  'dc:description': { name: 'summary', rank: 1 },
  'itunes:summary': { name: 'summary', rank: 2 },
  'media:description': { name: 'summary', rank: 3 },
  'itunes:subtitle': { name: 'summary', rank: 4 },
  abstract: { name: 'summary', rank: 5 },
  'content:encoded': { name: 'content', rank: 0 },
  encoded: { name: 'content', rank: 0 },
  content: { name: 'content', rank: 0 },
  'xhtml:body': { name: 'content', rank: 1 },
  body: { name: 'content', rank: 1 },
  fullitem: { name: 'content', rank: 2 },
  ttl: { name: 'ttl', rank: 0 },
  hour: { name: 'hour', rank: 0 },
  day: { name: 'day', rank: 0 },
  'sy:updateperiod': { name: 'period', rank: 0 },
  'sy:updatefrequency': { name: 'frequency', rank: 0 },
};

const fields: ReadonlyMap<string, Field> = new Map(Object.entries(core));

/** Null for every element that is none of ours. */
export function fieldOf(name: string): Field | null {
  return fields.get(name) ?? null;
}

/** What holds one entry. */
export const isEntry = (name: string): boolean => name === 'item' || name === 'entry';

/** What holds all of them. */
export const isRoot = (name: string): boolean => roots.has(name);

const roots: ReadonlySet<string> = new Set(['rss', 'rdf:rdf', 'rdf', 'feed', 'channel']);

/** Wrappers that say nothing themselves: what stands in them belongs to what is around them. */
export const wrappers: ReadonlySet<string> = new Set(['media:group', 'media:content', 'skiphours', 'skipdays']);

/** What namespaces are called here. The names of Atom and of RSS share one room: '' before the colon is left out. */
const families: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2005/atom', ''],
  ['http://purl.org/atom/ns', ''],
  ['http://purl.org/rss/1.0', ''],
  ['http://channel.netscape.com/rdf/simple/0.9', ''],
  ['http://my.netscape.com/rdf/simple/0.9', ''],
  ['http://my.netscape.com/publish/formats/rss-0.91.dtd', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://backend.userland.com/rss', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://purl.org/dc/elements/1.1', 'dc'],
  ['http://purl.org/dc/elements/1.0', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://purl.org/rss/1.0/modules/syndication', 'sy'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
]);

/** Prefixes that usually mean Atom or RSS itself. */
const corePrefixes: ReadonlySet<string> = new Set(['atom', 'atom10', 'atom03', 'a10', 'rss']);

/** A feed binds at most some twenty. */
const prefixesMax = 100;

/** A feed has some thirty; one with 200,000 has them to do harm. */
const namesRemembered = 200;

/** Names of elements in one document, by the prefixes that the document binds. */
export class Names {
  readonly #bound = new Map<string, string>();
  readonly #plain = new Map<string, string>();
  #bindings = '';

  /** All that was bound so far: what names mean depends on nothing else. */
  get bindings(): string {
    return this.#bindings;
  }

  /** Takes note of `xmlns:prefix="uri"`. */
  bind(prefix: string, uri: string): void {
    const family = families.get(
      uri
        .trim()
        .toLowerCase()
        .replace(/[/#]+$/, ''),
    );
    if (family === undefined || this.#bound.get(prefix) === family || this.#bound.size === prefixesMax) return;
    this.#bound.set(prefix, family);
    this.#bindings = [...this.#bound].map(([bound, to]) => `${bound}=${to}`).join(' ');
    this.#plain.clear();
  }

  /** The name as our tables have it, from a qualified name in lower case. */
  plain(qualified: string): string {
    const colon = qualified.indexOf(':');
    if (colon < 0) return qualified;
    const met = this.#plain.get(qualified);
    if (met !== undefined) return met;
    const plain = this.#looked(qualified, colon);
    if (this.#plain.size < namesRemembered) this.#plain.set(qualified, plain);
    return plain;
  }

  #looked(qualified: string, colon: number): string {
    const prefix = qualified.slice(0, colon);
    const local = qualified.slice(colon + 1);
    const family = this.#bound.get(prefix) ?? (corePrefixes.has(prefix) ? '' : prefix);
    return family === '' ? local : `${family}:${local}`;
  }
}
