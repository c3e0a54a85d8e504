/**
 * Articles in a file that a C program reads as easily: title, unit separator, body, record separator. And the same
 * articles in the plainest spelling, on which every way of matching must agree.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Article } from './news.ts';

const unit = '\x1f';
const record = '\x1e';

export interface TimedArticle extends Article {
  /** Title, line break, body: what a peer looks at that knows of no fields. */
  readonly whole: string;
  readonly bytes: number;
}

export function writeTexts(path: string, articles: readonly Article[]): void {
  writeFileSync(path, articles.map(({ title, body }) => cleared(title) + unit + cleared(body) + record).join(''));
}

const cleared = (text: string) => text.replaceAll(unit, ' ').replaceAll(record, ' ');

/** Each text is decoded alone, so that it is one that V8 keeps in 8 bits a character wherever it can. */
export function readTexts(path: string): TimedArticle[] {
  const file = readFileSync(path);
  const articles: TimedArticle[] = [];
  for (let start = 0; start < file.length; ) {
    const middle = file.indexOf(unit, start);
    const end = file.indexOf(record, middle);
    const [title, body] = [file.toString('utf8', start, middle), file.toString('utf8', middle + 1, end)];
    const whole = Buffer.from(`${title}\n${body}`).toString('utf8');
    articles.push({ title, body, whole, bytes: end - start });
    start = end + 1;
  }
  return articles;
}

/** Small letters and digits of ASCII, one space between words, no possessive 's, nothing that ends a sentence. */
export function plainArticle({ title, body }: Article): Article {
  return { title: plain(title), body: plain(body) };
}

const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s(?![\p{L}\p{N}])/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
