/** How many lines could be anchored by the same number: an anchor that a thousand lines share proves a thousand at each place. */
import type { Anchor, Key } from './anchor.ts';

/** Counts are kept for so many first bits of a number; lines that fall together there look more popular than they are. */
const bits = 22;

export class Popularity {
  readonly #counts = new Uint16Array(2 ** bits);

  count(keys: readonly Key[]): void {
    for (const key of keys) {
      if (key.kind === 'family') continue;
      const at = key.number >>> (32 - bits);
      this.#counts[at] = Math.min(0xffff, (this.#counts[at] ?? 0) + 1);
    }
  }

  /** Of several ways to anchor a line the one by which it is proved most seldom; null of none. */
  rarest(anchors: readonly Anchor[]): Anchor | null {
    let [best, least]: [Anchor | null, number] = [null, Number.POSITIVE_INFINITY];
    for (const anchor of anchors) {
      const popularity = anchor.keys.reduce((most, key) => Math.max(most, this.#of(key)), 1);
      const cost = anchor.share * popularity;
      if (cost < least) [best, least] = [anchor, cost];
    }
    return best;
  }

  #of(key: Key): number {
    return key.kind === 'family' ? 1 : (this.#counts[key.number >>> (32 - bits)] ?? 1);
  }
}
