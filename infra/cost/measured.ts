/** What `npm run bench:cost` measured, `measured.json`: of each thing that is done, what it uses. */
import { readFileSync } from 'node:fs';
import type { Counts } from './meter.ts';

export interface Measured {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly node: string;
  readonly machine: string;
  /** Milliseconds of CPU are in `cpuMs` of each. */
  readonly each: Readonly<Record<Done, Counts>>;
  /** A look on the line alone: where publishers send their document again, and where they answer as publishers do. */
  readonly line: Readonly<Record<'again' | 'mixed', Line>>;
  /** CPU of one invocation of each other design, without the line. */
  readonly designCpuMs: Readonly<Record<string, number>>;
  /** Bytes of what stays. */
  readonly bytes: { readonly state: number; readonly hit: number; readonly look: number };
  /** Looks a day of a feed with `every: auto`, on average, by what the interval may grow to in minutes. */
  readonly autoLooksADay: Readonly<Record<string, number>>;
}

/** Of one look, on average: handshake and all. */
export interface Line {
  readonly cpuMs: number;
  readonly sentBytes: number;
  readonly sentPackets: number;
  readonly receivedBytes: number;
}

export type Done =
  /** A tick of dispatch, with one shard. */
  | 'dispatch'
  /** A poll at whose tick no feed is due. */
  | 'rest'
  /** A poll that looks, without its looks. */
  | 'poll'
  /** A look in it: on the line, and of its poll. Publishers that answer "not changed" and that do not are mixed. */
  | 'look'
  /** A look that finds something new, beside that. */
  | 'written'
  /** A hit: kept by the poll, told by one digest. */
  | 'hit'
  /** A tick of one digest at which nothing is due, and what each feed adds to it. */
  | 'quiet'
  | 'quietFeed'
  /** An issue, and what each feed adds to it. */
  | 'issue'
  | 'issueFeed'
  /** A mail: queued, sent, and told of. */
  | 'mail';

export function readMeasured(): Measured {
  return JSON.parse(readFileSync(new URL('measured.json', import.meta.url), 'utf8')) as Measured;
}
