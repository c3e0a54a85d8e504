/**
 * The door through which text of feeds comes into a mail: plain, in one line, without characters that are not seen but
 * change how others read. Escaping is not done here: that is the template's, at each place where text is put in.
 */
import { limits } from '../limits.ts';
import { once } from '../once.ts';
import type { Marked } from '../watch/hit.ts';

/** A stretch of a marked text. */
export interface Stretch {
  readonly text: string;
  readonly marked: boolean;
}

/** Controls, half surrogate pairs, noncharacters, bidi controls and spaces of no width. White space is kept for later. */
const UNSEEN =
  /(?![\t\n\v\f\r])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}|\p{Bidi_Control}|[\u00ad\u180e\u200b\u2060-\u2064\ufeff]/gu;
/** Joiners shape Persian and Indic words and emoji; beside ASCII they only hide. */
const IDLE_JOINER = /(?<![^\p{ASCII}])[\u200c\u200d]|[\u200c\u200d](?![^\p{ASCII}])/gu;
const graphemes = once(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));

/** One line of at most `charsMax` UTF-16 units (and an ellipsis), cut between graphemes. */
export function oneLine(text: string, charsMax: number = limits.nameCharsMax): string {
  const end = cutAt(text, charsMax);
  return (clean(text.slice(0, end)) + (end < text.length ? '…' : '')).trim();
}

/** The same for a marked text; its marks keep to the letters that they stood on. */
export function stretchesOf({ text, marks }: Marked, charsMax: number): Stretch[] {
  const end = cutAt(text, charsMax);
  const stretches: Stretch[] = [];
  let at = 0;
  const take = (to: number, marked: boolean) => {
    const stretch = clean(text.slice(at, Math.min(to, end)));
    if (stretch !== '') stretches.push({ text: stretch, marked });
    at = Math.max(at, Math.min(to, end));
  };
  for (const [start, stop] of marks) {
    take(start, false);
    take(stop, true);
  }
  take(end, false);
  if (end < text.length) stretches.push({ text: '…', marked: false });
  return stretches;
}

function clean(text: string): string {
  return text.replace(UNSEEN, '').replace(IDLE_JOINER, '').replace(/\s+/gu, ' ');
}

/** The end of the last whole grapheme within `charsMax`; of one that is longer than that, the last whole character. */
function cutAt(text: string, charsMax: number): number {
  if (text.length <= charsMax) return text.length;
  let end = 0;
  for (const { index, segment } of graphemes().segment(text.slice(0, charsMax + 1))) {
    if (index + segment.length > charsMax) break;
    end = index + segment.length;
  }
  if (end > 0) return end;
  return /[\ud800-\udbff]/.test(text.charAt(charsMax - 1)) ? charsMax - 1 : charsMax;
}
