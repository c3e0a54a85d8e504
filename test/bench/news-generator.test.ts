/** What the benchmark's invented news promises of itself. */
import { describe, expect, it } from 'vitest';
import { type Article, newsOf } from './match/news.ts';
import { drawnFrom, rulesOf, termsOf } from './match/term-sets.ts';

const news = newsOf({ seed: 1, bytes: 2_000_000 });
const whole = ({ title, body }: Article) => `${title}\n${body}`;
const share = (pattern: RegExp) => news.filter((article) => pattern.test(whole(article))).length / news.length;
const words = news.flatMap(
  (article) =>
    whole(article)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
);
const counts = new Map<string, number>();
for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
const byFrequency = [...counts.values()].sort((a, b) => b - a);
const shareOfFirst = (ranks: number) => byFrequency.slice(0, ranks).reduce((sum, count) => sum + count) / words.length;

function expectBetween(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

describe('the invented news', () => {
  it('is the same for the same seed, and other news for another', () => {
    const small = { seed: 5, bytes: 100_000 };
    expect(newsOf(small)).toEqual(newsOf(small));
    expect(newsOf({ ...small, seed: 6 })).not.toEqual(newsOf(small));
  });

  it('is as long as it was asked for, in articles of three lengths', () => {
    const lengths = news.map((article) => Buffer.byteLength(whole(article))).sort((a, b) => a - b);
    expectBetween(
      lengths.reduce((sum, length) => sum + length),
      2_000_000,
      2_030_000,
    );
    const at = (part: number) => lengths[Math.floor(part * lengths.length)]!;
    expectBetween(at(0.5), 230, 310);
    expectBetween(at(0.95), 1_700, 2_600);
    expectBetween(share(/^[\s\S]{0,330}$/), 0.45, 0.7);
  });

  it('has words as frequent as those of English news', () => {
    expectBetween(words.length / 2_000_000, 1 / 6.4, 1 / 5.6);
    expectBetween(counts.get('the')! / words.length, 0.045, 0.065);
    expectBetween(shareOfFirst(100), 0.38, 0.5);
    expectBetween(shareOfFirst(1_000), 0.55, 0.75);
    // Zipf: ten times the rank is a tenth as frequent, more or less.
    expectBetween(byFrequency[99]! / byFrequency[999]!, 5, 25);
  });

  it.each([
    ["possessive 's", /['’]s\b/, 0.37, 0.47],
    ['a curly quote', /[‘’“”]/, 0.12, 0.3],
    ['a letter with an accent', /[À-ž]/, 0.01, 0.05],
    ['a dash within a word', /\p{L}-\p{L}/u, 0.15, 0.35],
    ['U.S.', /U\.S\./, 0.08, 0.14],
    ['US', /\bUS\b/, 0.04, 0.08],
  ])('has %s in as many articles as real news', (_, pattern, low, high) => {
    expectBetween(share(pattern), low, high);
  });
});

describe('terms drawn from one half of the news', () => {
  const half = (rest: number) => news.filter((_, nth) => nth % 2 === rest);
  const drawn = drawnFrom(half(0), 1);
  /** Distinct terms in each article, looked for in the plainest way. */
  const hitsPerArticle = (terms: readonly string[]) => {
    const patterns = new Set(terms.map((term) => term.toLowerCase()));
    const hits = half(1).map((article) => {
      const found = new Set<string>();
      for (const stretch of whole(article)
        .toLowerCase()
        .split(/[^a-z0-9 ]+| {2,}/)) {
        const run = stretch.trim().split(' ');
        for (let at = 0; at < run.length; at++) {
          for (const length of [1, 2, 3]) {
            const phrase = run.slice(at, at + length).join(' ');
            if (patterns.has(phrase)) found.add(phrase);
          }
        }
      }
      return found.size;
    });
    return hits.reduce((sum, count) => sum + count) / hits.length;
  };

  // So little news repeats itself more than the 13 MB of a run, where the sparse 10,000 hit 0.8 terms an article.
  it.each([
    ['sparse', 1_000, 0.02, 0.5],
    ['sparse', 10_000, 1, 5],
    ['dense', 10_000, 3, 12],
  ] as const)('the %s set of %i hits the other half as often as it should', (set, size, low, high) => {
    const terms = termsOf(drawn, set, size, 1);
    expect(new Set(terms.map((term) => term.toLowerCase())).size).toBe(size);
    expect(termsOf(drawn, set, size, 1)).toEqual(terms);
    expectBetween(hitsPerArticle(terms), low, high);
  });

  it('rules are the same for the same seed', () => {
    expect(rulesOf(drawn, 50, 1)).toEqual(rulesOf(drawn, 50, 1));
  });
});
