/** People and offices as groups of a watch: the full name opens the door, the day says who holds the office. */
import type { Holder, Person } from './config.ts';
import { type Group, type Lack, type Line, type Looked, linesAt, oneOf, placesOfLine, placesOfLines } from './group.ts';
import { firstFew, listed } from './listed.ts';
import { holdsOn } from './person.ts';
import type { Term } from './term.ts';

/** A person, with the lines that name and deny them. */
export interface NamedLines {
  readonly full: Line;
  /** Title and surname, told by the full name. */
  readonly titled: Line;
  readonly also: readonly Line[];
  readonly namesakes: readonly Line[];
}

/** The full name anywhere opens the door for the short ways; a namesake anywhere closes it. */
export function personIn({ name }: Person, { full, titled, also, namesakes }: NamedLines): Group {
  const isThere = (entry: Looked, term: Term) => entry.placesOf(term).length > 0;
  return {
    name: 'person',
    places(entry) {
      if (!isThere(entry, full.term) || namesakes.some(({ term }) => isThere(entry, term))) return [];
      return placesOfLines([full, titled, ...also], entry);
    },
    lack(entry): Lack {
      const found = placesOfLine(full, entry);
      if (found.length > 0) {
        const namesake = linesAt(placesOfLines(namesakes, entry));
        return { found, missing: `${name} found, but so is the namesake ${namesake}` };
      }
      const short = placesOfLines([titled, ...also], entry);
      if (short.length === 0) return { found: [], missing: `no ${name}` };
      const words = listed(firstFew(short.map(entry.textOf)));
      return { found: short, missing: `${words} found, but not the full name ${name}` };
    },
  };
}

/** By a title, or by who holds it on the day of the entry. */
export function officeIn(
  titles: readonly Line[],
  holders: readonly { readonly holder: Holder; readonly named: Group }[],
): Group {
  const titled = oneOf(titles);
  return {
    name: 'office',
    places: (entry) => [
      ...titled.places(entry),
      ...holders.filter(({ holder }) => holdsOn(holder, entry.day)).flatMap(({ named }) => named.places(entry)),
    ],
    lack(entry): Lack {
      const present = holders.filter(({ holder }) => holdsOn(holder, entry.day));
      for (const { holder, named } of holders) {
        const found = named.places(entry);
        if (found.length > 0) return { found, missing: `${holder.name} ${timeOf(holder, entry.day)}` };
      }
      for (const { named } of present) {
        const lack = named.lack(entry);
        if (lack.found.length > 0) return lack;
      }
      const names = present.map(({ holder }) => holder.name);
      const who = names.length === 0 ? `and nobody held it on ${entry.day}` : `and no ${listed(names, 'or')}`;
      return { found: [], missing: `no title of it, ${who}` };
    },
  };
}

/** @param day outside the holder's time */
function timeOf({ from, to }: Holder, day: string): string {
  return from !== null && day < from ? `held it only from ${from}` : `held it until ${to}`;
}
