/** Which watches an entry matches, by which of their lines, and where. Pure: term x entry, nothing remembered that shows. */
import { limits } from '../limits.ts';
import type { Watch } from './config.ts';
import { type Occurrence, placesOf, readField } from './find.ts';
import { familyOf } from './forms.ts';
import { type Looked, type Place, placesOfLine, type Rule, ruleOf, termsRead } from './rule.ts';
import { isShielded, shieldsOf } from './shield.ts';
import type { Term } from './term.ts';

export type TextField = 'title' | 'summary' | 'content';

const textFields = ['title', 'summary', 'content'] as const satisfies readonly TextField[];

/** One place where one line of a watch fired. */
export interface Match {
  /** The line as written in the watch file. */
  readonly line: string;
  readonly field: TextField;
  /** `[start, end)` in UTF-16 units of the field's plain text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The texts of an entry, plain. */
export type EntryText = Readonly<Record<TextField, string | null>>;

export interface EntryContext {
  /** Whose entry it is; with null a watch is not narrowed to its feeds. */
  readonly feed: { readonly name: string; readonly tags: readonly string[] } | null;
  /** The local day of the entry, `YYYY-MM-DD`: who holds an office is asked of it. */
  readonly day: string;
}

export interface WatchMatch {
  readonly watch: Watch;
  /** Every place of every line that counts, by field, start, end and line; never empty. */
  readonly matches: readonly Match[];
}

export interface Matcher {
  /** The watches that hold, in the order of the file. */
  match(entry: EntryText, context: EntryContext): WatchMatch[];
}

/** @param watches checked: a line that is no term is a bug, and thrown */
export function matcherOf(watches: readonly Watch[]): Matcher {
  const read = termsRead();
  const rules = watches.map((watch) => ruleOf(watch, read));
  const rememberedFamilyOf = remembered(familyOf);
  return {
    match(entry, { feed, day }) {
      const looked = lookedAt(entry, day, rememberedFamilyOf);
      return rules
        .filter(({ watch }) => isInScope(watch, feed))
        .map((rule) => ({ watch: rule.watch, matches: matchesOf(rule, looked, entry) }))
        .filter(({ matches }) => matches.length > 0);
    },
  };
}

function isInScope({ feeds }: Watch, feed: EntryContext['feed']): boolean {
  return feeds === null || feed === null || feeds.some((wanted) => wanted === feed.name || feed.tags.includes(wanted));
}

function lookedAt(entry: EntryText, day: string, families: (folded: string) => string): Looked {
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
  };
}

function matchesOf(rule: Rule, looked: Looked, entry: EntryText): Match[] {
  const places: Place[] = [];
  for (const group of rule.groups) {
    const found = group(looked);
    if (found.length === 0) return [];
    for (const place of found) places.push(place);
  }
  if (isTakenAway(rule, looked)) return [];
  const matches = new Map<string, Match>();
  for (const { line, field, start, end } of places) {
    matches.set(`${field} ${start} ${end} ${line}`, {
      line,
      field,
      start,
      end,
      text: entry[field]?.slice(start, end) ?? '',
    });
  }
  return [...matches.values()].sort(inReadingOrder);
}

/** By a line of `none` that stands anywhere, but not inside a longer phrase of `any`. */
function isTakenAway({ any, none }: Rule, looked: Looked): boolean {
  if (none.length === 0) return false;
  const shields = shieldsOf(any.flatMap((line) => placesOfLine(line, looked)));
  return none.some(({ term }) => looked.placesOf(term).some((place) => !isShielded(place, shields)));
}

function inReadingOrder(a: Match, b: Match): number {
  const fields = textFields.indexOf(a.field) - textFields.indexOf(b.field);
  return fields || a.start - b.start || a.end - b.end || (a.line < b.line ? -1 : 1);
}

/** Words come again and again, and stemming is the dearest thing done to them. Forgets all when it is full. */
function remembered(answer: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    if (known.size >= limits.stemsRememberedMax) known.clear();
    const now = answer(word);
    known.set(word, now);
    return now;
  };
}
