/** What one watch says of one entry: the reference of the whole matcher, slow and plain. `match` and `explain` both ask here. */
import type { Watch } from './config.ts';
import { type Occurrence, placesOf, readField } from './find.ts';
import { familyOf } from './forms.ts';
import { type Looked, type Place, placesOfLine, placesOfLines } from './group.ts';
import type { EntryContext, EntryText, Match, TextField } from './match.ts';
import { remembered } from './remembered.ts';
import type { Rule } from './rule.ts';
import { isShielded, shieldsOf } from './shield.ts';
import type { Term } from './term.ts';

const textFields = ['title', 'summary', 'content'] as const satisfies readonly TextField[];

export type Answer =
  /** Every place of every line that counts, by field, start, end and line; never empty. */
  | { readonly kind: 'fired'; readonly matches: readonly Match[] }
  /** Its groups hold, and this line of `none` stands there too. */
  | { readonly kind: 'taken away'; readonly by: string; readonly places: readonly Place[] }
  /** At least one of its groups does not hold. */
  | { readonly kind: 'missed' };

const missed: Answer = { kind: 'missed' };

export function answerOf(rule: Rule, looked: Looked): Answer {
  const places: Place[] = [];
  for (const group of rule.groups) {
    const found = group.places(looked);
    if (found.length === 0) return missed;
    for (const place of found) places.push(place);
  }
  const by = takenAwayBy(rule, looked);
  return by === null ? { kind: 'fired', matches: matchesOf(places, looked) } : { kind: 'taken away', by, places };
}

export function isInScope({ feeds }: Watch, feed: EntryContext['feed']): boolean {
  return feeds === null || feed === null || feeds.some((wanted) => wanted === feed.name || feed.tags.includes(wanted));
}

/** Reads entries; the families of their words are remembered from entry to entry. */
export function reader(): (entry: EntryText, day: string) => Looked {
  const families = remembered(familyOf);
  return (entry, day) => {
    const fields = textFields.flatMap((field) => {
      const text = entry[field];
      return text === null ? [] : [readField(field, text, families)];
    });
    const known = new Map<Term, readonly Occurrence[]>();
    return {
      day,
      placesOf(term) {
        const places = known.get(term) ?? fields.flatMap((field) => placesOf(term, field));
        known.set(term, places);
        return places;
      },
      textOf: ({ field, start, end }) => entry[field]?.slice(start, end) ?? '',
    };
  };
}

/** The line of `none` that stands anywhere, but not inside a longer phrase of `any`. */
function takenAwayBy({ any, none }: Rule, looked: Looked): string | null {
  if (none.length === 0) return null;
  const shields = shieldsOf(placesOfLines(any, looked));
  const by = none.find((line) => placesOfLine(line, looked).some((place) => !isShielded(place, shields)));
  return by?.line ?? null;
}

function matchesOf(places: readonly Place[], looked: Looked): Match[] {
  const matches = new Map<string, Match>();
  for (const place of places) {
    const { line, field, start, end } = place;
    matches.set(`${field} ${start} ${end} ${line}`, { line, field, start, end, text: looked.textOf(place) });
  }
  return [...matches.values()].sort(inReadingOrder);
}

function inReadingOrder(a: Match, b: Match): number {
  const fields = textFields.indexOf(a.field) - textFields.indexOf(b.field);
  return fields || a.start - b.start || a.end - b.end || (a.line < b.line ? -1 : 1);
}
