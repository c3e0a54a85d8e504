/**
 * Forms of a word: the one door to stemming. Two words are of one family when `familyOf` names them alike; `encryption~`
 * asks this of every word of an entry, and `check` lists what it takes in.
 *
 * Porter's algorithm (M. F. Porter, 1980) decides, after three things it gets wrong for news: irregular forms, families
 * it throws together or tears apart (`word-families.ts`), and -ise beside -ize, -ist beside -ism.
 */
import { stemmer } from 'stemmer';
import { foldedForm } from './fold.ts';
import { baseForms, closedFamilies } from './word-families.ts';

/** Not made from a word in -ism: verbs and lists. */
const otherIst =
  /(?:^|[^a-z])(?:exist|coexist|resist|insist|assist|persist|consist|subsist|desist|enlist|(?:black|short|check|play|wish|watch|hit|set)list)$/;

/**
 * What names the family of a word.
 *
 * @param folded a folded word; English, in `a` to `z`. Any other word is its own family.
 */
export function familyOf(folded: string): string {
  if (!/^[a-z]{3,}$/.test(folded)) return folded;
  const base = baseForms.get(folded) ?? folded;
  const closed = closedFamilies.get(base);
  // The slash keeps a closed family apart from every stem.
  if (closed !== undefined) return `${closed}/`;
  return stemmer(americanEnding(base));
}

/** -ise, -ist → the endings that Porter knows. Where that is wrong (rise, promise) it is so for all forms alike. */
function americanEnding(word: string): string {
  const ist = /^([a-z]{4,})ists?$/.exec(word);
  if (ist !== null && !otherIst.test(word.replace(/s$/, ''))) return `${ist[1]}ism`;
  return word.replace(/^(?!prec|conc)([a-z]{3,}[^aeouv])is(e|es|ed|ing|er|ers|ation|ations)$/, '$1iz$2');
}

/** The words of a vocabulary that `word~` takes in, in the order given, each once. For `check`. */
export function formsOf(word: string, vocabulary: Iterable<string>): string[] {
  const family = familyOf(foldedForm(word));
  return [...new Set(vocabulary)].filter((other) => familyOf(foldedForm(other)) === family);
}
