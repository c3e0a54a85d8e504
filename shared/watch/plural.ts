/**
 * Singular and plural of a plain word in small letters, by rules of our own: stemming would bring in strangers (`organ`
 * and organise), and nobody who writes `backdoor` means to miss backdoors.
 */

/** Singular, then its plurals. */
const irregular: Readonly<Record<string, readonly string[]>> = {
  child: ['children'],
  grandchild: ['grandchildren'],
  schoolchild: ['schoolchildren'],
  person: ['people', 'persons'],
  foot: ['feet'],
  tooth: ['teeth'],
  goose: ['geese'],
  mouse: ['mice'],
  louse: ['lice'],
  ox: ['oxen'],
  penny: ['pence', 'pennies'],
  die: ['dice', 'dies'],
  quiz: ['quizzes'],
  bus: ['buses'],
  gas: ['gases'],
  lens: ['lenses'],
  iris: ['irises'],
  bacterium: ['bacteria'],
  referendum: ['referendums', 'referenda'],
  stadium: ['stadiums', 'stadia'],
  memorandum: ['memoranda', 'memorandums'],
  curriculum: ['curricula', 'curriculums'],
  criterion: ['criteria'],
  phenomenon: ['phenomena'],
  matrix: ['matrices', 'matrixes'],
  index: ['indices', 'indexes'],
  appendix: ['appendices', 'appendixes'],
  vertex: ['vertices'],
  formula: ['formulae', 'formulas'],
  larva: ['larvae'],
  alga: ['algae'],
  vertebra: ['vertebrae'],
  cactus: ['cacti', 'cactuses'],
  fungus: ['fungi'],
  nucleus: ['nuclei'],
  alumnus: ['alumni'],
  stimulus: ['stimuli'],
  bureau: ['bureaux', 'bureaus'],
  plateau: ['plateaux', 'plateaus'],
  passerby: ['passersby'],
};

const pluralsOfIrregular = new Map(Object.entries(irregular));

const singularOfIrregular = new Map(
  [...pluralsOfIrregular].flatMap(([one, many]) => many.map((each) => [each, one] as const)),
);

/** Their s makes another word of them, or none: `new` is not one of the news, and arms are not an arm. */
const unpaired = new Set(
  'news new goods arms customs means thanks series species plus yes this its has was does lots always perhaps'.split(
    ' ',
  ),
);

/** The word itself and what it is in singular or plural. At least the word; only `a` to `z` and three letters or more have more. */
export function singularAndPlural(word: string): readonly string[] {
  if (!/^[a-z]{3,}$/.test(word) || unpaired.has(word)) return [word];
  const singulars = singularsOf(word);
  const all = new Set([word, ...pluralsOf(word), ...singulars, ...singulars.flatMap(pluralsOf)]);
  return [...all].filter((form) => form === word || !unpaired.has(form));
}

/** Every way that English may write the plural; what is no word matches nothing. */
function pluralsOf(word: string): readonly string[] {
  const known = pluralsOfIrregular.get(word);
  if (known !== undefined) return known;
  if (/ics$|ss$/.test(word)) return word.endsWith('ss') ? [`${word}es`] : [];
  if (word.endsWith('man')) return [`${word.slice(0, -3)}men`, `${word}s`];
  if (word.endsWith('is')) return [`${word.slice(0, -2)}es`];
  if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}ies`];
  if (/(?:s|x|z|sh)$/.test(word)) return [`${word}es`];
  if (/(?:ch|o)$/.test(word)) return [`${word}es`, `${word}s`];
  if (word.endsWith('fe')) return [`${word.slice(0, -2)}ves`, `${word}s`];
  if (/[^f]f$/.test(word)) return [`${word.slice(0, -1)}ves`, `${word}s`];
  return [`${word}s`];
}

/** The words that this one is a plural of. */
function singularsOf(word: string): readonly string[] {
  const known = singularOfIrregular.get(word);
  if (known !== undefined) return [known];
  // `lens` is no plural of a word that nobody knows.
  if (pluralsOfIrregular.has(word)) return [];
  const endings = [
    ['s', ''],
    ['es', ''],
    ['es', 'is'],
    ['ies', 'y'],
    ['ves', 'f'],
    ['ves', 'fe'],
    ['men', 'man'],
  ] as const;
  return endings
    .filter(([many]) => word.endsWith(many))
    .map(([many, one]) => word.slice(0, -many.length) + one)
    .filter((singular) => singular.length >= 3 && pluralsOf(singular).includes(word));
}
