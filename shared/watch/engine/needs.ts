/** What an entry must have before a watch can hold: of each list, one line. */
import type { Watch } from '../config.ts';
import type { Terms } from '../term.ts';

/** Lists of lines as written; a watch that holds has one of each. Its `none`, places and days are asked later. */
export function needsOf({ any, all, near, atLeast, person, office }: Watch): readonly Terms[] {
  return [
    ...(any === null ? [] : [any]),
    ...(all ?? []),
    ...(near?.all ?? []),
    ...(atLeast === null ? [] : [atLeast.of]),
    ...(person === null ? [] : [[person.name]]),
    ...(office === null ? [] : [[...office.titles, ...office.holders.map(({ name }) => name)]]),
  ];
}

/** Whether a watch holds as soon as one of its lines does: then the engine need not ask it as a whole. */
export function isAnyOnly(watch: Watch): boolean {
  const { any, all, near, atLeast, person, office, none, in: where } = watch;
  const others = all ?? near ?? atLeast ?? person ?? office ?? where;
  return any !== null && others === null && none.length === 0;
}
