/** The one door to rss-parser: a repaired document in, drafts of entries out. */
import RssParser from 'rss-parser';
import { limits } from '../limits.ts';
import { parseDate } from './date.ts';
import { type FeedDocument, type Flaw, tooManyEntries } from './entry.ts';
import type { EntryFieldName, FieldName, PaceFieldName } from './fields.ts';
import { type Draft, identified } from './identity.ts';
import { webAddress } from './links.ts';
import { paceOf } from './pace.ts';
import { plainText, type TextKind } from './plain-text.ts';
import type { Repaired } from './repair.ts';

/** An element as xml2js hands it over: text and attributes. */
interface Said {
  readonly _?: string;
  readonly $?: Readonly<Record<string, string>>;
}

type Elements = Readonly<Record<string, readonly Said[] | undefined>>;

/**
 * What rss-parser is told to leave alone and hand over: left to itself it throws on a bad date in Atom, on a link
 * without attributes, and needs minutes for the snippet of a text full of `<`. The prefix hides them from it.
 */
const entryNames: readonly EntryFieldName[] = ['title', 'link', 'id', 'published', 'summary', 'content'];
const paceNames: readonly PaceFieldName[] = ['ttl', 'hour', 'day', 'period', 'frequency'];
const handedOver = (names: readonly FieldName[]) =>
  [...names, 'base'].map((name) => [`w:${name}`, name, { keepArray: true }]);
const customFields = { feed: handedOver([...entryNames, ...paceNames]), item: handedOver(entryNames) };

/**
 * Reads a repaired document. The one promise of the pure rooms: rss-parser finishes at once, and keeps what it made in a
 * promise, callback or not. Nothing is waited for.
 *
 * @param url where the document came from; relative links are relative to it when the feed names no base and no site
 * @returns rejected with what rss-parser throws for a document that is not well-formed, which `repair` never makes
 */
export function readXml(repaired: Repaired, url: string): Promise<FeedDocument> {
  // One for each feed: after a document that fails, xml2js reports the next one's outcome wrongly (its issue 365).
  const parser = new RssParser({
    defaultRSS: 2,
    // The declared type of rss-parser lacks the form with a new name and options, which its README shows.
    customFields: customFields as object,
    xml2js: { emptyTag: () => ({}) },
  });
  return parser
    .parseString(repaired.xml)
    .then((parsed) =>
      documentOf(repaired, parsed as unknown as Elements, parsed.items as unknown as readonly Elements[], url),
    );
}

function documentOf(repaired: Repaired, feed: Elements, items: readonly Elements[], url: string): FeedDocument {
  const atom = repaired.format === 'atom';
  const declared = baseOf(feed, webAddress(url, null));
  const link = linkOf(feed, declared);
  const base = feed.base === undefined ? (link ?? declared) : declared;
  const newest = newestOf(items);
  return {
    title: titleOf(feed, atom),
    link,
    format: repaired.format,
    entries: identified(newest.map((item) => draftOf(item, atom, base))),
    repaired: repaired.mended || repaired.cut || newest.length < items.length,
    flaw: flawOf(repaired.cut, newest.length < items.length),
    pace: paceOf((name) => (feed[name] ?? []).map((said) => said._ ?? '')),
  };
}

function flawOf(cut: boolean, tooMany: boolean): Flaw | null {
  // By its publisher, or in transit where that cannot be seen.
  if (cut) return { why: 'cut off', detail: 'The document ends before its end; its whole entries were read.' };
  return tooMany ? tooManyEntries : null;
}

function draftOf(item: Elements, atom: boolean, feedBase: string | null): Draft {
  const summary = textOf(item.summary, atom, 'unsaid');
  const content = textOf(item.content, atom, 'html');
  return {
    given: idOf(item),
    title: titleOf(item, atom),
    link: linkOf(item, baseOf(item, feedBase)),
    publishedAt: dateOf(item),
    summary,
    content: content === summary ? null : content,
  };
}

/** Elements for one field, the one that speaks first in front. */
function ranked(elements: readonly Said[] | undefined): readonly Said[] {
  return [...(elements ?? [])].sort((a, b) => Number(a.$?.rank ?? 0) - Number(b.$?.rank ?? 0));
}

function first<T>(elements: readonly Said[], read: (said: Said) => T | null): T | null {
  for (const said of elements) {
    const value = read(said);
    if (value !== null) return value;
  }
  return null;
}

function titleOf(of: Elements, atom: boolean): string | null {
  return textOf(of.title, atom, 'unsaid');
}

/** @param unsaid what a text of RSS is taken for */
function textOf(elements: readonly Said[] | undefined, atom: boolean, unsaid: TextKind): string | null {
  return first(ranked(elements), (said) => {
    const type = said.$?.type?.toLowerCase() ?? '';
    const encoded = said.$?.mode === 'base64' || !readableType.test(type);
    return encoded ? null : plainText(said._ ?? '', kindOf(said, type, atom ? 'atom' : unsaid));
  });
}

/** RFC 4287, section 4.1.3: other media types are not for reading, or are base64. */
const readableType = /^$|^text\b|^x?html\b|xml\b|^plain\b/;

function kindOf(said: Said, type: string, unsaid: TextKind | 'atom'): TextKind {
  if (said.$?.markup !== undefined || /html|xml/.test(type)) return 'html';
  if (unsaid !== 'atom') return unsaid;
  // Atom without a type is plain text, but Atom 0.3 and many publishers escape HTML and do not say so.
  return type === '' || said.$?.mode === 'escaped' ? 'unsaid' : 'text';
}

/** The publisher's own name of it. */
function idOf(item: Elements): string | null {
  return first(ranked(item.id), (said) => said._?.trim() || null);
}

function dateOf(item: Elements): number | null {
  return first(ranked(item.published), (said) => parseDate(said._ ?? ''));
}

function baseOf(of: Elements, outer: string | null): string | null {
  let base = outer;
  for (const said of of.base ?? []) base = webAddress(said._ ?? '', base) ?? base;
  return base;
}

/** The text of `link`, else an alternate, else an id that is said to be an address, else the document's own address. */
function linkOf(of: Elements, base: string | null): string | null {
  const links = of.link ?? [];
  const address = (said: Said): string | null => {
    const own = said.$?.base;
    return webAddress(said._ ?? '', own === undefined ? base : (webAddress(own, base) ?? base));
  };
  const related = (rel: string) => links.filter((said) => (said.$?.rel ?? 'alternate').trim() === rel);
  const alternates = related('alternate');
  const pages = alternates.filter((said) => /^$|html/.test(said.$?.type ?? ''));
  return (
    first(pages, address) ??
    first(alternates, address) ??
    first(of.id ?? [], permalink) ??
    first(related('self'), address)
  );
}

/** A guid is a link unless it says otherwise; only one that looks like an address is believed. */
function permalink(said: Said): string | null {
  if (said.$?.ispermalink?.trim().toLowerCase() === 'false') return null;
  return webAddress(said._ ?? '', null);
}

/** Of too many entries those at the end where the newest are; by their dates, else the beginning. */
function newestOf(items: readonly Elements[]): readonly Elements[] {
  if (items.length <= limits.entriesMax) return items;
  const [top, bottom] = [dateOf(items[0]!), dateOf(items.at(-1)!)];
  const newestLast = top !== null && bottom !== null && bottom > top;
  return newestLast ? items.slice(-limits.entriesMax) : items.slice(0, limits.entriesMax);
}
