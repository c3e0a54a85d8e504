/** Hashes of words of lines, as a text would have them. */
import { scanCarefully } from './careful-scan.ts';
import { gap, partOf } from './units.ts';

/**
 * Hashes of the words that the engine reads in a folded word: nearly always one. None when it reads nothing there, as in
 * signs; null when there are gaps inside, so that a text may have it as one word and the engine as several.
 */
export function hashesOf(folded: string): readonly number[] | null {
  // Signs at the ends (`C++`, `.NET`) stand in a gap of the text: what is found without them is proved with them.
  const bare = folded.replace(/^\.|[+#]+$/g, '');
  for (const character of bare) if (partOf(character.codePointAt(0) ?? 0).kind === gap) return null;
  const units = Uint16Array.from({ length: bare.length + 1 }, (_, at) => bare.charCodeAt(at) || lineBreak);
  const hashes = new Int32Array(units.length);
  const count = scanCarefully(units, units.length, new Int32Array(units.length), new Int32Array(units.length), hashes);
  return [...hashes.subarray(0, count)];
}

const lineBreak = 10;
