/** Which elements that are none of ours stand open, so that a title within an image is not taken for the entry's. */

import { limits } from '../limits.ts';

/** Elements that are none of ours and are open now. */
export class OpenTags {
  readonly #names: string[] = [];
  readonly #counts = new Map<string, number>();

  get empty(): boolean {
    return this.#names.length === 0;
  }

  open(name: string): void {
    if (this.#names.length === limits.depthMax) return;
    this.#names.push(name);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Closes the innermost one of this name and all in it. False when none is open. */
  close(name: string): boolean {
    if (!this.#counts.get(name)) return false;
    for (let last = this.#names.pop(); last !== undefined; last = this.#names.pop()) {
      this.#counts.set(last, this.#counts.get(last)! - 1);
      if (last === name) break;
    }
    return true;
  }

  /** Closes all; their names. */
  clear(): readonly string[] {
    if (this.#names.length === 0) return this.#names;
    this.#counts.clear();
    return this.#names.splice(0);
  }
}
