/** A match that is kept: what a reader will be shown of an entry, and why. */
import type { Entry } from '../feed/entry.ts';
import { entryKey } from '../feed/entry-key.ts';
import { idOf } from '../id.ts';
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import type { Feed } from './config.ts';
import { beginningOf, excerptOf } from './excerpt.ts';
import type { Match, TextField, WatchMatch } from './match.ts';

/** A text with the places to be marked: `[start, end)` in UTF-16 units, rising, not overlapping. */
export interface Marked {
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
}

/** Which line of the watch fired, and on what. */
export interface Reason {
  /** The line as written in the watch file. */
  readonly line: string;
  readonly field: TextField;
  /** The words of the entry; null where the feed's excerpt rule does not let them be shown. */
  readonly text: string | null;
}

/** Keyed (watch, entry). Plain JSON. */
export interface Hit {
  /** Id of the watch. */
  readonly watch: string;
  /** `idOf('entry', feed.id, entryKey(entry.id))`: the same publisher's id in another feed is another entry. */
  readonly entry: string;
  /** Id of the feed. */
  readonly feed: string;
  /** Name of the feed. */
  readonly outlet: string;
  readonly title: Marked;
  readonly link: string | null;
  readonly publishedAt: Instant | null;
  readonly foundAt: Instant;
  /** Around the first match in the body, else the beginning; at most the feed's `excerptChars`; null when that is 0 or there is no text. */
  readonly excerpt: Marked | null;
  readonly reasons: readonly Reason[];
}

/**
 * What to keep of a match: no more of the text than the feed's excerpt rule lets readers see.
 *
 * @param now when it was found
 * @param keyedAs id of the feed that the entry is keyed by: another than the feed's where that took over from one that moved
 */
export function hitOf(feed: Feed, entry: Entry, match: WatchMatch, now: Instant, keyedAs: string = feed.id): Hit {
  const { watch, matches } = match;
  return {
    watch: watch.id,
    entry: idOf('entry', keyedAs, entryKey(entry.id)),
    feed: feed.id,
    outlet: feed.name,
    title: titleOf(feed, entry, matches),
    link: entry.link,
    publishedAt: entry.publishedAt,
    foundAt: now,
    excerpt: excerptIn(feed, entry, matches),
    reasons: reasonsOf(feed, matches),
  };
}

function titleOf(feed: Feed, entry: Entry, matches: readonly Match[]): Marked {
  if (entry.title !== null) return beginningOf(entry.title, inField(matches, 'title'), limits.titleCharsMax);
  const text = entry.summary ?? entry.content;
  if (text === null || feed.excerptChars === 0) return { text: 'Untitled article', marks: [] };
  return excerptOf(text, [], Math.min(limits.titleFromTextCharsMax, feed.excerptChars));
}

function excerptIn(feed: Feed, entry: Entry, matches: readonly Match[]): Marked | null {
  const unmatched = entry.summary === null ? 'content' : 'summary';
  const field = matches.find((match) => match.field !== 'title')?.field ?? unmatched;
  const text = entry[field];
  return text === null || feed.excerptChars === 0 ? null : excerptOf(text, inField(matches, field), feed.excerptChars);
}

const inField = (matches: readonly Match[], field: TextField) => matches.filter((match) => match.field === field);

/** The first place of each line in each field: one is proof enough, and a hit stays small. */
function reasonsOf(feed: Feed, matches: readonly Match[]): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const { line, field, text } of matches) {
    const key = `${field} ${line}`;
    if (reasons.has(key)) continue;
    const isShown = field === 'title' || feed.excerptChars > 0;
    reasons.set(key, { line, field, text: isShown ? beginningOf(text, [], limits.reasonCharsMax).text : null });
  }
  return [...reasons.values()];
}
