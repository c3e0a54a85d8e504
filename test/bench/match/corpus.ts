/** The texts of a run: invented news, or a real corpus; half to draw terms from, half to be timed on. */
import { readFileSync } from 'node:fs';
import { type Article, newsOf } from './news.ts';

export interface Corpus {
  readonly about: string;
  /** Terms are drawn from these. */
  readonly even: readonly Article[];
  /** Matching is timed on these. */
  readonly odd: readonly Article[];
}

/** @param bytes of each half */
export function inventedCorpus(bytes: number): Corpus {
  const seed = 2_026;
  return { about: `invented news, seed ${seed}`, ...halves(newsOf({ seed, bytes: 2 * bytes })) };
}

/** @param path a file of `{"title": …, "body": …}`, one a line */
export function corpusOf(path: string): Corpus {
  const lines = readFileSync(path, 'utf8').split('\n');
  const articles = lines.flatMap((line, nth): Article[] => {
    if (line.trim() === '') return [];
    const { title, body } = JSON.parse(line) as Partial<Article>;
    if (typeof title !== 'string' || typeof body !== 'string') {
      throw new Error(`${path}:${nth + 1}: a line is {"title": "…", "body": "…"}`);
    }
    return [{ title, body }];
  });
  return { about: path, ...halves(articles) };
}

const halves = (articles: readonly Article[]) => ({
  even: articles.filter((_, nth) => nth % 2 === 0),
  odd: articles.filter((_, nth) => nth % 2 === 1),
});
