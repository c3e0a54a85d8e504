/**
 * What of a word counts when words are compared. The same for terms and entries: case, accents, full width, ligatures,
 * ß, invisible characters. Folding is for whole words, so places in the text never move.
 */

/** Drawn by nobody: soft hyphen, zero-width space and joiners, direction marks, variation selectors; Arabic tatweel. */
export const invisible = String.raw`[\p{Default_Ignorable_Code_Point}\u0640]`;

const allInvisible = new RegExp(invisible, 'gv');

/**
 * Accents, niqqud, harakat. Marks of other scripts (the vowels of Hindi or Thai, the voicing of kana) are letters in all
 * but name: without them other words would be the same.
 */
const accents =
  /[[[\p{Mn}\p{Me}]&&[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}]]--[\u3099\u309A]]/gv;

/** Letters that Unicode does not take apart, in plain letters of the same case. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  ł: 'l',
  Ł: 'L',
  ħ: 'h',
  Ħ: 'H',
  þ: 'th',
  Þ: 'TH',
  ı: 'i',
};
const allUnplain = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');

const ascii = /^[\0-\x7f]*$/;

/** Everything folded but case: `É` is `E`, `ＮＡＴＯ` is `NATO`. For words that count only in capitals. */
export function casedForm(word: string): string {
  if (ascii.test(word)) return word;
  return word
    .normalize('NFKD')
    .replace(accents, '')
    .replace(allInvisible, '')
    .replace(allUnplain, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFC');
}

/**
 * All folded. Turkish `İ I ı i` are one letter: a reader of English news does not know which of them a publisher uses.
 * Greek final sigma is sigma.
 */
export function foldedForm(word: string): string {
  return casedForm(word).toLowerCase().replaceAll('ς', 'σ');
}

/** As written: spelling, case, accents. Only what nobody can see is taken away (and NFC = NFD looks the same). */
export function exactForm(word: string): string {
  return ascii.test(word) ? word : word.replace(allInvisible, '').normalize('NFC');
}
