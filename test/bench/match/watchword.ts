/** Watchword as a contender, twice: the engine, and the slow matcher that is its reference. */
import { idOf } from '../../../shared/id.ts';
import { compile } from '../../../shared/watch/compile.ts';
import type { Watch } from '../../../shared/watch/config.ts';
import { engineOf } from '../../../shared/watch/engine.ts';
import { type Matcher, matcherOf } from '../../../shared/watch/match.ts';
import { watchOf } from '../../watch/watch-of-lines.ts';
import type { Contender, Ready } from './contender.ts';
import type { Article } from './news.ts';

export const engine: Contender = {
  name: 'Watchword',
  finds: 'every term',
  doesRules: true,
  sizeMax: null,
  prepare({ terms, rules }): Ready {
    const bytes = compile(rules ?? watchesOf(terms));
    const matcher = engineOf(bytes);
    return {
      artifact: { bytes, load: () => void engineOf(bytes) },
      match: (article) => hitsOf(matcher, article),
    };
  },
};

export const slowMatcher: Contender = {
  name: 'slow matcher',
  finds: 'every term',
  doesRules: true,
  sizeMax: 10_000,
  prepare({ terms, rules }) {
    const matcher = matcherOf(rules ?? watchesOf(terms));
    return { artifact: null, match: (article) => hitsOf(matcher, article) };
  },
};

/** An entry of a feed that has a long text and no summary. */
export function hitsOf(matcher: Matcher, { title, body }: Article): number {
  return matcher.match({ title, summary: null, content: body }, { feed: null, day: '2026-01-01' }).length;
}

/** One watch a term. */
export function watchesOf(terms: readonly string[]): Watch[] {
  return terms.map((term) => ({ ...watchOf(term), id: idOf('watch', term), name: term }));
}
