/** History in memory. Held to `test/conformance/history.ts`. */
import type { History } from '../../shared/world.ts';

export interface MemoryHistory extends History {
  /** What was added, by day, in order. */
  readonly days: Map<string, Uint8Array[]>;
}

export function memoryHistory(): MemoryHistory {
  const days: MemoryHistory['days'] = new Map();
  return {
    days,
    append: async (day, bytes) => void days.set(day, [...(days.get(day) ?? []), bytes]),
  };
}
