/**
 * Groups that stand close together. One place of each group is chosen, all in one field, no two sharing a word; the
 * distance is the number of words in the window from the first to the last that are in none of them. "Thames Water was
 * fined" has a distance of 1. Sentences do not count: only words do.
 */
import { assert } from '../assert.ts';
import { limits } from '../limits.ts';

/** A place of one of the groups, in words. */
export interface GroupPlace {
  readonly group: number;
  /** Words `[first, after)`. */
  readonly first: number;
  readonly after: number;
}

export interface NearRule {
  /** How many groups must be there. */
  readonly groups: number;
  /** Words between them, at most. */
  readonly within: number;
  /** The groups must stand in their own order. */
  readonly ordered: boolean;
}

/** Sets of groups, a bit for each → the least words left out by a chain of places of just these groups. */
type Chains = Map<number, number>;

/**
 * The places that are part of at least one choice that is close enough.
 *
 * @param places of one field, in any order
 */
export function nearPlaces<Place extends GroupPlace>(places: readonly Place[], rule: NearRule): Place[] {
  assert(rule.groups <= limits.nearGroupsMax, 'near has few groups, see limits.nearGroupsMax');
  const all = 2 ** rule.groups - 1;
  const sorted = [...places].sort((a, b) => a.first - b.first || a.after - b.after);
  const mirrored = sorted.map(({ group, first, after }) => ({ group, first: -after, after: -first }));
  const until = chainsUntil(sorted, rule, (group) => 2 ** group - 1);
  const from = chainsUntil(mirrored, rule, (group) => all - (2 ** (group + 1) - 1));
  return sorted.filter((place, at) => {
    const own = 2 ** place.group;
    return [...(until[at] ?? [])].some(([groups, left]) => {
      const rest = from[at]?.get(all - groups + own);
      return rest !== undefined && left + rest <= rule.within;
    });
  });
}

/**
 * For each place, the chains that end in it.
 *
 * @param groupsBefore with `ordered`: the groups that must all be there before a group, as bits
 * @returns in the order of `places`
 */
function chainsUntil(places: readonly GroupPlace[], rule: NearRule, groupsBefore: (group: number) => number): Chains[] {
  const inOrder = [...places.keys()].sort((a, b) => firstOf(places, a) - firstOf(places, b));
  const longest = places.reduce((most, { first, after }) => Math.max(most, after - first), 0);
  const chains: Chains[] = places.map(() => new Map());
  for (const [nth, at] of inOrder.entries()) {
    const place = places[at];
    if (place === undefined) continue;
    const own = 2 ** place.group;
    const mine = chains[at] ?? new Map();
    mine.set(own, 0);
    for (let back = nth - 1; back >= 0; back--) {
      const other = inOrder[back] ?? 0;
      if (place.first - firstOf(places, other) > rule.within + longest) break;
      const gap = place.first - (places[other]?.after ?? 0);
      if (gap < 0 || gap > rule.within) continue;
      for (const [groups, left] of chains[other] ?? []) {
        if ((groups & own) !== 0 || left + gap > rule.within) continue;
        mine.set(groups + own, Math.min(left + gap, mine.get(groups + own) ?? Number.POSITIVE_INFINITY));
      }
    }
    if (rule.ordered)
      for (const groups of [...mine.keys()]) if (groups !== groupsBefore(place.group) + own) mine.delete(groups);
  }
  return chains;
}

const firstOf = (places: readonly GroupPlace[], at: number): number => places[at]?.first ?? 0;
