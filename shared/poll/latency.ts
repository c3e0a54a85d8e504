/**
 * How long a feed takes to answer, so coarsely that it seldom changes: who takes longest begins first, for what the last one
 * takes is waited for by all.
 */
import { limits } from '../limits.ts';
import { SECOND } from '../time.ts';
import type { FeedState } from './feed-state.ts';

/** 0: under a second, as nearly all. 3: slow, as people are told. */
export type Latency = 0 | 1 | 2 | 3;

export function latencyOf(tookMs: number): Latency {
  const seconds = tookMs / SECOND;
  if (seconds >= limits.slowLookSeconds) return 3;
  return seconds >= 2.5 ? 2 : seconds >= 1 ? 1 : 0;
}

/** After a look that is not worth a write otherwise: only that a feed became slow is. */
export function latencyNext(latency: Latency, tookMs: number): Latency {
  return latencyOf(tookMs) === 3 ? 3 : latency;
}

export function isSlow({ latency }: Pick<FeedState, 'latency'>): boolean {
  return latency === 3;
}

/** The higher, the sooner its turn. Who did not answer in time takes all the time there is. */
export function urgencyOf(state: FeedState | null): number {
  if (state === null) return 0;
  return state.failing?.why === 'timeout' ? 3 : state.latency;
}
