/** The publishers of the bench, the same in every process: who is how slow, who is dead, and where each of them is. */
import { diceOf } from '../match/dice.ts';

export interface Publisher {
  readonly host: string;
  /** An address of its own, to be led to loopback. */
  readonly address: string;
  /** Until its answer begins; null for one that never answers. */
  readonly answerMs: number | null;
}

/** Log-normal: median 350 ms, mean 460, 99th percentile 2 s. */
const medianMs = 350;
const deviation = 0.74;
const deadShare = 0.02;

export function publishersOf(count: number): readonly Publisher[] {
  const dice = diceOf(20_261_125);
  return Array.from({ length: count }, (_, n) => {
    const answerMs = Math.round(medianMs * Math.exp(deviation * dice.bell()));
    return {
      host: `p${n}.feeds.example`,
      address: `9.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
      answerMs: n < count * deadShare ? null : Math.min(answerMs, 9_000),
    };
  });
}
