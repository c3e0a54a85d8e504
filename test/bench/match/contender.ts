/** What every contender is asked, and what it says of itself. */
import type { Watch } from '../../../shared/watch/config.ts';
import type { TimedArticle } from './text-file.ts';

export interface Job {
  /** In the order of their numbers. */
  readonly terms: readonly string[];
  /** Full rules in place of terms; only Watchword can do them. */
  readonly rules: readonly Watch[] | null;
}

export interface Ready {
  /** How many terms, or watches, the article has: each counts once. */
  match(article: TimedArticle): number;
  /** What could be kept in a file, and how long it takes to be ready again from it; null where there is no such thing. */
  readonly artifact: { readonly bytes: Uint8Array; load(): void } | null;
}

export interface Contender {
  readonly name: string;
  /** A contender that finds only the leftmost of terms that overlap is not asked for the same count. */
  readonly finds: 'every term' | 'the leftmost of those that overlap';
  readonly doesRules: boolean;
  /** Of terms or rules; beyond it a run would wait for minutes to learn nothing. Null is no bound. */
  readonly sizeMax: number | null;
  /** @throws {Missing} */
  prepare(job: Job): Ready | Promise<Ready>;
}

/** Why a contender cannot take part on this machine. */
export class Missing extends Error {}
