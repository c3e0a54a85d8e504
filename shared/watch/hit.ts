/** A match that is kept: what a reader will be shown of an entry, and why. */
import type { Instant } from '../time.ts';
import type { TextField } from './match.ts';

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
  /** `idOf('entry', feed.id, entry.id)`: the same publisher's id in another feed is another entry. */
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
