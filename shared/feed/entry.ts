/** What a feed document says, whatever its format: the shapes that every parser of this room fills. */
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';

export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json';

/** One document of a feed. Texts are plain, as a person reads them: no markup, no entities, trimmed, never ''. */
export interface FeedDocument {
  readonly title: string | null;
  /** Absolute http(s) address of the site, or null. */
  readonly link: string | null;
  readonly format: FeedFormat;
  /** In the order of the document, at most `limits.entriesMax`. */
  readonly entries: readonly Entry[];
  /** True when something had to be mended: its validators are not to be kept. */
  readonly repaired: boolean;
  /** What kept part of it from being read, though the rest was; null when all was read. Readers of a digest are told. */
  readonly flaw: Flaw | null;
  /** How often it wants to be asked; null when it does not say. */
  readonly pace: Pace | null;
}

/** What a document says of its own times. Taken at its word, so not yet bounded: what to make of it is the poll's business. */
export interface Pace {
  /** RSS 2.0, `ttl`: what was read stays good for so long. */
  readonly ttlMinutes: number | null;
  /** RSS 2.0, `skipHours`: hours of the day in UTC, 0 to 23, in which nobody needs to ask. */
  readonly skipHours: readonly number[];
  /** RSS 2.0, `skipDays`: `Monday` to `Sunday`, in UTC. */
  readonly skipDays: readonly string[];
  /** The syndication module of RSS 1.0: minutes between two of its updates. */
  readonly updateMinutes: number | null;
}

export interface Flaw {
  readonly why: 'cut off' | 'too large';
  /** One sentence for people. */
  readonly detail: string;
}

/** Of a document with more than `limits.entriesMax` entries. */
export const tooManyEntries: Flaw = {
  why: 'too large',
  detail: `It has more than ${limits.entriesMax} entries; so many of them were read.`,
};

/** One item of a feed ("article" in what people read). */
export interface Entry {
  /** What the publisher calls it: guid, id, rdf:about, else link, else a hash of title and date. Not scoped by feed. */
  readonly id: string;
  readonly title: string | null;
  /** Absolute http(s) address, or null: everything else is not clickable. */
  readonly link: string | null;
  readonly publishedAt: Instant | null;
  /** The short text, if the feed has one. */
  readonly summary: string | null;
  /** The long text, if it is there beside the summary and says more. */
  readonly content: string | null;
}
