/** The same 10,000 terms on other texts: short and long ones, 16-bit characters, and texts made to be slow. */
import type { Lap } from './contest.ts';
import type { Measured } from './goals.ts';
import { type Ground, hyperscan, ours } from './ground.ts';
import { hostileTerms, hostileTexts } from './hostile-texts.ts';
import type { Article } from './news.ts';
import { inTurns, isPresent, mbPerSecond } from './round.ts';
import { figure, tableOf } from './table.ts';

type Texts = Readonly<Record<string, readonly Article[]>>;

const size = 10_000;
const names = [ours, hyperscan];
const ordinary = 'ordinary articles';

/** Speed by length, and what one character beyond Latin-1 costs. */
export async function lengthsAndLetters(ground: Ground, measured: Measured): Promise<void> {
  const length = ({ title, body }: Article) => title.length + body.length;
  const ascii = ground.articles.map((article) => changed(article, inAscii));
  const plain = 'all, in ASCII';
  const wide = 'all, each text with one curly quote';
  const texts: Texts = {
    'under 400 characters': ground.articles.filter((article) => length(article) < 400),
    '400 to 1,500': ground.articles.filter((article) => length(article) >= 400 && length(article) < 1_500),
    '1,500 and more': ground.articles.filter((article) => length(article) >= 1_500),
    [plain]: ascii,
    [wide]: ascii.map((article) => changed(article, withCurlyQuote)),
  };
  const file = ground.writeLines('lengths.txt', ground.termsOf('sparse', size));
  const speeds = await fastestLaps(ground, file, texts, ({ articles, cpuMs }) => (articles / cpuMs) * 1_000);
  const [slow, fast] = [speeds.get(ours)?.get(wide), speeds.get(ours)?.get(plain)];
  if (slow != null && fast != null) measured.set('16-bit', slow / fast);
  console.log('\n## 10,000 terms, sparse set: articles a second, short and long, 8-bit and 16-bit\n');
  print(speeds, texts, (speed) => figure(speed));
}

/** Speed on texts made to be slow, against the contender's own on ordinary ones. */
export async function hostile(ground: Ground, measured: Measured): Promise<void> {
  const terms = [...ground.termsOf('sparse', size), ...hostileTerms(ground.drawn.rareWords)];
  const texts: Texts = { [ordinary]: ground.articles, ...hostileTexts(terms) };
  const file = ground.writeLines('hostile.txt', terms);
  const speeds = await fastestLaps(ground, file, texts, (lap, articles) => mbPerSecond(lap) * charsPerByte(articles));
  const own = [...(speeds.get(ours)?.values() ?? [])];
  if (own.length > 0) measured.set('hostile', Math.min(...own.map((speed) => (speed ?? 0) / (own[0] ?? 1))));
  console.log('\n## Hostile texts and terms beside 10,000 terms: million characters a second (ordinary = 1)\n');
  print(speeds, texts, (speed, usual) => `${figure(speed)} (${figure(speed / usual)})`);
}

/** By contender and text; null where a lap took over a minute, nothing where the corpus has no such text. */
type Speeds = ReadonlyMap<string, ReadonlyMap<string, number | null>>;

async function fastestLaps(
  ground: Ground,
  file: string,
  texts: Texts,
  speedOf: (lap: Lap, articles: readonly Article[]) => number,
): Promise<Speeds> {
  const all = new Map<string, ReadonlyMap<string, number | null>>();
  for (const name of names) {
    const speeds = new Map<string, number | null>();
    let entrant = await ground.start(name, file);
    for (const [nth, [title, articles]] of Object.entries(texts).entries()) {
      if (!isPresent(entrant) || articles.length === 0) continue;
      const path = ground.writeTexts(`variation-${nth}`, articles);
      const [result] = await inTurns([entrant], path, { rounds: 3, lapMs: ground.pace.lapMs / 2 });
      if (result !== undefined && 'laps' in result) {
        speeds.set(title, Math.max(...result.laps.map((lap) => speedOf(lap, articles))));
      } else {
        speeds.set(title, null);
        entrant.contest.end();
        entrant = await ground.start(name, file);
      }
    }
    if (isPresent(entrant)) {
      entrant.contest.end();
      all.set(name, speeds);
    }
  }
  return all;
}

function print(speeds: Speeds, texts: Texts, cell: (speed: number, usual: number) => string): void {
  const rows = Object.keys(texts).map((title) => [
    title,
    ...[...speeds.values()].map((of) => {
      const speed = of.get(title);
      if (speed === undefined) return '-';
      return speed === null ? 'over a minute' : cell(speed, of.get(ordinary) ?? 1);
    }),
  ]);
  console.log(tableOf(['', ...speeds.keys()], rows));
  for (const name of names.filter((each) => !speeds.has(each))) console.log(`${name}: left out, as above`);
}

function charsPerByte(articles: readonly Article[]): number {
  const texts = articles.flatMap(({ title, body }) => [title, body]);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return texts.reduce((sum, text) => sum + text.length, 0) / bytes;
}

const changed = ({ title, body }: Article, change: (text: string) => string): Article => ({
  title: change(title),
  body: change(body),
});

function inAscii(text: string): string {
  const quoted = text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, '-');
  return [...quoted.normalize('NFKD')].filter((char) => char <= '\x7f').join('');
}

/** One of the text's own apostrophes where it has one, so that the words stay the same. */
const withCurlyQuote = (text: string) => (text.includes("'") ? text.replace("'", '’') : `${text}’`);
