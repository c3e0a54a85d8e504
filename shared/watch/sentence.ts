/**
 * Where a sentence ends, for phrases that do not cross it. A missed story costs most, so an end is seen only where it is
 * sure. It takes all of these:
 * - one of `. ! ? …`, closing quotes and brackets, then white space; or the full stop of a script that has its own;
 * - a next word that does not begin with a small letter;
 * - after a single `.`: a word before it that is no abbreviation and no initial (`Mr. Wallace`, `J. Smith`).
 * Letters joined by dots (`in the U.S. Troops …`) never end one, nor does one line break; an empty line does.
 */

const abbreviations = new Set(
  (
    'mr mrs ms mx messrs dr prof st ste mt ft rt hon rev fr sr jr esq gen maj col lt capt cpl sgt cmdr adm brig insp supt det ' +
    'sen rep gov pres sec amb atty dist vs v etc inc ltd co corp plc bros dept div est assn univ ave blvd rd sq ' +
    'approx ca cf al ed eds vol pp art sect para ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'ala ariz ark calif colo conn fla ill ind kan mass md mich minn mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo'
  ).split(' '),
);

/** Words of their own that are abbreviations only before a number: `No. 10`, `Fig. 3`, `p. 7`. */
const beforeNumbers = new Set(['no', 'nos', 'fig', 'figs', 'p', 'ch', 'sec', 'app', 'item', 'par']);

const otherStops = /[。｡！？．؟۔।॥]/;
const emptyLine = /\n[^\S\n]*\n/;
/** Bounded, so that a gap of many dots takes no square time. */
const stopAndSpace = /[.!?…][\p{Pe}\p{Pf}"'’]{0,3}\s/u;

/**
 * Whether a sentence ends between two neighbouring words.
 *
 * @param before folded word before the gap
 * @param gap all that stands between the two, possessive `'s` left out
 * @param after the next word as written
 */
export function sentenceEnds(before: string, gap: string, after: string): boolean {
  if (gap === ' ') return false;
  if (otherStops.test(gap) || emptyLine.test(gap)) return true;
  if (!stopAndSpace.test(gap) || /^\p{Ll}/u.test(after)) return false;
  const afterOneDot = gap.startsWith('.') && !/^[.!?…]{2}/.test(gap);
  if (!afterOneDot) return true;
  if (/^\p{L}$/u.test(before) || abbreviations.has(before)) return false;
  return !(beforeNumbers.has(before) && /^\p{N}/u.test(after));
}

/** Whether somebody who writes this between two words of a term lets the phrase go on there: `Yahoo! Inc`. */
export function hasStop(gap: string): boolean {
  return /[.!?…]/.test(gap) || otherStops.test(gap);
}
