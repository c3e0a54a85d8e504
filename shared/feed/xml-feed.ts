/** The one door to rss-parser: a repaired document in, a feed out. */
import RssParser from 'rss-parser';
import { limits } from '../limits.ts';
import { elementNames } from './canonical.ts';
import { type FeedDocument, type Flaw, tooManyEntries } from './entry.ts';
import type { EntryFieldName, FieldName, PaceFieldName } from './fields.ts';
import { anyShared, idsOf, named } from './identity.ts';
import { webAddress } from './links.ts';
import { baseMark, type Mark, markOf } from './mark.ts';
import { paceOf } from './pace.ts';
import type { Repaired } from './repair.ts';
import { type PassedOver, type Slices, unsliced } from './slices.ts';
import {
  baseOf,
  dateOf,
  draftOf,
  type Elements,
  elementsOf,
  linkOf,
  type RawElements,
  titleOf,
} from './xml-elements.ts';

export interface XmlFeed {
  /** Its entries are those that were read. */
  readonly document: FeedDocument;
  /** The other entries that stand in the document, in their order. */
  readonly passedOver: readonly PassedOver[];
  /** Of all entries that stand in the document and may be passed over the next time. */
  readonly slices: Slices;
}

/**
 * What rss-parser is told to leave alone and hand over: left to itself it throws on a bad date in Atom, on a link
 * without attributes, and needs minutes for the snippet of a text full of `<`. Names it does not know hide them from it.
 */
const entryNames: readonly (EntryFieldName | 'base')[] = [
  'title',
  'link',
  'id',
  'published',
  'summary',
  'content',
  'base',
];
const paceNames: readonly PaceFieldName[] = ['ttl', 'hour', 'day', 'period', 'frequency'];
const handedOver = (names: readonly (FieldName | 'base')[]) =>
  names.map((name) => [elementNames[name], name, { keepArray: true }]);
const customFields = { feed: handedOver([...entryNames, ...paceNames]), item: handedOver(entryNames) };

/**
 * Reads a repaired document. The one promise of the pure rooms: rss-parser finishes at once, and keeps what it made in a
 * promise, callback or not. Nothing is waited for.
 *
 * @param url where the document came from; relative links are relative to it when the feed names no base and no site
 * @param knownBase mark of what links were relative to when the entries that were passed over were read
 * @returns null when they have to be read after all: a new entry has the id of one of them, links have another base, or
 * something had to be mended; rejected with what rss-parser throws for a document that is not well-formed, which `repair` never
 * makes
 */
export function readXml(repaired: Repaired, url: string, knownBase: string): Promise<XmlFeed | null> {
  // One for each feed: after a document that fails, xml2js reports the next one's outcome wrongly (its issue 365).
  const parser = new RssParser({
    defaultRSS: 2,
    // The declared type of rss-parser lacks the form with a new name and options, which its README shows.
    customFields: customFields as object,
    xml2js: { emptyTag: () => ({}), explicitCharkey: true },
  });
  countNoLines(parser);
  return parser.parseString(repaired.xml).then((parsed) => {
    const items = parsed.items as unknown as readonly RawElements[];
    const feed = elementsOf(parsed as unknown as RawElements, repaired.held);
    const entries = items.map((item) => elementsOf(item, repaired.held));
    return sliced(repaired, readingOf(repaired, feed, entries, url), knownBase);
  });
}

/** sax counts lines and columns for messages that nobody sees, which is a third of its time. Its `position` option. */
function countNoLines(parser: object): void {
  const { saxParser } = (parser as { readonly xmlParser?: { saxParser?: { trackPosition: boolean } } }).xmlParser ?? {};
  if (saxParser !== undefined) saxParser.trackPosition = false;
}

/** A document, and what can be told of it only where it is read. */
interface Reading {
  readonly document: FeedDocument;
  /** Mark of what links of entries are relative to. */
  readonly base: string;
  /** Entries share an id, which is none then (see `idsOf`): whether they do is seen only when all of them are read. */
  readonly shared: boolean;
}

function readingOf(
  { format, mended, cut }: Repaired,
  feed: Elements,
  items: readonly Elements[],
  url: string,
): Reading {
  const tooMany = items.length > limits.entriesMax;
  const declared = baseOf(feed, webAddress(url, null));
  const link = linkOf(feed, declared);
  const base = feed('base').length === 0 ? (link ?? declared) : declared;
  const drafts = newestOf(items).map((item) => draftOf(item, format, base));
  const ids = idsOf(drafts);
  const document: FeedDocument = {
    title: titleOf(feed, format),
    link,
    format,
    entries: named(drafts, ids),
    repaired: mended || cut || tooMany,
    flaw: flawOf(cut, tooMany),
    pace: paceOf((name) => feed(name).map(({ text }) => text)),
  };
  return { document, base: baseMark(base), shared: anyShared(drafts, ids) };
}

function sliced({ fingerprints, passedOver }: Repaired, reading: Reading, knownBase: string): XmlFeed | null {
  const { document, base, shared } = reading;
  const isPartial = passedOver.length > 0;
  const asked = isPartial || fingerprints.some((fingerprint) => fingerprint !== null);
  if (document.repaired || shared || !asked) return isPartial ? null : { document, passedOver, slices: unsliced };
  const marks = document.entries.map(markOf);
  const known = new Set(passedOver.map(({ mark }) => mark.id));
  const tooMany = marks.length + passedOver.length > limits.entriesMax;
  if (isPartial && (base !== knownBase || tooMany || marks.some(({ id }) => known.has(id)))) return null;
  const all = [...marks.map((mark, index) => ({ mark, fingerprint: fingerprints[index]! })), ...passedOver];
  const slices = new Map<string, Mark>();
  for (const [one, another] of Map.groupBy(all, ({ mark }) => mark.name).values()) {
    if (another === undefined && one!.fingerprint !== null) slices.set(one!.fingerprint, one!.mark);
  }
  return { document, passedOver, slices: { base, marks: slices } };
}

function flawOf(cut: boolean, tooMany: boolean): Flaw | null {
  // By its publisher, or in transit where that cannot be seen.
  if (cut) return { why: 'cut off', detail: 'The document ends before its end; its whole entries were read.' };
  return tooMany ? tooManyEntries : null;
}

/** Of too many entries those at the end where the newest are; by their dates, else the beginning. */
function newestOf(items: readonly Elements[]): readonly Elements[] {
  if (items.length <= limits.entriesMax) return items;
  const [top, bottom] = [dateOf(items[0]!), dateOf(items.at(-1)!)];
  const newestLast = top !== null && bottom !== null && bottom > top;
  return newestLast ? items.slice(-limits.entriesMax) : items.slice(0, limits.entriesMax);
}
