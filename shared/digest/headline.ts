/**
 * Whether two headlines tell the same story. Our own rule, made so that it never hides news: to list a story twice costs
 * a glance, to join two events loses one of them. So headlines are joined only when nothing that matters differs:
 *
 * 1. their words are the same, in the same order, or
 * 2. one has all words of the other, in the same order, and what it adds is plain: no number, no capitalised word,
 *    nothing that turns the news ("denies", "again", "not"). Of the longer, most is in the shorter (Jaccard index).
 *
 * A word of its own in each headline keeps them apart: that is all that tells "in Leeds" from "in York", "week 12" from
 * "week 13", "backs" from "rejects" and a fine for a water firm from the same fine for an energy firm. Order counts, for
 * "Spain beats Italy" has the words of "Italy beats Spain"; forms of a word are different words, for "appeals against
 * fine" is not "loses appeal against fine". The lists below are English with the negations of its neighbours; where a
 * script has no capitals every word may be a name, and only the first rule joins.
 */

export interface Headline {
  /** Folded words that carry meaning, each once, in their order. */
  readonly words: readonly string[];
  /** Those of them that may not be missing in a headline of the same story. */
  readonly weighty: ReadonlySet<string>;
}

/** Shorter headlines ("Politics live", "News in brief") are told by many outlets about many things. */
const WORDS_MIN = 3;
/** Containment asks for more: with few words, each one more can be another event. */
const CONTAINED_WORDS_MIN = 4;
/** Common words over all words: what the longer adds is at most two thirds of what both have. */
const JACCARD_MIN = 0.6;

/** Words without a meaning of their own in a headline, and the labels and verbs of reporting. Never a negation. */
const STOP_WORDS = wordSet(`
  a an the and or of in on at to for from by with as is are was were be been has have had its it this that his her their
  over after amid into about during following says say said tell tells told reports reported report according live
  latest update updated updates breaking news exclusive watch video analysis explained`);

/** Added to a headline they make it another one, although they are plain words. */
const TURNING_WORDS = wordSet(`
  not no never none without nobody nothing cannot against off out up down before if unless until almost nearly
  denies denied deny refuses refused refuse rejects rejected reject fails failed fail declines declined drops dropped
  drop scraps scrapped quashes quashed overturns overturned overturn upholds upheld uphold backs backed opposes opposed
  blocks blocked delays delayed suspends suspended cancels cancelled halts halted ends ended wins won loses lost rises
  rose falls fell more less fewer higher lower again second third another further new former ex next last fake false
  threatens threatened could may might must should would will expected likely unlikely plans planned considers urged
  urges asked calls wants vows dead dies died killed arrested charged cleared acquitted convicted jailed released
  resigns resigned sacked quits one two three four five six seven eight nine ten dozens hundreds thousands
  nicht kein keine nie pas ne non sans sin nunca niet geen nao inte ikke ej senza`);

/** A short part after the last dash or bar: " - BBC News", " | Politics". Whether it names the outlet is asked after. */
const LAST_PART = /\s+[-–—|]\s+([^-–—|]{2,40})$/u;
const WORD = /[£$€¥]?\d+(?:[.,:]\d+)*(?:\p{L}{1,3}(?!\p{L})|%)?|[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)*/gu;

/**
 * @param title plain text as the feed has it
 * @param outlet name of the feed: a last part that names the outlet is no part of the headline
 */
export function headlineOf(title: string, outlet: string): Headline {
  const words = new Set<string>();
  const weighty = new Set<string>();
  for (const [written] of withoutOutlet(title, outlet).matchAll(WORD)) {
    const word = fold(written);
    if (STOP_WORDS.has(word)) continue;
    words.add(word);
    if (!/^\p{Ll}/u.test(written) || TURNING_WORDS.has(word)) weighty.add(word);
  }
  return { words: [...words], weighty };
}

/** Headlines of one key tell the same story by the first rule; null when there are too few words to tell anything. */
export function headlineKey({ words }: Headline): string | null {
  return words.length < WORDS_MIN ? null : words.join(' ');
}

/** Whether one headline tells no more than the other, by the second rule; symmetric. */
export function oneContainsOther(a: Headline, b: Headline): boolean {
  const [shorter, longer] = a.words.length <= b.words.length ? [a, b] : [b, a];
  const common = shorter.words.length;
  // All words of the shorter are common, so the Jaccard index is the quotient of the lengths.
  if (common < CONTAINED_WORDS_MIN || common / longer.words.length < JACCARD_MIN) return false;
  let next = 0;
  for (const word of longer.words) {
    if (word === shorter.words[next]) next += 1;
    else if (longer.weighty.has(word)) return false;
  }
  return next === common;
}

function withoutOutlet(title: string, outlet: string): string {
  const lastPart = LAST_PART.exec(title);
  if (lastPart === null) return title;
  const ofOutlet = plainWords(outlet);
  const ofPart = plainWords(lastPart[1] ?? '');
  const names = isWithin(ofPart, ofOutlet) || (ofOutlet.size > 0 && isWithin(ofOutlet, ofPart));
  return names ? title.slice(0, lastPart.index) : title;
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((word) => all.has(word));
}

function plainWords(text: string): Set<string> {
  return new Set((text.match(WORD) ?? []).map(fold).filter((word) => !STOP_WORDS.has(word)));
}

/** Case, Latin accents and the ending of possession do not make another word. */
function fold(written: string): string {
  return written
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/['’]s$/u, '')
    .replace(/['’]/gu, '');
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
