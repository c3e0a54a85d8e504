/**
 * The groups of a watch as questions to an entry. Each says where it stands, and, of an entry in which it does not hold,
 * what it found all the same and what it lacks: two answers from the same places, so that they cannot disagree.
 */
import type { Where } from './config.ts';
import type { Occurrence } from './find.ts';
import { firstFew, listed } from './listed.ts';
import type { TextField } from './match.ts';
import { nearPlaces } from './near.ts';
import type { Term } from './term.ts';

/** An entry that has been read. */
export interface Looked {
  /** Local day `YYYY-MM-DD`. */
  readonly day: string;
  placesOf(term: Term): readonly Occurrence[];
  /** The words of the entry at a place. */
  textOf(place: Occurrence): string;
}

/** A place, and the line that a reader is told it comes from. */
export interface Place extends Occurrence {
  readonly line: string;
}

/** What is looked for, and how it is called. */
export interface Line {
  readonly line: string;
  readonly term: Term;
}

export interface Group {
  /** As it is written in the watch file. */
  readonly name: 'any' | 'all' | 'near' | 'at_least' | 'person' | 'office';
  /** Where it stands in an entry; empty when it does not hold. */
  places(entry: Looked): readonly Place[];
  /** @param entry one in which the group does not hold */
  lack(entry: Looked): Lack;
}

/** Why a group does not hold. */
export interface Lack {
  /** What was found of it all the same; empty when nothing was. */
  readonly found: readonly Place[];
  /** In words, as they follow the name of the group. */
  readonly missing: string;
}

/** Where one line stands, whatever the field. */
export const placesOfLine = ({ line, term }: Line, entry: Looked): readonly Place[] =>
  entry.placesOf(term).map((place) => ({ ...place, line }));

export const placesOfLines = (lines: readonly Line[], entry: Looked): readonly Place[] =>
  lines.flatMap((line) => placesOfLine(line, entry));

const isIn = (field: TextField, where: Where | null): boolean =>
  where === null || (where === 'title') === (field === 'title');

const partOf: Readonly<Record<Where, string>> = { title: 'in the headline', body: 'in the text' };

/** The lines that places come from, in words. */
export const linesAt = (places: readonly Place[]): string => listed(firstFew(places.map(({ line }) => line)));

const named = (lines: readonly Line[]): string[] => firstFew(lines.map(({ line }) => line));

/** Only what stands in that part of the entry counts. */
export function inPart(group: Group, where: Where | null): Group {
  if (where === null) return group;
  return {
    name: group.name,
    places: (entry) => group.places(entry).filter(({ field }) => isIn(field, where)),
    lack(entry) {
      const found = group.places(entry);
      if (found.length === 0) return group.lack(entry);
      return { found, missing: `${linesAt(found)} found, but not ${partOf[where]}` };
    },
  };
}

export function oneOf(lines: readonly Line[], name: 'any' | 'all' = 'any'): Group {
  return {
    name,
    places: (entry) => placesOfLines(lines, entry),
    lack: () => ({ found: [], missing: `${lines.length > 1 ? 'none of' : 'no'} ${named(lines).join(', ')}` }),
  };
}

/** @param groups each must hold */
export function allOf(groups: readonly Group[]): Group {
  return {
    name: 'all',
    places(entry) {
      const places = groups.map((group) => group.places(entry));
      return places.some(({ length }) => length === 0) ? [] : places.flat();
    },
    lack(entry) {
      const held = groups.flatMap((group) => group.places(entry));
      const lacks = groups.filter((group) => group.places(entry).length === 0).map((group) => group.lack(entry));
      const lead = held.length === 0 ? [] : [`found ${linesAt(held)}`];
      return {
        found: [...held, ...lacks.flatMap(({ found }) => found)],
        missing: [...lead, ...lacks.map(({ missing }) => missing)].join(', '),
      };
    },
  };
}

/** `count` different lines, wherever in the part of the entry that counts. */
export function manyOf(lines: readonly Line[], count: number, where: Where | null): Group {
  const found = (entry: Looked) => placesOfLines(lines, entry).filter(({ field }) => isIn(field, where));
  const linesIn = (places: readonly Place[]) => new Set(places.map(({ line }) => line)).size;
  return {
    name: 'at_least',
    places(entry) {
      const places = found(entry);
      return linesIn(places) >= count ? places : [];
    },
    lack(entry) {
      const places = found(entry);
      const needed = `${linesIn(places) || 'none'} of the ${count} it needs${where === null ? '' : ` ${partOf[where]}`}`;
      return { found: places, missing: places.length === 0 ? needed : `${needed}: ${linesAt(places)}` };
    },
  };
}

/** One line of each group, within so many words; with `ordered` in the order of the groups. */
export function closeTogether(groups: readonly (readonly Line[])[], within: number, ordered: boolean): Group {
  const stand = (entry: Looked) =>
    groups.flatMap((lines, group) => placesOfLines(lines, entry).map((place) => ({ ...place, group })));
  const near = (places: ReturnType<typeof stand>, inOrder: boolean): readonly Place[] =>
    [...new Set(places.map(({ field }) => field))].flatMap((field) =>
      nearPlaces(
        places.filter((place) => place.field === field),
        { groups: groups.length, within, ordered: inOrder },
      ),
    );
  return {
    name: 'near',
    places: (entry) => near(stand(entry), ordered),
    lack(entry) {
      const found = stand(entry);
      const absent = groups
        .filter((_, group) => !found.some((place) => place.group === group))
        .map((lines) => `no ${listed(named(lines), 'or')}`);
      if (found.length === 0) return { found, missing: absent.join(', ') };
      const lines = `${linesAt(found)} found`;
      if (absent.length > 0) return { found, missing: `${lines}, ${absent.join(', ')} within ${within} words` };
      const how = ordered && near(found, false).length > 0 ? 'in this order' : `within ${within} words of each other`;
      return { found, missing: `${lines}, but not ${how}` };
    },
  };
}
