/**
 * What one function asks of another through a queue. Messages carry a version: one that this code does not know is an
 * error, so the queue keeps it and parks it in the dead letters, never dropped.
 */
import type { Instant } from '../shared/time.ts';

/** Look at one shard's feeds. */
export interface PollJob {
  readonly kind: 'poll';
  readonly shard: number;
  readonly shards: number;
  readonly tickAt: Instant;
  /** Every feed now, whatever its interval: an operator asked. */
  readonly whole: boolean;
}

/** Bring one issue to some of its subscribers. */
export interface DeliverJob {
  readonly kind: 'deliver';
  readonly digest: string;
  /** Left out by an earlier Watchword, which knew the digest's own edition only. */
  readonly edition?: string;
  readonly number: number;
  /** Its id, which no other issue ever has; left out by an earlier Watchword. */
  readonly issue?: string;
  readonly subscribers: readonly string[];
  /** Not to be worked on before then. */
  readonly notBefore?: Instant;
  /** The turn that was taken in the send rate for just these. */
  readonly turnAt?: Instant;
}

/** Find out to whom one issue goes, a page of readers at a time, and queue what brings it to them. */
export interface FanOutJob {
  readonly kind: 'fan-out';
  readonly digest: string;
  readonly edition: string;
  readonly number: number;
  /** The reader after whom this page begins; null for the first page. */
  readonly after: string | null;
}

/** Answer what somebody asked for on the pages. What it was is stored: a queue holds no address. */
export interface LetterJob {
  readonly kind: 'letter';
  readonly request: string;
}

export type Job = PollJob | DeliverJob | FanOutJob | LetterJob;

/**
 * What every message may say beside its job: the trace of the tick that led to it, by which the lines of all functions that
 * had a part in a mail are found. Messages without one are read like others.
 */
interface Traced {
  readonly trace?: string;
}

const version = 1;

export function writeJob(job: Job): string {
  return JSON.stringify({ v: version, ...job });
}

/** @throws when it is not a job of this kind and version */
export function readJob<K extends Job['kind']>(kind: K, body: string): Extract<Job, { kind: K }> {
  const job = anyJob(body);
  if (job.kind !== kind) throw new Error(`not a ${kind} job`);
  return job as Extract<Job, { kind: K }>;
}

/** @throws when it is not a job of this version; of which kind it is, its reader has to see */
export function anyJob(body: string): Job {
  const job: unknown = JSON.parse(body);
  if (typeof job !== 'object' || job === null || !('v' in job) || !('kind' in job)) throw new Error('not a job');
  if (job.v !== version) throw new Error(`not a job of version ${version}`);
  return job as unknown as Job;
}

/** The same message, with its trace. */
export function withTrace(body: string, trace: string): string {
  return JSON.stringify({ ...(JSON.parse(body) as object), trace });
}

/** @returns null when the message has none, or is no job at all */
export function traceOf(body: string): string | null {
  try {
    const { trace } = Object(JSON.parse(body)) as Traced;
    return typeof trace === 'string' && /^[\w:.-]{1,64}$/.test(trace) ? trace : null;
  } catch {
    return null; // what to think of it, its reader says
  }
}
