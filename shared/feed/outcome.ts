/** What became of one look at a feed. Failures are values here: the domain knows them, and the receipt names them. */
import type { FeedDocument } from './entry.ts';
import type { PassedOver, Slices } from './slices.ts';

/** What a publisher gave to ask "changed since?" with; sent back byte for byte, and only to the URL that gave it. */
export interface Validators {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type LookFailure =
  /** The address may not be reached (private network, port, scheme). */
  | 'not allowed'
  /** No connection, DNS failure, TLS failure. */
  | 'unreachable'
  | 'timeout'
  /** 403, 429, 451 or a challenge page: somebody is there and does not want us. */
  | 'blocked'
  | 'not found'
  | 'gone'
  | 'server error'
  /** Any other status, or a redirect that leads nowhere. */
  | 'bad answer'
  | 'too large'
  /** The body ended before it was complete. */
  | 'cut off'
  /** HTML, JSON that is no feed, plain text, an empty body. */
  | 'not a feed'
  /** It says it is a feed, and cannot be read. */
  | 'unreadable';

export type Outcome =
  | ({
      readonly kind: 'read';
      readonly document: FeedDocument;
      /** Entries of the document that were known and not read again, in their order. */
      readonly passedOver: readonly PassedOver[];
      /** Of the document, for the next look. */
      readonly slices: Slices;
      /** Of the decoded bytes: equal hashes need no second reading. */
      readonly bodyHash: string;
      /** Null when there are none, or when the document was mended. */
      readonly validators: Validators | null;
    } & Manner)
  /** 304, or the very bytes of the last look. `validators`: new ones that came with a 304; null keeps those that we have. */
  | ({ readonly kind: 'unchanged'; readonly validators: Validators | null } & Manner)
  | {
      readonly kind: 'failed';
      readonly why: LookFailure;
      /** One sentence for people, without internal detail: `The server answered 404 Not Found.` */
      readonly detail: string;
      readonly retryAfterSeconds: number | null;
    };

/** How a server answered, beside what it said. */
export interface Manner {
  /** How long the answer calls itself fresh (`max-age`, `Expires`), as it stands there; null when it does not say. */
  readonly freshSeconds: number | null;
  /** Where every redirect on the way said "for ever": the address that answered; null when none or not all did. */
  readonly movedTo: string | null;
  /** From the question to the last byte, all hops together. */
  readonly tookMs: number;
}
