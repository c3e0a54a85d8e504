import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type GroupPlace, type NearRule, nearPlaces } from '../../shared/watch/near.ts';

/** Every choice of one place a group, one by one. */
function byTryingAll(places: readonly GroupPlace[], rule: NearRule): Set<GroupPlace> {
  const close = new Set<GroupPlace>();
  const choose = (group: number, chosen: readonly GroupPlace[]): void => {
    if (group < rule.groups) {
      for (const place of places) if (place.group === group) choose(group + 1, [...chosen, place]);
      return;
    }
    const inText = [...chosen].sort((a, b) => a.first - b.first);
    const gaps = inText.slice(1).map(({ first }, at) => first - (inText[at]?.after ?? 0));
    const inOrder = !rule.ordered || inText.every((place, at) => place.group === at);
    if (inOrder && gaps.every((gap) => gap >= 0) && gaps.reduce((sum, gap) => sum + gap, 0) <= rule.within) {
      for (const place of chosen) close.add(place);
    }
  };
  choose(0, []);
  return close;
}

it('near finds the places that trying every choice finds', () => {
  const place = fc
    .record({ group: fc.nat(2), first: fc.nat(20), length: fc.integer({ min: 1, max: 3 }) })
    .map(({ group, first, length }) => ({ group, first, after: first + length }));
  const rule = fc.record({ groups: fc.constant(3), within: fc.nat(8), ordered: fc.boolean() });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 12 }), rule, (places, near) => {
      expect(new Set(nearPlaces(places, near))).toEqual(byTryingAll(places, near));
    }),
    { numRuns: 500 },
  );
});
