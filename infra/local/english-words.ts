/**
 * Some 63,000 English words, British and American, as they stand in a dictionary and in all their forms: for showing people
 * what a `~` takes in. Nothing is matched by this list: a word that it does not have is found all the same. Where it comes
 * from, and under which terms, is in `english-words.licence.txt`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In small letters, in the order of the alphabet. */
export function englishWords(): readonly string[] {
  return readFileSync(join(import.meta.dirname, 'english-words.txt'), 'utf8')
    .trimEnd()
    .split('\n');
}
