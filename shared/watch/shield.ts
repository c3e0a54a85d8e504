/** A line of `none` that lies inside a longer phrase of `any` does not count against it: "River Isis Trust" is wanted though "River Isis" is not. */
import type { Occurrence } from './find.ts';
import type { TextField } from './match.ts';

/** Per field and first word, how far phrases reach that begin there, and that begin before it. */
export type Shields = ReadonlyMap<TextField, { readonly here: number[]; readonly before: number[] }>;

/** @param places of the lines of `any`, wherever in the entry */
export function shieldsOf(places: readonly Occurrence[]): Shields {
  const shields = new Map<TextField, { here: number[]; before: number[] }>();
  for (const { field, first, after } of places) {
    const reach = shields.get(field) ?? { here: [], before: [] };
    reach.here[first] = Math.max(after, reach.here[first] ?? 0);
    shields.set(field, reach);
  }
  for (const { here, before } of shields.values()) {
    let furthest = 0;
    for (let at = 0; at <= here.length; at++) {
      before[at] = furthest;
      furthest = Math.max(furthest, here[at] ?? 0);
    }
  }
  return shields;
}

/** Whether a place lies inside a longer one of the shields. */
export function isShielded({ field, first, after }: Occurrence, shields: Shields): boolean {
  const reach = shields.get(field);
  if (reach === undefined) return false;
  const before = reach.before[Math.min(first, reach.before.length - 1)] ?? 0;
  return before >= after || (reach.here[first] ?? 0) > after;
}
