/** The words of the invented news: frequent English words by rank, and behind them pronounceable words that no language has. */
import type { Dice } from './dice.ts';

/** By falling frequency, as in English news. */
const frequent = (
  'the of to in a and said for on that is it was by with from at its as be he has have will an are his but not were which ' +
  'would been had this they or more year than new about one market up last also who after their percent company first two ' +
  'government over could we people when other there bank she out some time all no into if trade week state stock may because ' +
  'country world three president so before under now group only share price most official expected report million years rate ' +
  'against made since today him what them between you next while month during her billion can her through such day oil minister many ' +
  'any told part police world international plan work home back down still high court party public city service season game ' +
  'increase made should where four well end five sales talk business union economic policy any national set interest foreign ' +
  'including another being just number late member deal second early news house office right left team win take way make how ' +
  'much even major make these come war own both same growth industry security general law former chief call quarter lead claim ' +
  'system court vote use local show leader each six per show level control support record spokesman cut off again loss meeting ' +
  'very agreement profit budget power technology health did small computer release move life around without decision tax result ' +
  'place offer ten food several water school point case good long help open top head move election attack hold start add keep ' +
  'test rise fall play road name play final hope face film music hospital phone software force issue term job fine flood warning ' +
  'river fire train strike storm energy climate crime prison border farm fish money fund debt crisis reform review inquiry'
).split(' ');

const consonants = 'b c d f g h j k l m n p r s t v w b c d f l m n p r s t r s t n l'.split(' ');
const clusters = 'bl br ch cl cr dr fl fr gl gr pl pr qu sc sh sl sp st str th tr y z'.split(' ');
const vowels = 'a e i o u a e i o a e i o ea ai ou ie'.split(' ');
const codas = 'l m n r s t d k nd nt rd st ck x'.split(' ');

/** A word of so many syllables; whether English has it, too, is chance. */
export function inventedWord(syllables: number, dice: Dice): string {
  let word = '';
  for (let nth = 0; nth < syllables; nth++) {
    const isOpen = !dice.chance(nth === syllables - 1 ? 0.5 : 0.15);
    word += dice.pick(dice.chance(0.8) ? consonants : clusters) + dice.pick(vowels) + (isOpen ? '' : dice.pick(codas));
  }
  return word;
}

const endings = 's s ed ed ing ing er ly ment tion ation ity al ness ive ist ers ments ance able'.split(' ');
const nameEndings = 'son ton ley man er berg ez ov ski ini ford well'.split(' ');

/** Distinct words by falling frequency: the more frequent the shorter, and half of them with endings that others have, too. */
export function vocabularyOf(count: number, dice: Dice): readonly string[] {
  const words = new Set(frequent);
  const stems: string[] = [];
  while (words.size < count) {
    if (stems.length > 50 && dice.chance(0.5)) {
      words.add(dice.pick(stems) + dice.pick(endings));
    } else {
      const stem = inventedWord(words.size < 3_000 ? 1 + dice.below(2) : 2 + dice.below(2), dice);
      words.add(stem);
      stems.push(stem);
    }
  }
  return [...words];
}

export const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** Distinct surnames, first names or places; `accented` of them with a letter that ASCII does not have. */
export function namesOf(count: number, accented: number, dice: Dice): readonly string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const isNamed = dice.chance(0.4);
    const plain = capitalised(
      isNamed ? inventedWord(1, dice) + dice.pick(nameEndings) : inventedWord(2 + dice.below(2), dice),
    );
    names.add(
      dice.chance(accented) ? plain.replace(/[aeou](?!.*[aeou])/, (vowel) => `${vowel}\u0301`.normalize('NFC')) : plain,
    );
  }
  return [...names];
}
