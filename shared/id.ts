/**
 * Names for things. Nothing random is drawn in Watchword: an id is a hash of the natural key, so doing a thing again
 * names it the same and a conditional write can see that it was done.
 */
import { createHash } from 'node:crypto';

/**
 * A hash of a natural key, 16 characters of base64url (96 bits).
 *
 * @param kind what is named ('feed', 'entry', …): the same text never names two kinds of thing alike
 * @param parts the natural key; the parts are kept apart, so ('ab', 'c') and ('a', 'bc') differ
 */
export function idOf(kind: string, ...parts: readonly string[]): string {
  const hash = createHash('sha256').update(kind);
  for (const part of parts) hash.update(`\u0000${part.length}:`).update(part);
  return hash.digest('base64url').slice(0, 16);
}
