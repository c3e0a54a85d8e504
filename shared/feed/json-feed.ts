/** JSON Feed 1.0 and 1.1 (jsonfeed.org). */
import { limits } from '../limits.ts';
import { parseDate } from './date.ts';
import { type FeedDocument, tooManyEntries } from './entry.ts';
import { type Draft, idsOf, named } from './identity.ts';
import { webAddress } from './links.ts';
import { plainText } from './plain-text.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The document, or why there is none. */
export function readJson(text: string, url: string): FeedDocument | { readonly problem: 'broken' | 'no feed' } {
  if (nestsTooDeep(text)) return { problem: 'broken' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { problem: 'broken' };
  }
  const feed = fieldsOf(parsed);
  const items = feed?.items;
  if (feed === null || !Array.isArray(items)) return { problem: 'no feed' };
  const isFeed = /jsonfeed\.org/.test(textIn(feed, 'version') ?? '') || textIn(feed, 'title') !== null;
  if (!isFeed) return { problem: 'no feed' };

  const base = webAddress(url, null) ?? webAddress(textIn(feed, 'feed_url') ?? '', null);
  const link = webAddress(textIn(feed, 'home_page_url') ?? '', base);
  const drafts = items
    .slice(0, limits.entriesMax)
    .map(fieldsOf)
    .filter((item) => item !== null)
    .map((item) => draftOf(item, link ?? base));
  return {
    title: plainText(textIn(feed, 'title') ?? '', 'text'),
    link,
    format: 'json',
    entries: named(drafts, idsOf(drafts)),
    repaired: items.length > limits.entriesMax,
    flaw: items.length > limits.entriesMax ? tooManyEntries : null,
    pace: null,
  };
}

function draftOf(item: Fields, base: string | null): Draft {
  const given = textIn(item, 'id');
  const summary = plainText(textIn(item, 'summary') ?? '', 'text');
  const content =
    plainText(textIn(item, 'content_html') ?? '', 'html') ?? plainText(textIn(item, 'content_text') ?? '', 'text');
  return {
    given,
    title: plainText(textIn(item, 'title') ?? '', 'text'),
    link:
      webAddress(textIn(item, 'url') ?? '', base) ??
      webAddress(textIn(item, 'external_url') ?? '', base) ??
      webAddress(given ?? '', null),
    publishedAt: parseDate(textIn(item, 'date_published') ?? '') ?? parseDate(textIn(item, 'date_modified') ?? ''),
    summary,
    content: content === summary ? null : content,
  };
}

function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (quoted) at += character === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > limits.jsonDepthMax) return true;
  }
  return false;
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** A text, or a number as a text (version 1.0 let ids be numbers); null for anything else and for blanks. */
function textIn(fields: Fields, name: string): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : null;
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}
