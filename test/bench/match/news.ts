/**
 * News that nobody wrote, for measuring on a text that may be kept in a repository. Its lengths, its word frequencies and
 * what is hard about real news (curly quotes, possessives, dashes, initials, names that come again in one story and in
 * the next) are in the shares of 48,000 real articles of three kinds: agency items, agency reports, full articles.
 */
import { type Dice, diceOf, zipf } from './dice.ts';
import { capitalised, namesOf, vocabularyOf } from './vocabulary.ts';

export interface Article {
  readonly title: string;
  readonly body: string;
}

/** What stories of one subject share. */
interface Topic {
  readonly words: readonly string[];
  readonly phrases: readonly string[];
  readonly people: readonly Name[];
  readonly bodies: readonly Name[];
}

/** The full form first, then the one that a story goes on with. */
type Name = readonly [full: string, short: string];

const vocabularySize = 70_000;
const topicCount = 1_500;
const organisations = 'Bank Group Council Union Office Party Court Energy Holdings Institute Foundation Agency'.split(
  ' ',
);
const acronyms = 'EU UN NATO IMF BBC FBI IBM NHS GDP OPEC WHO AIDS CIA ISIS IT'.split(' ');

/**
 * @param seed the same seed and the same size are the same news, on every machine
 * @param bytes how much, as UTF-8; the last article is written to its end
 */
export function newsOf({ seed, bytes }: { readonly seed: number; readonly bytes: number }): Article[] {
  const dice = diceOf(seed);
  const write = writer(dice);
  const articles: Article[] = [];
  for (let written = 0; written < bytes; ) {
    const article = write();
    written += Buffer.byteLength(article.title) + Buffer.byteLength(article.body) + 1;
    articles.push(article);
  }
  return articles;
}

function writer(dice: Dice): () => Article {
  const vocabulary = vocabularyOf(vocabularySize, dice);
  const rank = zipf(vocabulary.length, { shift: 2.7, exponent: 1.17 }, dice);
  const word = () => vocabulary[rank()]!;
  const person = peopleOf(dice);
  const topics = topicsOf(vocabulary, person, dice);
  const subject = zipf(topics.length, { shift: 60, exponent: 1 }, dice);
  return () => {
    const story: Story = {
      dice,
      word,
      topic: topics[subject()]!,
      person,
      named: new Set(),
      isCurly: dice.chance(0.35),
    };
    const isTitleCase = dice.chance(0.4);
    const title = titleOf(story, isTitleCase);
    const length = lengthOf(dice) - title.length - 1;
    const paragraphs: string[] = [];
    let paragraph = '';
    for (let written = 0; written < length; ) {
      const sentence = sentenceOf(story);
      written += sentence.length + 1;
      paragraph += paragraph === '' ? sentence : ` ${sentence}`;
      if (dice.chance(0.3)) {
        paragraphs.push(paragraph);
        paragraph = '';
      }
    }
    if (paragraph !== '') paragraphs.push(paragraph);
    return { title, body: paragraphs.join('\n') };
  };
}

/** Characters of an article: agency item, agency report, full article; median and spread as in the real ones. */
function lengthOf(dice: Dice): number {
  const kind = dice.roll();
  if (kind < 0.573) return Math.max(80, 175 + 45 * dice.bell());
  if (kind < 0.957) return Math.min(9_900, 500 * Math.exp(0.93 * dice.bell()));
  return Math.min(25_000, 1_880 * Math.exp(0.48 * dice.bell()));
}

function peopleOf(dice: Dice): () => Name {
  const surnames = namesOf(12_000, 0.006, dice);
  const firstNames = namesOf(400, 0.005, dice);
  const surname = () => (dice.chance(0.01) ? "O'" : '') + dice.pick(surnames);
  return () => {
    const last = dice.chance(0.02) ? `${surname()}-${dice.pick(surnames)}` : surname();
    return [`${dice.pick(firstNames)} ${last}`, dice.chance(0.3) ? `${dice.chance(0.7) ? 'Mr' : 'Ms'} ${last}` : last];
  };
}

function topicsOf(vocabulary: readonly string[], person: () => Name, dice: Dice): readonly Topic[] {
  const places = namesOf(4_000, 0.005, dice);
  const some = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  return some(topicCount, () => {
    const words = some(40, () => vocabulary[Math.floor(150 * 130 ** dice.roll())]!);
    return {
      words,
      phrases: some(20, () => some(dice.chance(0.6) ? 2 : 3, () => dice.pick(words)).join(' ')),
      people: some(6, person),
      bodies: some(5, () => {
        const place = dice.pick(places);
        const name = dice.chance(0.5) ? place : `${place} ${dice.pick(organisations)}`;
        return [name, dice.chance(0.2) ? dice.pick(acronyms) : place];
      }),
    };
  });
}

interface Story {
  readonly dice: Dice;
  readonly word: () => string;
  readonly topic: Topic;
  /** Somebody whom no other story names. */
  readonly person: () => Name;
  readonly named: Set<Name>;
  readonly isCurly: boolean;
}

function titleOf(story: Story, isTitleCase: boolean): string {
  const pieces = Array.from({ length: 5 + story.dice.below(4) }, () => pieceOf(story));
  const title = capitalised(pieces.join(' ').replaceAll(',', ''));
  return isTitleCase ? title.replace(/(?<= )[a-z]{4}/g, capitalised) : title;
}

function sentenceOf(story: Story): string {
  const { dice, isCurly } = story;
  const pieces = Array.from({ length: 7 + dice.below(18) }, () => pieceOf(story));
  const said = capitalised(pieces.join(' ').replace(/,$/, ''));
  const sentence = said + (dice.chance(0.02) ? '?' : '.');
  if (!dice.chance(0.07)) return sentence;
  return isCurly ? `\u201c${sentence}\u201d` : `"${sentence}"`;
}

/** What stands between two spaces, or a few words that always stand together. */
function pieceOf(story: Story): string {
  const { dice, topic, word } = story;
  const kind = dice.roll();
  if (kind < 0.045) return nameOf(story);
  if (kind < 0.06) return dice.pick(topic.phrases);
  if (kind < 0.16) return dice.pick(topic.words);
  if (kind < 0.18) return numberOf(dice);
  if (kind < 0.184) return `${word()}-${word()}`;
  if (kind < 0.1865) return dice.chance(0.66) ? 'U.S.' : 'US';
  if (kind < 0.189) return dice.pick(acronyms);
  if (kind < 0.193) return word() + apostrophe(story) + dice.pick(['s', 's', 't']);
  if (kind < 0.194) return dice.pick(story.isCurly ? ['\u2013', '\u2014'] : ['-', '--']);
  if (kind < 0.235) return `${word()},`;
  return word();
}

function nameOf(story: Story): string {
  const { dice, topic, person, named } = story;
  const kind = dice.roll();
  const name = kind < 0.25 ? person() : dice.pick(kind < 0.7 ? topic.people : topic.bodies);
  const said = named.has(name) ? name[1] : name[0];
  named.add(name);
  return dice.chance(0.16) ? `${said}${apostrophe(story)}s` : said;
}

const apostrophe = ({ isCurly }: Story) => (isCurly ? '\u2019' : "'");

function numberOf(dice: Dice): string {
  const kind = dice.below(4);
  if (kind === 0) return String(1_990 + dice.below(40));
  if (kind === 1) return `${dice.below(100)}.${dice.below(10)}`;
  if (kind === 2) return `${1 + dice.below(900)},${String(dice.below(1_000)).padStart(3, '0')}`;
  return String(dice.below(100));
}
