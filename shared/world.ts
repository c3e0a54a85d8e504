/**
 * The only door to effects. A function takes the part it needs; three hosts fill it: AWS, this machine, the simulation.
 * Ports are low and dull on purpose: what keys, pages and conditions mean is decided above them, in `store/`.
 */
import type { Instant } from './time.ts';

export interface Clock {
  now(): Instant;
}

// --- Http: one hop to a publisher -----------------------------------------------------------------------------------

export interface HttpRequest {
  /** Absolute http(s) address. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer, body included, must be complete by then; the total deadline of all hops. */
  readonly deadlineAt: Instant;
  /** Requests of one group share their connections, until it hangs up; without one, none is kept. */
  readonly group?: string;
}

/** One hop; a redirect is an answer like any other and is followed, or not, by the caller. */
export type HttpAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Lower-case names; of repeated ones the first. */
      readonly headers: Readonly<Record<string, string>>;
      /** Decoded (gzip) and complete. */
      readonly body: Uint8Array;
    }
  /** `refused`: the address may not be reached. `detail` is a sentence without internal detail. */
  | { readonly kind: 'failed'; readonly why: HttpFailure; readonly detail: string };

export type HttpFailure = 'refused' | 'unreachable' | 'timeout' | 'too large' | 'cut off' | 'tls' | 'protocol';

export interface Http {
  /** Never throws for what an origin does. */
  get(request: HttpRequest): Promise<HttpAnswer>;
}

export interface GroupedHttp extends Http {
  /** Closes what a group keeps open. A function that sleeps would wake up to dead connections. */
  hangUp(group: string): Promise<void>;
}

// --- Table: one DynamoDB table, single-item conditional writes only -----------------------------------------------------

export type Value =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | readonly Value[]
  | { readonly [name: string]: Value };

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Key & { readonly [name: string]: Value };

/** `absent`: no item has this key. Otherwise: the stored item's attributes equal these (null: the attribute is absent). */
export type Condition = 'absent' | { readonly [name: string]: string | number | boolean | null };

export interface QueryPage {
  readonly pk: string;
  /** Sort keys that begin so, or that lie between the two, both included. */
  readonly prefix?: string;
  readonly between?: readonly [string, string];
  readonly descending?: boolean;
  /** At most so many items on the page. A page may be empty and still have a next one. */
  readonly limit?: number;
  readonly after?: Key;
  /** The answer may lack what was written in the last moments, and costs half. */
  readonly mayLag?: true;
}

/** Reads are strongly consistent, but for queries that say otherwise. Faults (throttled, unreachable) are thrown. */
export interface Table {
  get(key: Key): Promise<Item | null>;
  put(item: Item): Promise<void>;
  /** True when written. False when the condition failed, which after a lost answer may have been our own write. */
  putIf(item: Item, condition: Condition): Promise<boolean>;
  delete(key: Key): Promise<void>;
  query(page: QueryPage): Promise<{ readonly items: readonly Item[]; readonly next: Key | null }>;
  /** Up to 100 keys. What the table did not get to is named in `unread`. */
  batchGet(keys: readonly Key[]): Promise<{ readonly items: readonly Item[]; readonly unread: readonly Key[] }>;
  /** Up to 25 puts and deletes. What the table did not get to is named in `unwritten`. */
  batchWrite(writes: readonly Write[]): Promise<{ readonly unwritten: readonly Write[] }>;
}

/** For an operator's commands alone: no function may read everything. */
export interface WholeTable extends Table {
  /** In no order. A page may be empty and still have a next one. */
  scan(after: Key | null): Promise<{ readonly items: readonly Item[]; readonly next: Key | null }>;
}

export type Write = { readonly put: Item } | { readonly delete: Key };

// --- Queue ------------------------------------------------------------------------------------------------------------

export interface Message {
  /** JSON text, at most 256 kB. */
  readonly body: string;
  /** 0 to 900. */
  readonly delaySeconds?: number;
}

export interface Queue {
  /** Up to 10 messages. The indexes of those that were not taken; at least once, in any order. */
  send(messages: readonly Message[]): Promise<{ readonly failed: readonly number[] }>;
}

// --- History ----------------------------------------------------------------------------------------------------------

/** Where what was read is kept for a while, by the UTC day. */
export interface History {
  /**
   * Adds to a day, whole or not at all; the same bytes may be added again.
   *
   * @param day `YYYY-MM-DD`
   * @param bytes one gzip member
   */
  append(day: string, bytes: Uint8Array): Promise<void>;
}

// --- Mailer -------------------------------------------------------------------------------------------------------------

export interface OutgoingMail {
  /** Envelope and header sender. */
  readonly from: string;
  /** One address: a mail has one reader. */
  readonly to: string;
  /** The whole MIME message, CRLF lines. */
  readonly raw: Uint8Array;
  /** Come back on every notice. Names and values: letters, digits, `-`, `_`. */
  readonly tags: Readonly<Record<string, string>>;
}

export type SendOutcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  /**
   * The mailer said no, now and for this mail: it was not sent. `sandbox`: it does not write to this reader yet;
   * `suppressed`: it does not write to this reader any more.
   */
  | { readonly kind: 'refused'; readonly why?: 'sandbox' | 'suppressed'; readonly detail: string }
  /** The mailer said not now: it was not sent. `rate`: not so fast; `quota`: no more today; else something is to be put right. */
  | { readonly kind: 'later'; readonly why?: 'rate' | 'quota'; readonly detail: string }
  /** No answer came: it may have been sent. */
  | { readonly kind: 'unknown'; readonly detail: string };

/** No `detail` holds an address: it is stored and logged. */
export interface Mailer {
  send(mail: OutgoingMail): Promise<SendOutcome>;
}

// --- Log ----------------------------------------------------------------------------------------------------------------

export interface Log {
  /** One line for each thing worth telling. Fields never hold an address, a token or a feed's credentials. */
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fault: unknown, fields?: Readonly<Record<string, unknown>>): void;
}
