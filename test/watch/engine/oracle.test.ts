/** The engine held against the reference: the same watches, the same lines, the same places. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/watch/compile.ts';
import type { Watch } from '../../../shared/watch/config.ts';
import { engineOf } from '../../../shared/watch/engine.ts';
import { type EntryContext, type EntryText, type Matcher, matcherOf } from '../../../shared/watch/match.ts';
import { inventedCorpus } from '../../bench/match/corpus.ts';
import { drawnFrom, rulesOf, termsOf } from '../../bench/match/term-sets.ts';
import { watchOf } from '../watch-of-lines.ts';
import { entries, watches } from './watches-and-texts.ts';

function told(matcher: Matcher, entry: EntryText, context: EntryContext) {
  return matcher.match(entry, context).map(({ watch, matches }) => ({ watch: watch.id, matches }));
}

describe('the engine finds what the reference finds', () => {
  it('in texts and for watches at random', { timeout: 120_000 }, () => {
    let hits = 0;
    const runs = fc.property(watches, entries, fc.constantFrom('2025-06-01', '2026-06-01'), (some, texts, day) => {
      const [reference, engine] = [matcherOf(some), engineOf(compile(some))];
      for (const entry of texts) {
        const wanted = told(reference, entry, { feed: null, day });
        hits += wanted.length;
        expect(told(engine, entry, { feed: null, day })).toEqual(wanted);
      }
    });
    fc.assert(runs, { numRuns: 1_500 });
    expect(hits).toBeGreaterThan(1_000);
  });

  it('in a million questions of a watch to an article of invented news', { timeout: 240_000 }, () => {
    const { even, odd } = inventedCorpus(1_500_000);
    const drawn = drawnFrom(even, 7);
    const lines = (set: 'sparse' | 'dense', count: number) =>
      termsOf(drawn, set, count, 11).map((line) => watchOf(line));
    // In small letters a last word is found in singular and plural, too.
    const small = lines('dense', 1_000).map((watch) => watchOf((watch.any?.[0] ?? '').toLowerCase()));
    const all: readonly Watch[] = [...lines('sparse', 1_000), ...small, ...rulesOf(drawn, 3_000, 11)].map(
      (watch, nth) => ({
        ...watch,
        id: `${nth}`,
      }),
    );
    const [reference, engine] = [matcherOf(all), engineOf(compile(all))];
    const context = { feed: null, day: '2026-01-01' };
    let [questions, hits] = [0, 0];
    for (const { title, body } of odd.slice(0, 205)) {
      const entry = { title, summary: null, content: body };
      const wanted = told(reference, entry, context);
      expect(told(engine, entry, context)).toEqual(wanted);
      questions += all.length;
      hits += wanted.length;
    }
    expect(questions).toBeGreaterThanOrEqual(1_000_000);
    expect(hits).toBeGreaterThan(300);
  });
});
