/** Watchword as a contender, twice: the engine, and the slow matcher that is its reference. */
import { existsSync } from 'node:fs';
import { idOf } from '../../../shared/id.ts';
import type { Watch } from '../../../shared/watch/config.ts';
import { type Matcher, matcherOf } from '../../../shared/watch/match.ts';
import { watchOf } from '../../watch/watch-of-lines.ts';
import { type Contender, Missing, type Ready } from './contender.ts';
import type { Article } from './news.ts';

const home = new URL('../../../shared/watch/compile.ts', import.meta.url);

export interface Engine {
  compile(watches: readonly Watch[]): Uint8Array;
  engineOf(artifact: Uint8Array): Matcher;
}

export async function engineModule(): Promise<Engine> {
  if (!existsSync(home)) throw new Missing('shared/watch/compile.ts is not there');
  return (await import(home.href)) as Engine;
}

export const engine: Contender = {
  name: 'Watchword',
  finds: 'every term',
  doesRules: true,
  sizeMax: null,
  async prepare({ terms, rules }): Promise<Ready> {
    const { compile, engineOf } = await engineModule();
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
