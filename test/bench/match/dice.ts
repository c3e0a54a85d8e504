/** Lots drawn from a seed: the same seed draws the same lots on every machine. */

export interface Dice {
  /** In [0, 1). */
  roll(): number;
  /** A whole number in [0, sides). */
  below(sides: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Normal, mean 0 and deviation 1. */
  bell(): number;
}

/** Mulberry32: 32 bits of state, fast, and even enough for word frequencies. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (sides: number) => Math.floor(roll() * sides);
  return {
    roll,
    below,
    chance: (probability) => roll() < probability,
    pick: (from) => from[below(from.length)]!,
    bell: () => Math.sqrt(-2 * Math.log(1 - roll())) * Math.cos(2 * Math.PI * roll()),
  };
}

/** In an order of its own, the given list untouched. */
export function shuffled<T>(list: readonly T[], dice: Dice): T[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = dice.below(last + 1);
    const kept = mixed[last]!;
    mixed[last] = mixed[other]!;
    mixed[other] = kept;
  }
  return mixed;
}

/** Draws 0, 1, 2, …: the nth as often as `1 / (n + shift) ** exponent`, the law of Zipf and Mandelbrot. */
export function zipf(
  count: number,
  { shift, exponent }: { shift: number; exponent: number },
  dice: Dice,
): () => number {
  const upTo = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) {
    sum += 1 / (rank + shift) ** exponent;
    upTo[rank] = sum;
  }
  return () => {
    const drawn = dice.roll() * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
