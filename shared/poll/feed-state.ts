/** What Watchword remembers of one feed between two looks: about 0.7 KB, so a shard of 1,000 is one page of a query. */
import type { LookFailure, Validators } from '../feed/outcome.ts';
import type { Instant } from '../time.ts';

/** Plain values only: stored as it stands. */
export interface FeedState {
  /** Id of the feed. */
  readonly feed: string;
  /** The title that the document gives itself. */
  readonly title: string | null;
  readonly validators: Validators | null;
  /** Of the bytes last read. */
  readonly bodyHash: string | null;
  /** Packed marks of the entries last seen, newest look first (see `seen.ts`). */
  readonly seen: Uint8Array;
  /** When the feed was first read; null while it never was. */
  readonly firstReadAt: Instant | null;
  /** How many entries the first reading set aside, as too old to be news or without a date. */
  readonly remembered: number;
  /** When a look last found an entry that is new or edited; null for never. */
  readonly newsAt: Instant | null;
  /** How many entries of this feed were held against the watches, ever: receipts take the difference of two readings. */
  readonly scanned: number;
  /** Also while a document is read only in part. */
  readonly failing: Failing | null;
  /** The publisher asked not to be called before. */
  readonly notBeforeAt: Instant | null;
  /** Rises by one with each write: two polls at once cannot overwrite each other unseen. */
  readonly rev: number;
}

/** A run of looks that did not succeed. */
export interface Failing {
  /** When the first of the run failed. */
  readonly since: Instant;
  /** Of the last look whose reason differed from the one before. */
  readonly why: LookFailure;
  readonly detail: string;
  /** The document was read, but not to its end. */
  readonly partial?: true;
}
