/** Hashes of words of lines, as a text would have them. */
import { scanCarefully } from './careful-scan.ts';
import { codes, factor, gap, partOf } from './units.ts';

/**
 * Hashes of the words that the engine reads in a folded word: nearly always one. None when it reads nothing there, as in
 * signs; null when there are gaps inside, so that a text may have it as one word and the engine as several.
 */
export function hashesOf(folded: string): readonly number[] | null {
  if (/^[a-z0-9]+$/.test(folded)) return [plainHash(folded)];
  // Signs at the ends (`C++`, `.NET`) stand in a gap of the text: what is found without them is proved with them.
  const bare = folded.replace(/^\.|[+#]+$/g, '');
  for (const character of bare) if (partOf(character.codePointAt(0) ?? 0).kind === gap) return null;
  const units = Uint16Array.from({ length: bare.length + 1 }, (_, at) => bare.charCodeAt(at) || lineBreak);
  const hashes = new Int32Array(units.length);
  const count = scanCarefully(units, units.length, new Int32Array(units.length), new Int32Array(units.length), hashes);
  return [...hashes.subarray(0, count)];
}

const lineBreak = 10;

/** Nearly all words of lines, without the machinery. */
function plainHash(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, factor) + codes[word.charCodeAt(at)]!) | 0;
  return hash;
}
