/** "Why did I not get this?": of each watch and one entry, where it fired, or what was missing, in one sentence. */

import { unreachable } from '../assert.ts';
import { type Answer, answerOf, isInScope, reader } from './answer.ts';
import type { Watch } from './config.ts';
import { type Looked, linesAt, type Place } from './group.ts';
import type { EntryContext, EntryText, Match } from './match.ts';
import { type Rule, ruleOf, termsRead } from './rule.ts';

export type Explanation =
  | { readonly kind: 'fired'; readonly watch: Watch; readonly matches: readonly Match[] }
  | {
      readonly kind: 'missed';
      readonly watch: Watch;
      /** What was missing, or what took the watch away: `near: Thames Water found, no fine~ within 10 words`. */
      readonly missing: string;
      /** Lines of the watch that were found all the same; empty when the entry has nothing to do with the watch. */
      readonly found: readonly string[];
    };

/**
 * Explains by the rules that match: what fires here is what `matcherOf` finds.
 *
 * @param watches checked
 * @returns asks an entry of every watch, in the order of the file
 */
export function explainerOf(
  watches: readonly Watch[],
): (entry: EntryText, context: EntryContext) => readonly Explanation[] {
  const terms = termsRead();
  const rules = watches.map((watch) => ruleOf(watch, terms));
  const read = reader();
  return (entry, { feed, day }) => {
    const looked = read(entry, day);
    return rules.map((rule) => {
      const answer = answerOf(rule, looked);
      return isInScope(rule.watch, feed) ? inScope(rule, looked, answer) : outOfScope(rule, answer);
    });
  };
}

function inScope(rule: Rule, looked: Looked, answer: Answer): Explanation {
  const { watch } = rule;
  switch (answer.kind) {
    case 'fired':
      return { kind: 'fired', watch, matches: answer.matches };
    case 'taken away':
      return { kind: 'missed', watch, missing: `none: ${answer.by} takes it away`, found: linesOf(answer.places) };
    case 'missed':
      return lacking(rule, looked);
    default:
      return unreachable(answer);
  }
}

/** Only a watch that would have fired has missed something by its feeds. */
function outOfScope({ watch }: Rule, answer: Answer): Explanation {
  const found = answer.kind === 'fired' ? answer.matches.map(({ line }) => line) : [];
  return { kind: 'missed', watch, missing: 'not one of its feeds', found: [...new Set(found)] };
}

/** Every group that does not hold; and what was found, where none of those says so. */
function lacking({ watch, groups }: Rule, looked: Looked): Explanation {
  const held = groups.flatMap((group) => group.places(looked));
  const lacks = groups
    .filter((group) => group.places(looked).length === 0)
    .map((group) => ({ name: group.name, ...group.lack(looked) }));
  const partly = lacks.flatMap(({ found }) => found);
  const sentences = lacks.map(({ name, missing }) => `${name}: ${missing}`);
  if (partly.length === 0 && held.length > 0) sentences.push(`found ${linesAt(held)}`);
  return { kind: 'missed', watch, missing: sentences.join('; '), found: linesOf([...held, ...partly]) };
}

const linesOf = (places: readonly Place[]): string[] => [...new Set(places.map(({ line }) => line))];
