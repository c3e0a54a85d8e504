/**
 * What `watch.yaml` says, once it has been checked: the shapes that every other room reads. Reading the file itself is
 * `read-config.ts`, at synth or at local start; a Lambda is handed this as plain JSON.
 */
import type { Terms } from './term.ts';

/** The whole of a checked watch file. Plain JSON: it is stored beside the functions that need it. */
export interface Config {
  readonly deliver: {
    /** The sender: an address, or `Name <address>`. */
    readonly from: string;
    /** IANA zone of digests that name none, and of an entry's day. */
    readonly zone: string;
    /** Who may subscribe on the web pages. */
    readonly signup: Signup;
    /** Mails a second, all workers together; absent: what the host holds for right. */
    readonly rate?: number;
  };
  readonly poll: {
    /** So many days the texts of entries are kept, 0 for none; null when nothing is said: the host decides. */
    readonly historyDays: number | null;
    /** A page that publishers find who look up what asks them; null when none is named. */
    readonly contact?: string | null;
  };
  readonly feeds: readonly Feed[];
  readonly watches: readonly Watch[];
  readonly digests: readonly Digest[];
  readonly network: {
    /** `host:port` pairs that may be reached although the address is loopback or private. Local host only. */
    readonly allow: readonly string[];
  };
  /** Absent from a file that is only used on this machine. */
  readonly deploy?: Deploy;
}

/** Where the whole runs on AWS. */
export interface Deploy {
  readonly region: string;
  /** What this deployment is called beside others of the same account. */
  readonly stage: string;
  /** The address that alarms are mailed to. */
  readonly alarmsTo: string;
  /** Whether the deployment makes the sender's domain known to SES, or it is there already. */
  readonly sender: 'create' | 'existing';
  /** The domain of `deliver.from`, as punycode. */
  readonly senderDomain: string;
  /** The subdomain of the envelope's sender, when the deployment makes the domain known. */
  readonly mailFrom: string;
  /** Origin of the subscriber's pages; null for the one that AWS gives. */
  readonly web: string | null;
  /** Whether each function has a share of the account's concurrency to itself. */
  readonly concurrency: 'reserved' | 'shared';
  readonly dashboard: boolean;
}

/** `domains`: addresses under these domains, in small letters and as punycode; the part after the `@` must be equal. */
export type Signup =
  | { readonly kind: 'open' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'domains'; readonly domains: readonly string[] };

/** A URL that is polled. */
export interface Feed {
  /** `idOf('feed', url)` */
  readonly id: string;
  readonly url: string;
  /** What readers see as the outlet; the host when the file gives no name. */
  readonly name: string;
  readonly tags: readonly string[];
  /** Minutes between two looks: 5 to 1,440. With `auto` what is begun with, until the feed has shown its rate. */
  readonly everyMinutes: number;
  /** Present with `auto`: what the interval may grow to, but for what its publisher asks by HTTP. */
  readonly atMostMinutes?: number;
  /** How many characters of the text may be shown: 0 is title only. */
  readonly excerptChars: number;
  /** On the very first look, entries published within so many hours count as new; older ones are only remembered. */
  readonly firstLookHours: number;
  /** What is held against the watches: the feed's text, the article on the page, or the latter where the feed's is short. */
  readonly text: 'feed' | 'article' | 'auto';
}

export type Where = 'title' | 'body';

/** A named thing to look for. Groups that are present must all hold; an absent group is null. */
export interface Watch {
  /** `idOf('watch', name)` */
  readonly id: string;
  readonly name: string;
  /** One of these lines. For a watch with no group at all it is the name itself. */
  readonly any: Terms | null;
  /** Every group, each with one of its lines. */
  readonly all: readonly Terms[] | null;
  readonly near: { readonly within: number; readonly ordered: boolean; readonly all: readonly Terms[] } | null;
  readonly atLeast: { readonly count: number; readonly of: Terms; readonly in: Where | null } | null;
  readonly person: Person | null;
  readonly office: { readonly titles: Terms; readonly holders: readonly Holder[] } | null;
  /** Takes the whole watch away when one of them occurs anywhere in the entry. Empty when there is none. */
  readonly none: Terms;
  /** Narrows all groups to the title, or to summary and content. */
  readonly in: Where | null;
  /** Names or tags of feeds; null is every feed. */
  readonly feeds: readonly string[] | null;
  readonly noisy: boolean;
  readonly examples: { readonly match: readonly string[]; readonly noMatch: readonly string[] };
}

/** The full name opens the door for title-and-surname and for the `also` forms. */
export interface Person {
  readonly name: string;
  readonly also: Terms;
  /** Namesakes: take this person away. */
  readonly none: Terms;
}

export interface Holder extends Person {
  /** Local days `YYYY-MM-DD`, both included; null is open-ended. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Which watches, when, in which zone. */
export interface Digest {
  /** `idOf('digest', name)`, by the first name that it ever had. */
  readonly id: string;
  readonly name: string;
  /** Ids of watches, in the order of the file. */
  readonly watches: readonly string[];
  readonly when: Schedule;
  readonly zone: string;
  /** Addresses confirmed by the operator's word. */
  readonly to: readonly string[];
  /** Whether an issue goes out when there is nothing to tell. */
  readonly empty: 'send' | 'skip';
}

export type Schedule =
  | { readonly kind: 'at once' }
  | { readonly kind: 'hourly' }
  /** Local times `HH:MM` in rising order, on days of the week 1 (Monday) to 7. */
  | { readonly kind: 'times'; readonly days: readonly number[]; readonly times: readonly string[] };
