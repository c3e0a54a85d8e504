/** Pages of the kinds that news sites have, each beside a file that says why it is here and what to expect. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readArticle } from '../../shared/article/article.ts';

interface Expectation {
  readonly why: string;
  readonly contentType: string | null;
  /** The `X-Robots-Tag` header; none when absent. */
  readonly robots?: string;
  readonly expect:
    | { readonly kind: 'article'; readonly contains: readonly string[]; readonly lacks: readonly string[] }
    | { readonly kind: 'none'; readonly why: string };
}

const folder = new URL('../corpora/articles/', import.meta.url);
const files = readdirSync(folder);
const cases = files
  .filter((file) => file.endsWith('.expect.json'))
  .map((file) => ({
    slug: file.replace('.expect.json', ''),
    ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Expectation),
  }));

describe('the corpus of articles', () => {
  it('is there, and every page has its expectation', () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
    expect(files.filter((file) => file.endsWith('.html'))).toEqual(cases.map(({ slug }) => `${slug}.html`).sort());
  });

  it.each(cases)('$slug: $why', ({ slug, contentType, robots, expect: expected }) => {
    const article = readArticle(readFileSync(new URL(`${slug}.html`, folder)), contentType, robots ?? null);
    if (expected.kind === 'none') {
      expect(article).toEqual(expected);
      return;
    }
    if (article.kind === 'none') throw new Error(`no article: ${article.why}`);
    for (const words of expected.contains) expect(article.text).toContain(words);
    for (const words of expected.lacks) expect(article.text).not.toContain(words);
  });
});
