import { describe, expect, it, test } from 'vitest';
import { compile } from '../../shared/watch/compile.ts';
import type { Watch } from '../../shared/watch/config.ts';
import { engineOf } from '../../shared/watch/engine.ts';
import { matcherOf } from '../../shared/watch/match.ts';
import { parseTerm } from '../../shared/watch/term.ts';
import { languageCases } from './language-cases.ts';

it('the table has at least 200 cases, none of them twice', () => {
  expect(languageCases.length).toBeGreaterThanOrEqual(200);
  const said = languageCases.map(({ shown, context }) => shown + JSON.stringify(context));
  expect(said.filter((each, at) => said.indexOf(each) !== at)).toEqual([]);
});

it('no case asks for a line that a watch file may not have', () => {
  const lines = languageCases.flatMap(({ watch }) => [...(watch.any ?? []), ...watch.none]);
  expect(lines.flatMap((line) => ('problem' in parseTerm(line) ? [line] : []))).toEqual([]);
});

const matchers = {
  'the reference': matcherOf,
  'the engine': (watches: readonly Watch[]) => engineOf(compile(watches)),
};

describe.each(Object.entries(matchers))('%s', (_, matcherFor) => {
  for (const section of new Set(languageCases.map((each) => each.section))) {
    describe(section, () => {
      test.each(languageCases.filter((each) => each.section === section))(
        '$why: $shown',
        ({ watch, entry, context, finds }) => {
          const found = matcherFor([watch]).match(entry, context);
          expect(found.flatMap(({ matches }) => matches.map(({ text }) => text))).toEqual(finds);
        },
      );
    });
  }
});
