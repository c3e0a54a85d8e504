/** All the lines of a watch as they stand in the file, with their places, whatever else is wrong with it. */
import type { Path } from './problem.ts';
import { isRawMap, rawAt, rawItems, rawText } from './raw.ts';
import type { Raw } from './yaml-source.ts';

/** A list of lines: `any`, one group of `all`, the titles of an office. */
export interface LineGroup {
  readonly path: Path;
  readonly kind: 'any' | 'all' | 'near' | 'at_least' | 'also' | 'titles' | 'none' | 'namesakes';
}

/** The lists of lines of one watch, in the order of the language. */
export function lineGroups(file: Raw, watch: Path): LineGroup[] {
  const groups: LineGroup[] = [{ path: [...watch, 'any'], kind: 'any' }];
  for (const { path } of rawItems(file, [...watch, 'all'])) groups.push({ path, kind: 'all' });
  for (const { path } of rawItems(file, [...watch, 'near', 'all'])) groups.push({ path, kind: 'near' });
  groups.push({ path: [...watch, 'at_least', 'of'], kind: 'at_least' });
  groups.push({ path: [...watch, 'office', 'titles'], kind: 'titles' });
  for (const person of personPaths(file, watch)) {
    groups.push({ path: [...person, 'also'], kind: 'also' }, { path: [...person, 'none'], kind: 'namesakes' });
  }
  groups.push({ path: [...watch, 'none'], kind: 'none' });
  return groups;
}

/** Where this watch names a person: `person`, and each holder of an office. */
export function personPaths(file: Raw, watch: Path): Path[] {
  const holders = rawItems(file, [...watch, 'office', 'holders']).map(({ path }) => path);
  return isRawMap(rawAt(file, [...watch, 'person'])) ? [[...watch, 'person'], ...holders] : holders;
}

/** A line and where it stands; a line that comes from a list stands where the list is named. */
export interface Line {
  readonly source: string;
  readonly path: Path;
}

/** The lines of a group, lists put in their place; what is no line, and unknown lists, are left out. */
export function linesOf(file: Raw, group: Path): Line[] {
  return rawItems(file, group).flatMap(({ item, path }) => {
    if (typeof item === 'string') return [{ source: item, path }];
    const list = rawText(item, ['list']);
    if (list === null) return [];
    return rawItems(file, ['lists', list]).flatMap((line) =>
      typeof line.item === 'string' ? [{ source: line.item, path }] : [],
    );
  });
}

/** Whether a watch has any group; one without looks for its own name. */
export function hasGroup(file: Raw, watch: Path): boolean {
  const here = rawAt(file, watch);
  return (
    isRawMap(here) && ['any', 'all', 'near', 'at_least', 'person', 'office'].some((key) => Object.hasOwn(here, key))
  );
}
