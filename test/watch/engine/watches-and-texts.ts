/**
 * Watches and texts at random, of few words and many ways to write them: what joins, divides, folds and hides words. Few
 * words, so that lines are found; and every sign that the language says something about.
 */
import fc from 'fast-check';
import type { Watch } from '../../../shared/watch/config.ts';
import type { EntryText } from '../../../shared/watch/match.ts';
import { parseTerm } from '../../../shared/watch/term.ts';
import { watchOf } from '../watch-of-lines.ts';

const words = (
  'a b s and it IT us US U.S. U.S e mail email e-mail J. K. J K JK index indexes es na\u00efve naive stra\u00dfe strasse \u4eac\u90fd \u6771\u4eac \u6771\u4eac\u90fd \u90fd \u5730\u9707 \u0e44\u0e17\u0e22 ' +
  "\ud83d\udc4d \ud83d\udc4d\ud83c\udffd \ud83c\uddec\ud83c\udde7 C++ C C# .NET NET O'Brien OBrien Wallace Wallace's Ben Mr Mr. Dr encrypt encryption encrypted encrypting crypto cryptocurrency crypto-currency " +
  '9 11 9/11 911 \u0130stanbul istanbul \ufb01ne fine fines Fine backdoor backdoors child children caf\u00e9 cafe\u0301 Caf\u00e9 \u00bd x\u00ady xy \ud835\udc01\ud835\udc1e\ud835\udc27 ben \ud55c\uad6d \u1112\u1161\u11ab\u1100\u116e\u11a8 ' +
  '\u041c\u043e\u0441\u043a\u0432\u0430 \u041c\u041e\u0421\u041a\u0412\u0410 \u00e9 \u00c9 E\u0301 n\u0303 \u2163 R&D R D & AT&T AT T co-op coop co op end-to-end endtoend to end news policy policies Signal signal SIGNAL ss \u00df \u0130 \u0131 i I S.'
).split(' ');

const gaps = [
  ...[
    ' ',
    ' ',
    ' ',
    ' ',
    ' ',
    '-',
    ' - ',
    '. ',
    '.',
    "'",
    '\u2019',
    ' & ',
    '/',
    ', ',
    '\n',
    '\n\n',
    '\u00ad',
    '\u200b',
    '',
    '\u2026',
    '! ',
  ],
  ...[
    ' \u201c',
    '\u201d ',
    '\u2013',
    "'s ",
    '\u2019s ',
    '. \u200b',
    '\u00a0',
    '\u3002',
    '?',
    ' (',
    ') ',
    '+',
    '#',
    '\u0301',
    ' \u0301',
    '\ud83d',
    '\t',
  ],
];

const word = fc.constantFrom(...words);

const text = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(fc.tuple(word, fc.constantFrom(...gaps)), { maxLength: 14 })
      .map((pairs) => pairs.map((pair) => pair.join('')).join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
);

const isLine = (line: string) => 'term' in parseTerm(line);

const line = fc
  .tuple(
    fc.array(
      fc.tuple(
        word,
        fc.constantFrom('', '', '', '', '~', '*'),
        fc.constantFrom(' ', ' ', ' ', '-', '/', '. ', "'", ' & '),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    fc.constantFrom('', '', '', '', '', '='),
  )
  .map(
    ([parts, exactly]) =>
      exactly + parts.map(([said, mark, gap], at) => said + mark + (at < parts.length - 1 ? gap : '')).join(''),
  )
  .filter(isLine);

const lines = fc.array(line, { minLength: 1, maxLength: 3 });
const where = fc.constantFrom(null, null, null, 'title' as const, 'body' as const);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });

const person = fc.record({
  name: fc
    .tuple(word, word)
    .map((name) => name.join(' '))
    .filter((name) => isLine(name) && !/[=~*]/.test(name)),
  also: fc.array(line, { maxLength: 1 }),
  none: fc.array(line, { maxLength: 1 }),
});

const near = fc.record({
  within: fc.integer({ min: 1, max: 4 }),
  ordered: fc.boolean(),
  all: fc.array(lines, { minLength: 2, maxLength: 3 }),
});

const office = fc.record({
  titles: lines,
  holders: fc.array(
    person.map((holder) => ({ ...holder, from: null, to: '2026-01-01' })),
    { maxLength: 2 },
  ),
});

const grouped: fc.Arbitrary<Watch> = fc
  .record({
    any: maybe(lines),
    all: maybe(fc.array(lines, { minLength: 1, maxLength: 2 })),
    near: maybe(near),
    atLeast: maybe(fc.record({ count: fc.integer({ min: 1, max: 2 }), of: lines, in: where })),
    person: maybe(person),
    office: maybe(office),
    none: fc.oneof(fc.constant([]), lines),
    in: where,
  })
  .filter(
    ({ any, all, near: close, atLeast, person: who, office: post }) =>
      (any ?? all ?? close ?? atLeast ?? who ?? post) !== null,
  )
  .map((groups) => watchOf(groups));

/** Each with an id of its own. */
export const watches: fc.Arbitrary<readonly Watch[]> = fc
  .array(
    fc.oneof(
      lines.map((any) => watchOf({ any })),
      grouped,
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map((watch, nth) => ({ ...watch, id: `${nth}`, name: `Watch ${nth}` })));

const entry: fc.Arbitrary<EntryText> = fc.record({ title: maybe(text), summary: maybe(text), content: maybe(text) });

export const entries: fc.Arbitrary<readonly EntryText[]> = fc.array(entry, { minLength: 1, maxLength: 12 });
