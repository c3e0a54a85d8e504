/**
 * Feeds as often as feeds publish. Studies of the last twenty years agree on the shape: a third publishes daily, three in
 * five weekly, half of all once in three days or less, and a tenth of them most of what is published.
 */
import { DAY, HOUR, type Instant } from '../../shared/time.ts';

/** Entries a day of feeds at these ranks, out of 1,000, from the rarest to the busiest; between them by their logarithm. */
const ranks: readonly (readonly [rank: number, perDay: number])[] = [
  [0, 0.0002],
  [100, 0.0079],
  [200, 0.027],
  [300, 0.066],
  [400, 0.142],
  [500, 0.29],
  [600, 0.59],
  [670, 1],
  [750, 1.9],
  [800, 3.1],
  [850, 5.3],
  [900, 10.6],
  [940, 23],
  [970, 50],
  [1_000, 50],
];

/** So many feeds at even distances over all ranks. */
export function feedRates(count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => rateAtRank(((n + 0.5) / count) * 1_000));
}

function rateAtRank(rank: number): number {
  const above = ranks.findIndex(([at]) => at >= rank);
  const [from, low] = ranks[above - 1] ?? [0, 0];
  const [to, high] = ranks[above] ?? [0, 0];
  return low * (high / low) ** ((rank - from) / (to - from));
}

/** When a feed of this rate publishes: by chance, four times as often by day as by night, at weekends half as often. */
export function publications(perDay: number, from: Instant, to: Instant, dice: () => number): readonly Instant[] {
  const times: Instant[] = [];
  const busiest = (perDay / DAY) * 1.9; // the mean over a week of what follows is 1 / 1.9 of its peak
  for (let at = from; at < to; ) {
    at += -Math.log(1 - dice()) / busiest;
    if (at < to && dice() < liveliness(at)) times.push(at);
  }
  return times;
}

/** 1 by day in the week. */
function liveliness(at: Instant): number {
  const hour = (at % DAY) / HOUR;
  const weekday = Math.floor(at / DAY + 4) % 7; // 1970 began on a Thursday
  return (hour >= 7 && hour < 19 ? 1 : 0.25) * (weekday === 0 || weekday === 6 ? 0.5 : 1);
}

/** The same throws for the same seed (mulberry32). */
export function seededDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
