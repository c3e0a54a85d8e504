/**
 * Porter 2, the English stemmer of the Snowball project: cuts the endings of a word step by step until words of one
 * family are mostly spelled alike. Written from the description of the algorithm (M. F. Porter,
 * https://snowballstem.org/algorithms/english/stemmer.html) and held to the project's published vocabulary. What news
 * needs beyond it stands in `forms.ts`; here is nothing that the description does not say.
 *
 * Some words it uses: a vowel is one of `aeiouy`; a `y` that sounds as a consonant is written `Y` on the way. R1 is what
 * follows the first consonant after a vowel, R2 is the same once more inside of R1. Most endings are cut only where they
 * lie in one of these, so that what is left is still a word.
 */

/** Words whose stem no rule makes. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ...Object.entries({
    skis: 'ski',
    skies: 'sky',
    dying: 'die',
    lying: 'lie',
    tying: 'tie',
    idly: 'idl',
    gently: 'gentl',
    ugly: 'ugli',
    early: 'earli',
    only: 'onli',
    singly: 'singl',
  }),
  ...['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes'].map((word) => [word, word] as const),
]);

/** Words that are done once their plural is off. */
const doneAfterPlural = new Set(['inning', 'outing', 'canning', 'herring', 'earring', 'proceed', 'exceed', 'succeed']);

/** Beginnings after which R1 starts, wherever their vowels are. */
const wholeBeginning = /^(?:gener|commun|arsen)/;

const vowelThenConsonant = /[aeiouy][^aeiouy]/g;
const shortSyllableAtEnd = /(?:^|[^aeiouy])[aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$/;
const doubleAtEnd = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;

/** Endings in R1 and what they become. */
const derivations = endings({
  tional: 'tion',
  enci: 'ence',
  anci: 'ance',
  abli: 'able',
  entli: 'ent',
  izer: 'ize',
  ization: 'ize',
  ational: 'ate',
  ation: 'ate',
  ator: 'ate',
  alism: 'al',
  aliti: 'al',
  alli: 'al',
  fulness: 'ful',
  ousli: 'ous',
  ousness: 'ous',
  iveness: 'ive',
  iviti: 'ive',
  biliti: 'ble',
  bli: 'ble',
  fulli: 'ful',
  lessli: 'less',
  ogi: 'og',
  li: '',
});

const furtherDerivations = endings({
  tional: 'tion',
  ational: 'ate',
  alize: 'al',
  icate: 'ic',
  iciti: 'ic',
  ical: 'ic',
  ful: '',
  ness: '',
  ative: '',
});

/** Endings that go, where they lie in R2. */
const lastEndings = endings(
  Object.fromEntries(
    'al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion'.split(' ').map((each) => [each, '']),
  ),
);

/** Endings that count only behind some letters. */
const onlyBehind: Readonly<Record<string, RegExp>> = { ogi: /l$/, li: /[cdeghkmnrt]$/, ion: /[st]$/ };

/**
 * The stem of an English word; often no word itself.
 *
 * @param word in small letters `a` to `z` and `'`; anything else stands as it is
 */
export function porter2(word: string): string {
  const known = exceptions.get(word);
  if (known !== undefined) return known;
  if (word.length <= 2) return word;
  let stem = word.replace(/^'/, '').replace(/^y|[aeiouy]y/g, (found) => `${found.slice(0, -1)}Y`);
  const r1 = wholeBeginning.exec(stem)?.[0].length ?? afterFirstConsonant(stem, 0);
  const r2 = afterFirstConsonant(stem, r1);
  stem = withoutPlural(stem.replace(/'(?:s'?)?$/, ''));
  if (doneAfterPlural.has(stem)) return stem;
  stem = withoutTense(stem, r1).replace(/(?<=.[^aeiouy])[yY]$/, 'i');
  stem = withoutEnding(stem, derivations, () => r1);
  stem = withoutEnding(stem, furtherDerivations, (ending) => (ending === 'ative' ? r2 : r1));
  stem = withoutEnding(stem, lastEndings, () => r2);
  return withoutSilent(stem, r1, r2).replaceAll('Y', 'y');
}

/** Where R1 of a word begins that starts at `from`: its length if nowhere. */
function afterFirstConsonant(word: string, from: number): number {
  vowelThenConsonant.lastIndex = from;
  const found = vowelThenConsonant.exec(word);
  return found === null ? word.length : found.index + 2;
}

/** Step 1a. */
function withoutPlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (!/[^us]s$/.test(word)) return word;
  // Not of gas: the vowel must not stand right before the s.
  const vowel = word.search(/[aeiouy]/);
  return vowel >= 0 && vowel < word.length - 2 ? word.slice(0, -1) : word;
}

/** Step 1b. */
function withoutTense(word: string, r1: number): string {
  const ending = /(?:eed|ed|ing)(?:ly)?$/.exec(word);
  if (ending === null) return word;
  const stem = word.slice(0, ending.index);
  if (ending[0].startsWith('ee')) return ending.index >= r1 ? `${stem}ee` : word;
  if (!/[aeiouy]/.test(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (doubleAtEnd.test(stem)) return stem.slice(0, -1);
  return r1 >= stem.length && shortSyllableAtEnd.test(stem) ? `${stem}e` : stem;
}

interface Endings {
  readonly becoming: ReadonlyMap<string, string>;
  readonly longest: number;
}

function endings(becoming: Readonly<Record<string, string>>): Endings {
  return {
    becoming: new Map(Object.entries(becoming)),
    longest: Math.max(...Object.keys(becoming).map((ending) => ending.length)),
  };
}

/** Steps 2 to 4: the longest ending that the word has is the only one that is looked at. */
function withoutEnding(word: string, { becoming, longest }: Endings, region: (ending: string) => number): string {
  for (let start = Math.max(0, word.length - longest); start < word.length; start++) {
    const ending = word.slice(start);
    const instead = becoming.get(ending);
    if (instead === undefined) continue;
    const stem = word.slice(0, start);
    if (start < region(ending) || onlyBehind[ending]?.test(stem) === false) return word;
    return stem + instead;
  }
  return word;
}

/** Step 5. */
function withoutSilent(word: string, r1: number, r2: number): string {
  const last = word.length - 1;
  const stem = word.slice(0, -1);
  const isSilent =
    (word.endsWith('e') && (last >= r2 || (last >= r1 && !shortSyllableAtEnd.test(stem)))) ||
    (word.endsWith('ll') && last >= r2);
  return isSilent ? stem : word;
}
