/**
 * Numbers → what they stand for, as flat arrays that are used where they lie: a bucket by the first bits, in which sixteen
 * others are compared; and filters that say no to nearly every number that is not in them, without a branch. Now and then
 * a number is taken for another: what is found is proposed, not proved.
 */
export interface NumberTable {
  /** Where each bucket starts, and one more: where the last one ends. */
  readonly buckets: Uint32Array;
  readonly checks: Uint16Array;
  readonly values: Uint32Array;
}

export function tableOfNumbers(numbers: Int32Array, values: Uint32Array): NumberTable {
  const bits = Math.max(4, Math.ceil(Math.log2(numbers.length + 1)) - 1);
  const shift = 32 - bits;
  const buckets = new Uint32Array(2 ** bits + 1);
  for (const number of numbers) buckets[(number >>> shift) + 1]! += 1;
  for (let bucket = 1; bucket < buckets.length; bucket++) buckets[bucket]! += buckets[bucket - 1]!;
  const next = buckets.slice(0, -1);
  const checks = new Uint16Array(numbers.length);
  const sorted = new Uint32Array(numbers.length);
  for (const [nth, number] of numbers.entries()) {
    const place = next[number >>> shift]!++;
    checks[place] = number;
    sorted[place] = values[nth]!;
  }
  return { buckets, checks, values: sorted };
}

/**
 * Two bits for each number, in the 32 that its first bits choose.
 *
 * @param bitsEach 32 let through one in 280 of the numbers that are not in it, 16 one in seventy, 8 one in twenty, 4 one in six
 */
export function filterOf(numbers: Int32Array, bitsEach: 4 | 8 | 16 | 32): Int32Array {
  const words = 2 ** Math.max(5, Math.ceil(Math.log2((numbers.length * bitsEach) / 32)));
  const filter = new Int32Array(words);
  const shift = Math.clz32(words) + 1;
  for (const number of numbers) filter[number >>> shift]! |= (1 << number) | (1 << (number >>> 5));
  return filter;
}

/** By how much a number is to be shifted for its place in a filter or among buckets of a length. */
export const shiftOf = (length: number): number => Math.clz32(length) + 1;

/** Whether a number may be in a filter. */
export function mayHave(filter: Int32Array, number: number): boolean {
  const bits = filter[number >>> shiftOf(filter.length)]!;
  return ((bits >>> number) & (bits >>> (number >>> 5)) & 1) === 1;
}
