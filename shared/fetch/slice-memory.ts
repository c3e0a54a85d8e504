/**
 * What one process remembers of the documents that it read last, so that the next look at a feed reads only what is new. It
 * dies with the process, and may be of any age: what it may be used for is judged by the feed's stored state (`mayPassOver`).
 */
import { type Slices, unsliced } from '../feed/slices.ts';
import { limits } from '../limits.ts';

export class SliceMemory {
  /** By the address of the feed; the one kept last stands last. */
  readonly #byAddress = new Map<string, Slices>();
  #entries = 0;

  /** Of the last document of this address that was kept; `unsliced` when none is remembered. */
  of(address: string): Slices {
    return this.#byAddress.get(address) ?? unsliced;
  }

  /** In place of what was kept of this address. Beyond `limits.slicesRememberedMax` the feeds kept longest ago are forgotten. */
  keep(address: string, slices: Slices): void {
    this.#forget(address);
    if (slices.marks.size === 0) return;
    this.#byAddress.set(address, slices);
    this.#entries += slices.marks.size;
    for (const oldest of this.#byAddress.keys()) {
      if (this.#entries <= limits.slicesRememberedMax) return;
      this.#forget(oldest);
    }
  }

  #forget(address: string): void {
    this.#entries -= this.of(address).marks.size;
    this.#byAddress.delete(address);
  }
}
