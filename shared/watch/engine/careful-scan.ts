/** The slow way to find words: one character after the other, of any kind. What `quick-scan.ts` leaves, and words of lines. */
import {
  codes,
  factors,
  gap,
  ignored,
  joining,
  kinds,
  learn,
  type Part,
  partOf,
  single,
  sums,
  surrogate,
} from './units.ts';

/** One character after the other, of any kind. @returns how many words */
export function scanCarefully(
  units: Uint16Array,
  length: number,
  starts: Int32Array,
  ends: Int32Array,
  hashes: Int32Array,
): number {
  let hash = 0;
  let words = 0;
  let open: number = gap;
  for (let at = 0; at < length; at++) {
    const unit = units[at]!;
    learn(unit);
    let kind = kinds[unit]!;
    let times = factors[unit]!;
    let plus = sums[unit]!;
    const place = at;
    if (kind === surrogate) {
      const point = pointAt(units, at);
      const part = point > 0xffff ? partOf(point) : gapPart;
      ({ kind, factor: times, sum: plus } = part);
      if (point > 0xffff) at++;
    }
    if (kind === ignored) continue;
    if (open !== gap && (kind === gap || kind === single || open === single)) {
      ends[words] = place | (codes[unit]! & joining);
      hashes[words++] = hash;
      open = gap;
    }
    if (kind === gap) continue;
    if (open === gap) {
      starts[words] = place;
      hash = 0;
    }
    hash = (Math.imul(hash, times) + plus) | 0;
    open = kind;
  }
  return words;
}

/** Half of a pair that has no other half. */
const gapPart: Part = { kind: gap, factor: 1, sum: 0 };

/** The character at a unit, a pair of surrogates being one. */
export function pointAt(units: Uint16Array, at: number): number {
  const [high, low] = [units[at] ?? 0, units[at + 1] ?? 0];
  if (high > 0xdbff || low < 0xdc00 || low > 0xdfff) return high;
  return ((high - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
}
