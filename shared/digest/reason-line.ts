/** Why an entry is a hit of a watch, in one line. */
import type { Reason } from '../watch/hit.ts';

/** `“encrypted” in the title (~encrypt)`; the words are left out where the feed's excerpt rule does not show them. */
export function reasonLine(reasons: readonly Reason[]): string {
  return reasons
    .map(({ line, field, text }) => (text === null ? `${line} in the ${field}` : `“${text}” in the ${field} (${line})`))
    .join(', ');
}
