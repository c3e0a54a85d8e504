/** TEMPORARY until watch/explain.ts lands. */
import type { Reason } from '../watch/hit.ts';
export function reasonLine(reasons: readonly Reason[]): string {
  return reasons
    .map(({ line, field, text }) => (text === null ? `${line} in the ${field}` : `“${text}” in the ${field} (${line})`))
    .join(', ');
}
