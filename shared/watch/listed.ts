/** Things one after the other in a sentence. */
import { limits } from '../limits.ts';

/** `a, b and c`. */
export function listed(phrases: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (phrases.length < 2) return phrases.join('');
  return `${phrases.slice(0, -1).join(', ')} ${word} ${phrases.at(-1)}`;
}

/** The first few, each once; the rest is counted. */
export function firstFew(phrases: readonly string[]): string[] {
  const all = [...new Set(phrases)];
  const shown = all.slice(0, limits.reasonsShownMax);
  const more = all.length - shown.length;
  return more > 0 ? [...shown, `${more} more`] : shown;
}
