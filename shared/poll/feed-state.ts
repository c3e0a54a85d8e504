/** What Watchword remembers of one feed between two looks: about 0.7 KB, so a shard of 1,000 is one page of a query. */
import type { LookFailure, Validators } from '../feed/outcome.ts';
import type { Instant } from '../time.ts';
import type { HealthKind } from './health.ts';
import type { Latency } from './latency.ts';
import type { Rate } from './rate.ts';
import type { Rest } from './rest.ts';

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
  readonly marks: Uint8Array;
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
  /** How often it publishes; null until that can be told. */
  readonly rate: Rate | null;
  /** How it wants to be asked; null for no wishes. */
  readonly rest: Rest | null;
  readonly latency: Latency;
  readonly moved: Moved | null;
  /** The last time that nothing of a look was known from the one before. */
  readonly gap: Gap | null;
  readonly held: Held | null;
  /** Id of the feed that its entries and hits are keyed by, where it took over the memory of one that moved; else null. */
  readonly keyedAs: string | null;
  /** Changes of health that a look found, oldest first, at most `limits.healthTurnsMax`. */
  readonly turns: readonly Turn[];
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
  /** When it said "gone" for the second time, a day after the first: it is asked no longer, or nearly so. */
  readonly endedAt?: Instant;
}

/** Where the feed's redirects lead for ever, as they say. */
export interface Moved {
  readonly to: string;
  readonly since: Instant;
  /** They said so for long enough: the feed is asked there. */
  readonly settled: boolean;
}

/** Entries may have come and gone between two looks. */
export interface Gap {
  /** The last look before that succeeded; null when that is not known any more. */
  readonly from: Instant | null;
  readonly to: Instant;
}

/** Known links came back under new ids, nearly all at once: not taken for news until it is clear what they are. */
export interface Held {
  readonly since: Instant;
  readonly entries: number;
}

export interface Turn {
  readonly at: Instant;
  readonly to: HealthKind;
}

export function neverLookedAt(feed: string): FeedState {
  return {
    feed,
    title: null,
    validators: null,
    bodyHash: null,
    marks: new Uint8Array(),
    firstReadAt: null,
    remembered: 0,
    newsAt: null,
    scanned: 0,
    failing: null,
    notBeforeAt: null,
    rate: null,
    rest: null,
    latency: 0,
    moved: null,
    gap: null,
    held: null,
    keyedAs: null,
    turns: [],
    rev: 0,
  };
}

/** The address that a feed is asked at: that of the watch file, unless it has moved for good. */
export function addressOf(feed: { readonly url: string }, state: FeedState | null): string {
  return state?.moved?.settled ? state.moved.to : feed.url;
}
