/** Which watches an entry matches, by which of their lines, and where. Pure: term x entry, nothing remembered that shows. */
import { answerOf, isInScope, reader } from './answer.ts';
import type { Watch } from './config.ts';
import { ruleOf, termsRead } from './rule.ts';

export type TextField = 'title' | 'summary' | 'content';

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
  /**
   * Whether places of the last entry were left out, because it has more than `limits.placesPerEntryMax`. Every watch that
   * holds was told all the same.
   */
  readonly leftOut: boolean;
}

/**
 * The matching, slow and obviously right: the reference of the engine (`engine.ts`), for tests and for explaining.
 *
 * @param watches checked: a line that is no term is a bug, and thrown
 */
export function matcherOf(watches: readonly Watch[]): Matcher {
  const terms = termsRead();
  const rules = watches.map((watch) => ruleOf(watch, terms));
  const read = reader();
  return {
    leftOut: false,
    match(entry, { feed, day }) {
      const looked = read(entry, day);
      return rules.flatMap((rule): WatchMatch[] => {
        if (!isInScope(rule.watch, feed)) return [];
        const answer = answerOf(rule, looked);
        return answer.kind === 'fired' ? [{ watch: rule.watch, matches: answer.matches }] : [];
      });
    },
  };
}
