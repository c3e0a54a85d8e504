/**
 * How often words stand in news, roughly: what the compiler needs to anchor a phrase where it is rarest. A wrong guess
 * costs time and nothing else. Written down from memory of the language, most frequent first, and not counted: only the
 * order of magnitude matters.
 */
import { hashesOf } from './word-hash.ts';

const mostFrequentFirst = (
  'the of to and in a for that on is said with by it was as at from be has he have its will an not are but ' +
  'his they this which who or their had been were more about would after new year up one out also over than two other ' +
  'we when last could into you all there if first year government people us uk can no some may against time what ' +
  'three company million percent her she market years minister world president state country officials week say says ' +
  'before many under between most such because only while now so him made them since off police during week day ' +
  'bank group billion report companies national international business news trade month monday tuesday wednesday ' +
  'thursday friday saturday sunday told spokesman plan public party political next still down where home end deal ' +
  'foreign back then former high five four six should did including any do how being through very much just around per ' +
  'cent oil price prices economic law court security military war american british european chinese russian union ' +
  'united states london washington york house white city south north east west council secretary prime chief general ' +
  'executive director office department service health care money growth rate rates interest shares stock share sales ' +
  'profit tax budget bill election elections vote leader leaders talks agreement support members member work workers ' +
  'job jobs part top best big long set system number early late own despite expected according called added three ' +
  'another well good make take get go see come way even use used using our my me your i he data technology internet ' +
  'online software computer phone media social'
).split(' ');

/** Of all words; the first has some 6 %. */
const shareOfFirst = 0.06;

const shares = new Map<number, number>();
for (const [rank, word] of mostFrequentFirst.entries()) {
  const [hash] = hashesOf(word) ?? [];
  if (hash !== undefined && !shares.has(hash)) shares.set(hash, shareOfFirst / (rank + 1));
}

/** The share of a word in all words of news, by its hash; for one that is not known, by its length. */
export function shareOf(hash: number, letters: number): number {
  const known = shares.get(hash);
  if (known !== undefined) return known;
  if (letters <= 1) return 4e-3;
  if (letters === 2) return 1e-3;
  return letters === 3 ? 3e-4 : 5e-5;
}
