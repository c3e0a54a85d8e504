/** A watch made ready: its lines read once, its groups as questions to an entry. */
import { assert } from '../assert.ts';
import type { Person, Watch, Where } from './config.ts';
import type { Occurrence } from './find.ts';
import type { TextField } from './match.ts';
import { nearPlaces } from './near.ts';
import { holdsOn, surnameOf, titles } from './person.ts';
import { parseTerm, type Step, type Term, type Terms } from './term.ts';

/** An entry that has been read. */
export interface Looked {
  /** Local day `YYYY-MM-DD`. */
  readonly day: string;
  placesOf(term: Term): readonly Occurrence[];
}

/** A place, and the line that a reader is told it comes from. */
export interface Place extends Occurrence {
  readonly line: string;
}

/** Where the group stands in an entry; empty when it does not hold. */
type Group = (entry: Looked) => readonly Place[];

export interface Rule {
  readonly watch: Watch;
  /** All must hold. */
  readonly groups: readonly Group[];
  readonly any: readonly Line[];
  readonly none: readonly Line[];
}

/** What is looked for, and how it is called. */
export interface Line {
  readonly line: string;
  readonly term: Term;
}

/** @param read see `termsRead`: terms that watches share are read once */
export function ruleOf(watch: Watch, read: (line: string) => Term): Rule {
  const lines = (terms: Terms): Line[] => [...new Set(terms)].map((line) => ({ line, term: read(line) }));
  const { any, all, near, atLeast, person, office } = watch;
  const groups: Group[] = [];
  if (any !== null) groups.push(oneOf(lines(any)));
  for (const group of all ?? []) groups.push(oneOf(lines(group)));
  if (near !== null) groups.push(closeTogether(near.all.map(lines), near.within, near.ordered));
  if (atLeast !== null) groups.push(manyOf(lines(atLeast.of), atLeast.count, atLeast.in));
  if (person !== null) groups.push(personIn(person, lines));
  if (office !== null) {
    const holders = office.holders.map((holder) => ({ holder, named: personIn(holder, lines) }));
    const titled = oneOf(lines(office.titles));
    groups.push((entry) => [
      ...titled(entry),
      ...holders.filter(({ holder }) => holdsOn(holder, entry.day)).flatMap(({ named }) => named(entry)),
    ]);
  }
  const narrowed = groups.map(
    (group): Group =>
      (entry) =>
        group(entry).filter(({ field }) => isIn(field, watch.in)),
  );
  return { watch, groups: narrowed, any: lines(any ?? []), none: lines(watch.none) };
}

/** Reads each line once. A line that is no term cannot be here: the watch file was checked. */
export function termsRead(): (line: string) => Term {
  const known = new Map<string, Term>();
  return (line) => {
    const term = known.get(line) ?? termOf(line);
    known.set(line, term);
    return term;
  };
}

function termOf(line: string): Term {
  const parsed = parseTerm(line);
  assert('term' in parsed, `a checked watch has only lines that can be read, and not ${JSON.stringify(line)}`);
  return parsed.term;
}

/** Where one line stands, whatever the field. */
export const placesOfLine = ({ line, term }: Line, entry: Looked): readonly Place[] =>
  entry.placesOf(term).map((place) => ({ ...place, line }));

const isIn = (field: TextField, where: Where | null): boolean =>
  where === null || (where === 'title') === (field === 'title');

const oneOf =
  (lines: readonly Line[]): Group =>
  (entry) =>
    lines.flatMap((line) => placesOfLine(line, entry));

/** `count` different lines, wherever in the part of the entry that counts. */
function manyOf(lines: readonly Line[], count: number, where: Where | null): Group {
  return (entry) => {
    const places = oneOf(lines)(entry).filter(({ field }) => isIn(field, where));
    return new Set(places.map(({ line }) => line)).size >= count ? places : [];
  };
}

function closeTogether(groups: readonly (readonly Line[])[], within: number, ordered: boolean): Group {
  return (entry) => {
    const places = groups.flatMap((lines, group) => oneOf(lines)(entry).map((place) => ({ ...place, group })));
    const fields = new Set(places.map(({ field }) => field));
    return [...fields].flatMap((field) =>
      nearPlaces(
        places.filter((place) => place.field === field),
        { groups: groups.length, within, ordered },
      ),
    );
  };
}

/** The full name anywhere opens the door for the short ways; a namesake anywhere closes it. */
function personIn(person: Person, lines: (terms: Terms) => Line[]): Group {
  const [full] = lines([person.name]);
  const also = lines(person.also);
  const namesakes = lines(person.none);
  const titled: Line = { line: person.name, term: titleAndSurname(person.name) };
  return (entry) => {
    if (full === undefined || entry.placesOf(full.term).length === 0) return [];
    if (namesakes.some(({ term }) => entry.placesOf(term).length > 0)) return [];
    return oneOf([full, titled, ...also])(entry);
  };
}

/** `Mr`, `Mrs`, … and the surname, as one term. */
function titleAndSurname(name: string): Term {
  const surname = termOf(surnameOf(name));
  const title: Step = { words: [{ kind: 'plain', forms: titles }], joined: null, crossesStop: false };
  return { source: name, steps: [title, ...surname.steps] };
}
