/** Answers kept, because words come again and again and stemming is the dearest thing done to them. */
import { limits } from '../limits.ts';

/** Forgets all when it is full. */
export function remembered(answer: (word: string) => string): (word: string) => string {
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
