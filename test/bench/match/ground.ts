/** What all parts of a run stand on: the texts, a folder for files, who can be started, and how much time there is. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contenders } from './contenders.ts';
import { Contest, type Entrant } from './contest.ts';
import type { Corpus } from './corpus.ts';
import { hyperscanIn } from './hyperscan.ts';
import type { Article } from './news.ts';
import { drawnFrom, type TermSet, termsOf } from './term-sets.ts';
import { plainArticle, writeTexts } from './text-file.ts';

export const ours = 'Watchword';
export const hyperscan = 'Hyperscan';
export const everybody: readonly string[] = [...contenders.map(({ name }) => name), hyperscan];

const drawSeed = 7;
const termSeed = 11;

export type Ground = ReturnType<typeof groundOf>;

export function groundOf(folder: string, corpus: Corpus, quick: boolean) {
  const drawn = drawnFrom(corpus.even, drawSeed);
  const native = hyperscanIn(folder);
  const lines = (name: string, all: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, `${all.join('\n')}\n`);
    return path;
  };
  const texts = (name: string, articles: readonly Article[]): string => {
    const path = join(folder, name);
    writeTexts(path, articles);
    return path;
  };
  const prepareSeconds = quick ? 10 : 120;
  return {
    folder,
    quick,
    drawn,
    articles: corpus.odd,
    /** The timed articles, and the same in the plainest spelling. */
    texts: texts('texts', corpus.odd),
    plain: texts('plain', corpus.odd.map(plainArticle)),
    pace: quick ? { rounds: 3, lapMs: 150 } : { rounds: 7, lapMs: 400 },
    countSeconds: quick ? 2 : 20,
    termSeed,
    termsOf: (set: TermSet, size: number) => termsOf(drawn, set, size, termSeed),
    /** @returns path of a file of lines */
    writeLines: lines,
    /** @returns path of a file of articles */
    writeTexts: texts,
    /** @param file terms, or rules as JSON when it ends in `.jsonl`, a line each */
    start(name: string, file: string): Promise<Entrant> {
      if (name === hyperscan) {
        if ('absent' in native) return Promise.resolve({ name, absent: native.absent });
        return Contest.start(name, [native.program, file], prepareSeconds);
      }
      const script = join(import.meta.dirname, 'contestant.ts');
      const node = [process.execPath, '--expose-gc', '--max-old-space-size=6144'];
      return Contest.start(name, [...node, script, name, file], prepareSeconds);
    },
  };
}
