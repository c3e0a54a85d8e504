/** "Why is this here?", in one line. */
import { limits } from '../limits.ts';
import type { Reason } from './hit.ts';
import { listed } from './listed.ts';
import { wordsOf } from './tokens.ts';

/**
 * Which lines fired, and where: `encryption~ in the headline (“encrypted”) and lawful access in the text`. Each line once,
 * by its first reason; after a few the rest is counted.
 *
 * @param reasons of one hit, or of all hits of one entry, in the order in which they are to be told
 * @returns plain text, not escaped, without a full stop; '' when there is no reason
 */
export function reasonLine(reasons: readonly Reason[]): string {
  const told = reasons.filter((reason, at) => reasons.findIndex(({ line }) => line === reason.line) === at);
  const shown = told.slice(0, limits.reasonsShownMax).map(phraseOf);
  const more = told.length - shown.length;
  return listed(more > 0 ? [...shown, `${more} more`] : shown);
}

function phraseOf({ line, field, text }: Reason): string {
  const place = field === 'title' ? 'in the headline' : 'in the text';
  const isSame = text === null || spoken(text) === spoken(line);
  return isSame ? `${line} ${place}` : `${line} ${place} (“${text}”)`;
}

/** The words alone: a hyphen or a quote of another shape makes no other phrase. */
function spoken(text: string): string {
  return wordsOf(text)
    .map(({ folded }) => folded)
    .join(' ');
}
