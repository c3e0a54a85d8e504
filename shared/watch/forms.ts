/**
 * Forms of a word: the one door to stemming. Two words are of one family when `familyOf` names them alike; `encryption~`
 * asks this of every word of an entry, and `check` lists what it takes in.
 *
 * Porter 2 decides, after three things it gets wrong for news: irregular forms, families it throws together or tears
 * apart (`word-families.ts`), and -ise beside -ize, -ist beside -ism.
 */
import { foldedForm } from './fold.ts';
import { porter2 } from './porter2.ts';
import { baseForms, closedFamilies } from './word-families.ts';

/** Not made from a word in -ism: verbs and lists. */
const otherIst =
  /(?:^|[^a-z])(?:exist|coexist|resist|insist|assist|persist|consist|subsist|desist|enlist|(?:black|short|check|play|wish|watch|hit|set|long|wait)list)$/;

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
  return porter2(commonEnding(base));
}

/** -ise, -ist, -ification → the endings that the stemmer knows. Where that is wrong (rise, promise) it is so for all forms alike. */
function commonEnding(word: string): string {
  if (/..ifications?$/.test(word)) return word.replace(/ications?$/, 'y');
  const ist = /^([a-z]{4,})ists?$/.exec(word);
  if (ist !== null && !otherIst.test(word.replace(/s$/, ''))) return `${ist[1]}ism`;
  return word.replace(/^(?!prec|conc)([a-z]{3,}[^aeouv])is(e|es|ed|ing|er|ers|ation|ations)$/, '$1iz$2');
}

/** Words by their families: what `word~` can be shown to take in. */
export type Vocabulary = ReadonlyMap<string, readonly string[]>;

/** @param words as they are to be shown; each family keeps their order */
export function vocabularyOf(words: Iterable<string>): Vocabulary {
  const families = new Map<string, string[]>();
  for (const word of new Set(words)) {
    const family = familyOf(foldedForm(word));
    const known = families.get(family);
    if (known === undefined) families.set(family, [word]);
    else known.push(word);
  }
  return families;
}

/** What `word~` takes in of a vocabulary. The word itself comes first when the vocabulary does not know it. */
export function formsOf(word: string, vocabulary: Vocabulary): readonly string[] {
  const folded = foldedForm(word);
  const forms = vocabulary.get(familyOf(folded)) ?? [];
  return forms.some((form) => foldedForm(form) === folded) ? forms : [word, ...forms];
}

/** The words of a line that stand with `~`, as written: `encryption` of `end-to-end encryption~`. */
export function markedWords(line: string): readonly string[] {
  return [...line.matchAll(/(\p{L}+)~/gu)].map(([, word = '']) => word);
}
