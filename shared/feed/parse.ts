/** Bytes → feed: which format it is, and what to tell people when it is none. */
import { limits } from '../limits.ts';
import { type DecodedText, decode } from './decode.ts';
import type { FeedDocument } from './entry.ts';
import { readJson } from './json-feed.ts';
import { repair } from './repair.ts';
import { type PassedOver, type Slices, unsliced } from './slices.ts';
import { readXml } from './xml-feed.ts';

export type ParseResult =
  | {
      readonly kind: 'feed';
      readonly document: FeedDocument;
      /** Known entries that stand in it and are not in `document.entries`, in their order. */
      readonly passedOver: readonly PassedOver[];
      /** What to hand in as `known` at the next look at this feed; empty when nobody asked, or nothing can be told. */
      readonly slices: Slices;
    }
  | {
      readonly kind: 'problem';
      readonly why: 'not a feed' | 'unreadable' | 'too large';
      /** One sentence for people. */
      readonly message: string;
    };

/**
 * Reads a feed document: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF, JSON Feed 1.0 and 1.1. Never rejects for what the
 * bytes are. A promise only because rss-parser makes one (see `xml-feed.ts`); nothing is waited for.
 *
 * @param contentType the HTTP header as it came, for its charset; null for a file
 * @param url where the bytes came from, for relative links; '' when there is no such address
 * @param known the `slices` of an earlier look: entries that stand in the document exactly as they stood then are not
 * read again, where that comes to the same. `unsliced` reads all and asks for slices; null reads all
 */
export function parseFeed(
  bytes: Uint8Array,
  contentType: string | null,
  url: string,
  known: Slices | null = null,
): Promise<ParseResult> {
  if (bytes.byteLength > limits.bodyBytesMax) {
    return settled(problem('too large', `The document is larger than ${limits.bodyBytesMax / 1024 / 1024} MiB.`));
  }
  const decoded = decode(bytes, contentType);
  const text = decoded.text.trimStart();
  if (text === '') return settled(problem('not a feed', 'The document is empty.'));
  if (text.startsWith('{') || text.startsWith('[')) return settled(fromJson(text, url));
  return fromXml({ ...decoded, text }, url, known).catch(() =>
    // A repaired document is well-formed. Should one ever not be, it costs this feed and no other.
    problem('unreadable', 'The document says that it is a feed, and cannot be read.'),
  );
}

const settled = (result: ParseResult): Promise<ParseResult> => Promise.resolve(result);

function fromXml(decoded: DecodedText, url: string, known: Slices | null): Promise<ParseResult> {
  const { text, mended } = decoded;
  const repaired = repair(text, known);
  if (repaired === null) return settled(problem('not a feed', whatItIs(text)));
  const { base } = known ?? unsliced;
  return readXml({ ...repaired, mended: mended || repaired.mended }, url, base).then((feed) =>
    // Not sure of what was passed over: read again, all of it.
    feed === null ? fromXml(decoded, url, unsliced) : { kind: 'feed', ...feed },
  );
}

function fromJson(text: string, url: string): ParseResult {
  const document = readJson(text, url);
  if (!('problem' in document)) return { kind: 'feed', document, passedOver: [], slices: unsliced };
  switch (document.problem) {
    case 'broken':
      return problem('unreadable', 'The document begins like JSON and is not valid JSON.');
    case 'no feed':
      return problem('not a feed', 'The document is JSON, but not a JSON Feed.');
  }
}

function whatItIs(text: string): string {
  const root = /<(?![?!])(?:[\w-]+:)?([\w.-]+)/.exec(text)?.[1]?.toLowerCase();
  if (root === undefined) return 'The document is plain text, not a feed.';
  if (root === 'html' || root === 'head' || root === 'body' || /<!doctype html/i.test(text)) {
    return 'The page is a web page (HTML), not a feed.';
  }
  if (root === 'opml') return 'The document is a list of feeds (OPML), not a feed.';
  if (root === 'urlset' || root === 'sitemapindex') return 'The document is a sitemap, not a feed.';
  return 'The document is XML, but not a feed.';
}

function problem(
  why: 'not a feed' | 'unreadable' | 'too large',
  message: string,
): Extract<ParseResult, { kind: 'problem' }> {
  return { kind: 'problem', why, message };
}
