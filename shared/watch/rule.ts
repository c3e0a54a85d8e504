/** A watch made ready: its lines read once, its groups as questions to an entry. */
import { assert } from '../assert.ts';
import type { Person, Watch } from './config.ts';
import { allOf, closeTogether, type Group, inPart, type Line, manyOf, oneOf } from './group.ts';
import { type NamedLines, officeIn, personIn } from './named-group.ts';
import { surnameOf, titles } from './person.ts';
import { parseTerm, type Step, type Term, type Terms } from './term.ts';

export interface Rule {
  readonly watch: Watch;
  /** All must hold. */
  readonly groups: readonly Group[];
  readonly any: readonly Line[];
  readonly none: readonly Line[];
}

/** @param read see `termsRead`: terms that watches share are read once */
export function ruleOf(watch: Watch, read: (line: string) => Term): Rule {
  const lines = (terms: Terms): Line[] => [...new Set(terms)].map((line) => ({ line, term: read(line) }));
  const person = (said: Person) => personIn(said, namedLines(said, lines));
  const narrowed = (group: Group) => inPart(group, watch.in);
  const groups: Group[] = [];
  if (watch.any !== null) groups.push(narrowed(oneOf(lines(watch.any))));
  if (watch.all !== null) groups.push(allOf(watch.all.map((group) => narrowed(oneOf(lines(group), 'all')))));
  if (watch.near !== null) {
    groups.push(narrowed(closeTogether(watch.near.all.map(lines), watch.near.within, watch.near.ordered)));
  }
  if (watch.atLeast !== null) {
    groups.push(narrowed(manyOf(lines(watch.atLeast.of), watch.atLeast.count, watch.atLeast.in ?? watch.in)));
  }
  if (watch.person !== null) groups.push(narrowed(person(watch.person)));
  if (watch.office !== null) {
    const holders = watch.office.holders.map((holder) => ({ holder, named: person(holder) }));
    groups.push(narrowed(officeIn(lines(watch.office.titles), holders)));
  }
  return { watch, groups, any: lines(watch.any ?? []), none: lines(watch.none) };
}

/** All lines that a watch looks for, and those that take it away; each as written, maybe more than once. */
export function linesOfWatch({ any, all, near, atLeast, person, office, none }: Watch): readonly string[] {
  const people: readonly Person[] = [...(person === null ? [] : [person]), ...(office?.holders ?? [])];
  const groups = [any ?? [], ...(all ?? []), ...(near?.all ?? []), atLeast?.of ?? [], office?.titles ?? []];
  return [
    ...groups.flat(),
    ...people.flatMap(({ name, also, none: namesakes }) => [name, ...also, ...namesakes]),
    ...none,
  ];
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

function namedLines(person: Person, lines: (terms: Terms) => Line[]): NamedLines {
  const [full] = lines([person.name]);
  assert(full !== undefined, 'a person has a name');
  const titled = { line: person.name, term: titleAndSurname(person.name) };
  return { full, titled, also: lines(person.also), namesakes: lines(person.none) };
}

/** `Mr`, `Mrs`, … and the surname, as one term. */
function titleAndSurname(name: string): Term {
  const surname = termOf(surnameOf(name));
  const title: Step = { words: [{ kind: 'plain', forms: titles }], joined: null, crossesStop: false };
  return { source: name, steps: [title, ...surname.steps] };
}
