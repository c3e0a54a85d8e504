/** All contenders with the same terms on the same texts: speed, size, and whether they find the same. */
import { agreementOf, type Counted, type Verdict } from './agreement.ts';
import { contenders } from './contenders.ts';
import type { Absent, Entrant } from './contest.ts';
import type { Measured } from './goals.ts';
import { everybody, type Ground, hyperscan, ours } from './ground.ts';
import { inTurns, isPresent, mbPerSecond, type Result, ratio } from './round.ts';
import { figure, median, optional, tableOf } from './table.ts';
import { rulesOf, type TermSet } from './term-sets.ts';

interface Contested {
  readonly title: string;
  /** Under which figures are kept for the goals. */
  readonly key: string;
  readonly size: number;
  /** Of the terms or rules. */
  readonly file: string;
  /** Texts on which all must find the same. */
  readonly countedOn: string;
  readonly names: readonly string[];
}

export class Comparison {
  readonly measured: Measured = new Map();
  /** Counts that should be the same and are not. */
  disagreements = 0;

  readonly #ground: Ground;
  /** From which size on somebody was not ready, and why: more terms will make nobody faster. */
  readonly #late = new Map<string, { readonly size: number; readonly why: string }>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  async terms(set: TermSet, size: number): Promise<void> {
    await this.#hold({
      title: `${size.toLocaleString('en-GB')} terms, ${set} set`,
      key: `${set} ${size}`,
      size,
      file: this.#ground.writeLines(`${set}-${size}.txt`, this.#ground.termsOf(set, size)),
      countedOn: this.#ground.plain,
      names: everybody,
    });
  }

  /** Full rules, which only Watchword has. */
  async rules(size: number): Promise<void> {
    const rules = rulesOf(this.#ground.drawn, size, this.#ground.termSeed).map((rule) => JSON.stringify(rule));
    await this.#hold({
      title: `${size.toLocaleString('en-GB')} full rules`,
      key: `rules ${size}`,
      size,
      file: this.#ground.writeLines(`rules-${size}.jsonl`, rules),
      countedOn: this.#ground.texts,
      names: contenders.filter(({ doesRules }) => doesRules).map(({ name }) => name),
    });
  }

  async #hold({ title, key, size, file, countedOn, names }: Contested): Promise<void> {
    const entrants: Entrant[] = [];
    const counted: Counted[] = [];
    for (const name of names) {
      let entrant = await this.#entrant(name, file, title, size);
      if (isPresent(entrant)) {
        const hits = await entrant.contest.count(countedOn, this.#ground.countSeconds);
        if (hits !== null) counted.push({ name, findsEvery: findsEvery(name), hits });
        else {
          entrant.contest.end();
          entrant = { name, absent: 'ended or hung while it counted' };
        }
      }
      entrants.push(entrant);
    }
    const present = entrants.filter(isPresent);
    const results = await inTurns(present, this.#ground.texts, this.#ground.pace);
    for (const { contest } of present) contest.end();
    const verdicts = agreementOf(counted, this.#ground.articles.length);
    this.disagreements += verdicts.filter(({ isRight }) => !isRight).length;
    const finished = results.filter((result): result is Result => 'laps' in result);
    const leader = finished.find(({ name }) => name === ours);
    if (leader !== undefined) this.#keep(key, leader, finished);
    const rows = finished.map((result) =>
      rowOf(
        result,
        leader,
        verdicts.find(({ name }) => name === result.name),
      ),
    );
    console.log(`\n## ${title}\n`);
    if (finished.length > 0) {
      console.log(`${tableOf(head, rows)}\nWall time was ${figure(wallOverCpu(finished))} times the CPU time.`);
    }
    const absent = [...entrants, ...results].filter((each): each is Absent => 'absent' in each);
    for (const { name, absent: why } of absent) console.log(`${name}: left out, ${why}`);
  }

  async #entrant(name: string, file: string, title: string, size: number): Promise<Entrant> {
    const most = contenders.find((each) => each.name === name)?.sizeMax ?? size;
    if (size > most) return { name, absent: `takes minutes beyond ${most.toLocaleString('en-GB')}` };
    const late = this.#late.get(name);
    if (late !== undefined && size >= late.size) return { name, absent: late.why };
    const entrant = await this.#ground.start(name, file);
    if ('absent' in entrant && entrant.hasGrown) this.#late.set(name, { size, why: `${entrant.absent} with ${title}` });
    return entrant;
  }

  #keep(key: string, leader: Result, all: readonly Result[]): void {
    this.measured.set(`${key} MB/s`, median(leader.laps.map(mbPerSecond)));
    this.measured.set(`${key} articles/s`, median(leader.laps.map(articlesPerSecond)));
    const ratios = new Map(all.filter(isPeer).map((peer) => [peer.name, ratio(leader, peer)]));
    const native = ratios.get(hyperscan);
    if (native !== undefined) this.measured.set(`${key} ${hyperscan}`, native);
    const inJavaScript = [...ratios].filter(([name]) => name !== hyperscan && findsEvery(name));
    if (inJavaScript.length > 0) {
      this.measured.set(`${key} JavaScript`, Math.min(...inJavaScript.map(([, times]) => times)));
    }
  }
}

const findsEvery = (name: string) =>
  contenders.find((each) => each.name === name)?.finds !== 'the leftmost of those that overlap';
const isPeer = ({ name }: Result) => !contenders.some((each) => each.name === name && each.doesRules);
const articlesPerSecond = ({ articles, cpuMs }: { articles: number; cpuMs: number }) => (articles / cpuMs) * 1_000;

/** How busy the machine was with other things, and V8 with its own. */
function wallOverCpu(results: readonly Result[]): number {
  const laps = results.flatMap((result) => result.laps);
  const sum = (of: 'wallMs' | 'cpuMs') => laps.reduce((total, lap) => total + lap[of], 0);
  return sum('wallMs') / sum('cpuMs');
}

const head = [
  '',
  'MB/s',
  'articles/s',
  `${ours} is`,
  'compile ms',
  'load ms',
  'artifact MB',
  'held MB',
  'peak MB',
  'hits/article',
  'agreement',
];

function rowOf(result: Result, leader: Result | undefined, verdict: Verdict | undefined): string[] {
  const { name, ready, peakBytes, laps } = result;
  const speeds = laps.map(mbPerSecond);
  const sum = (of: 'hits' | 'articles') => laps.reduce((total, lap) => total + lap[of], 0);
  return [
    name,
    `${figure(Math.max(...speeds))} / ${figure(median(speeds))}`,
    figure(median(laps.map(articlesPerSecond))),
    leader === undefined || leader === result ? '' : `${figure(ratio(leader, result))}x`,
    figure(ready.compileMs),
    optional(ready.loadMs),
    optional(inMb(ready.artifactBytes)),
    optional(inMb(ready.heldBytes)),
    optional(inMb(peakBytes)),
    figure(sum('hits') / sum('articles')),
    verdict === undefined ? 'not counted' : verdict.isRight ? verdict.says : `DIFFERS: ${verdict.says}`,
  ];
}

const inMb = (bytes: number | null) => (bytes === null ? null : bytes / 1e6);
