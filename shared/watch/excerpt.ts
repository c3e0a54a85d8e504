/** A short piece of a text, cut where a reader would cut it, with the places to be marked. */
import { once } from '../once.ts';
import type { Marked } from './hit.ts';

/** `[start, end)` in UTF-16 units of the whole text. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** Looking at the beginning is what to do with a text in which nothing matched. */
const nowhere: Place = { start: 0, end: 0 };

const words = once(() => new Intl.Segmenter('en', { granularity: 'word' }));
const graphemes = once(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));

/** The share of the room that stands before the first match: what follows it says more. */
const leadShare = 1 / 3;

/** Two `…` and a character between them. */
const leastWindowChars = 3;

/**
 * A window around the first match; the beginning of the text when there is none. Cut at the edges of words, or, where a
 * word has no room, between what a reader sees as characters; `…` stands where something is left out, and counts.
 *
 * @param matches in any order; they may overlap, and those outside the window are left out
 * @param charsMax UTF-16 units of the excerpt, at least 1
 */
export function excerptOf(text: string, matches: readonly Place[], charsMax: number): Marked {
  if (text.length <= charsMax) return windowOf(text, matches, 0, text.length);
  const first = matches.reduce((least, place) => (place.start < least.start ? place : least), matches[0] ?? nowhere);
  const isAtStart = first.end <= charsMax - 1 || charsMax < leastWindowChars;
  // One character for each … that will stand there.
  const from = isAtStart ? 0 : startBefore(text, first, charsMax - 2);
  const room = charsMax - (from > 0 ? 1 : 0);
  if (from + room >= text.length) return windowOf(text, matches, from, text.length);
  return windowOf(text, matches, from, endBefore(text, from + room - 1, Math.max(from, first.end)));
}

/** The beginning of a text, as `excerptOf` cuts it. */
export function beginningOf(text: string, matches: readonly Place[], charsMax: number): Marked {
  if (text.length <= charsMax) return windowOf(text, matches, 0, text.length);
  return windowOf(text, matches, 0, graphemeAt(text, charsMax - 1));
}

function startBefore(text: string, first: Place, room: number): number {
  const lead = Math.max(0, Math.floor((room - (first.end - first.start)) * leadShare));
  const wanted = Math.min(first.start - lead, text.length - room);
  const word = words().segment(text).containing(wanted);
  if (word === undefined || word.index === wanted) return skipSpace(text, wanted);
  // A word that is cut is left out, unless it is as long as the way to the match.
  const next = word.index + word.segment.length;
  return next <= first.start ? skipSpace(text, next) : Math.min(first.start, graphemeAt(text, wanted));
}

function skipSpace(text: string, at: number): number {
  const space = /^\s+/.exec(text.slice(at, at + 20))?.[0] ?? '';
  return at + space.length;
}

/** Where to end so that no word is cut, and not before `least`; in a word without an edge after that, no character is. */
function endBefore(text: string, wanted: number, least: number): number {
  const word = words().segment(text).containing(wanted);
  if (word === undefined || word.index === wanted) return wanted;
  return word.index > 0 && word.index >= least ? word.index : graphemeAt(text, wanted);
}

/** The start of the character that stands at a place. */
function graphemeAt(text: string, at: number): number {
  return graphemes().segment(text).containing(at)?.index ?? at;
}

function windowOf(text: string, matches: readonly Place[], from: number, until: number): Marked {
  const shown = until < text.length ? text.slice(from, until).trimEnd() : text.slice(from, until);
  const lead = from > 0 ? '…' : '';
  const clipped = matches
    .map(({ start, end }): [number, number] => [Math.max(start, from), Math.min(end, from + shown.length)])
    .filter(([start, end]) => start < end)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const marks: [number, number][] = [];
  for (const [start, end] of clipped) {
    const [shiftedStart, shiftedEnd] = [start - from + lead.length, end - from + lead.length];
    const last = marks.at(-1);
    if (last !== undefined && shiftedStart < last[1]) last[1] = Math.max(last[1], shiftedEnd);
    else marks.push([shiftedStart, shiftedEnd]);
  }
  return { text: `${lead}${shown}${until < text.length ? '…' : ''}`, marks };
}
