/** What somebody most likely meant to write. */
import { distance } from 'fastest-levenshtein';

/** The known word that is written most alike, or null when none is near: one slip in three letters is forgiven. */
export function nearest(word: string, known: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor((wanted.length + 1) / 3)) + 1;
  for (const candidate of known) {
    const slips = distance(wanted, candidate.toLowerCase());
    if (slips < least) {
      best = candidate;
      least = slips;
    }
  }
  return best;
}

/**
 * The end of a sentence about an unknown word: the nearest known one; else all of them, when they are few.
 *
 * @param what the kind of thing in the plural, as in `the lists are: a, b`
 */
export function didYouMean(word: string, known: readonly string[], what: string): string {
  const near = nearest(word, known);
  if (near !== null) return `did you mean "${near}"?`;
  if (known.length === 0) return `there are no ${what} in this file`;
  const shown = known.slice(0, 12).join(', ');
  return `the ${what} are: ${shown}${known.length > 12 ? ', …' : ''}`;
}
