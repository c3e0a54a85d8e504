import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { foldedForm } from '../../shared/watch/fold.ts';
import { type EntryContext, matcherOf } from '../../shared/watch/match.ts';
import { entryOf, type Look, watchOf } from './watch-of-lines.ts';

const nowhere: EntryContext = { feed: null, day: '2026-11-23' };

function found(look: Look, text: Parameters<typeof entryOf>[0], context = nowhere) {
  return matcherOf([watchOf(look)])
    .match(entryOf(text), context)
    .flatMap(({ matches }) => matches);
}

describe('matches', () => {
  it('say the line as written, the field and the place', () => {
    const entry = { title: 'Chats encrypted', summary: 'on Signal' };
    expect(found({ any: ['=Signal', 'encryption~'] }, entry)).toEqual([
      { line: 'encryption~', field: 'title', start: 6, end: 15, text: 'encrypted' },
      { line: '=Signal', field: 'summary', start: 3, end: 9, text: 'Signal' },
    ]);
  });

  it('are none without a group', () => {
    expect(found({}, 'Anything')).toEqual([]);
  });

  it('tell a short way to name a person by the name as written', () => {
    const lines = found({ person: { name: 'Ben Walden', also: [], none: [] } }, 'Ben Walden. Sir Walden');
    expect(lines.map(({ line }) => line)).toEqual(['Ben Walden', 'Ben Walden']);
  });

  it('tell a place of a line once, however many groups have the line', () => {
    expect(found({ any: ['flood', 'flood'], all: [['flood']] }, 'Flood')).toHaveLength(1);
  });

  it('come for watches in the order of the file, each with its own lines', () => {
    const watches = [
      watchOf({ id: 'b', any: ['fog'] }),
      watchOf({ id: 'x', any: ['ice'] }),
      watchOf({ id: 'a', any: ['flood'] }),
    ];
    const answer = matcherOf(watches).match(entryOf('flood and fog'), nowhere);
    expect(answer.map(({ watch, matches }) => [watch.id, matches.map(({ text }) => text)])).toEqual([
      ['b', ['fog']],
      ['a', ['flood']],
    ]);
  });
});

describe('a watch with feeds', () => {
  const look = { any: ['flood'], feeds: ['press', 'The Gazette'] };
  test.each([
    ['of a tag of the feed', { name: 'Other', tags: ['press'] }, 1],
    ['of the name of the feed', { name: 'The Gazette', tags: [] }, 1],
    ['of neither', { name: 'Other', tags: ['gov'] }, 0],
    ['of a feed that is not known', null, 1],
  ])('looks at an entry %s: %#', (_, feed, count) => {
    expect(found(look, 'Flood', { ...nowhere, feed })).toHaveLength(count);
  });
});

describe('for any text', () => {
  const separator = fc.constantFrom(' ', ', ', ' – ', ': ', '; ', ' / ', '\n', ' "', '’ ', ' ... ');
  const word = fc.stringMatching(/^[a-zA-Zéßøİ]{3,8}$/);
  const words = fc.array(word, { minLength: 1, maxLength: 12 });
  const capitalised = (text: string) => `Q${text.toLowerCase()}`;

  it('a place slices to a text that folds to the line', () => {
    fc.assert(
      fc.property(words, words, fc.array(separator, { minLength: 30, maxLength: 30 }), (line, around, between) => {
        const name = capitalised(line[0] ?? '');
        const text = [...around, name, ...around].map((each, at) => each + (between[at] ?? ' ')).join('');
        const matches = found(name, text);
        expect(matches.length).toBeGreaterThan(0);
        for (const { start, end, text: shown } of matches) {
          expect(text.slice(start, end)).toBe(shown);
          expect(foldedForm(shown)).toBe(foldedForm(name));
        }
      }),
    );
  });

  it('a line never matches inside a longer word', () => {
    fc.assert(
      fc.property(word, word, word, (before, line, after) => {
        const name = capitalised(line);
        expect(found(name, `${before}${name} ${name}${after} ${before}${name}${after}`)).toEqual([]);
      }),
    );
  });

  const sentence = fc.array(
    fc.constantFrom(
      'Ben',
      'Walden’s',
      "O'Brien",
      'café',
      'straße',
      'U.S.',
      'e-mail',
      'encrypted',
      'plots.',
      'The',
      '京都',
      'ガス',
      'and',
    ),
    { maxLength: 14 },
  );
  const looks: Look[] = [
    'Ben Walden',
    "O'Brien",
    'cafe',
    'Strasse',
    'US',
    'email',
    'encryption~',
    'plot',
    'encr*',
    '京都',
    'ガス',
    'cafe and',
  ];
  const hits = (text: string) => looks.map((look) => found(look, text).length);

  it('composed and decomposed, straight and curly change no match', () => {
    fc.assert(
      fc.property(sentence, (parts) => {
        const text = parts.join(' ');
        expect(hits(text.normalize('NFD'))).toEqual(hits(text.normalize('NFC')));
        expect(hits(text.replaceAll('’', "'"))).toEqual(hits(text));
      }),
    );
  });

  it('soft hyphens and zero-width characters inside words change no match', () => {
    fc.assert(
      fc.property(sentence, fc.constantFrom('\u00ad', '\u200b', '\u2060'), fc.nat(3), (parts, sign, at) => {
        const broken = parts.map((part) =>
          /^[A-Za-zéß]{3,}$/.test(part) ? part.slice(0, at % part.length) + sign + part.slice(at % part.length) : part,
        );
        expect(hits(broken.join(' '))).toEqual(hits(parts.join(' ')));
      }),
    );
  });

  it('nothing in a text or a line makes the matcher fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const { start, end, text: shown } of found('a', text)) expect(text.slice(start, end)).toBe(shown);
      }),
    );
  });
});

/** A word of its own for each number. */
const lettersOf = (at: number) => `zz${[...`${at}`].map((digit) => 'bcdfghklmn'[Number(digit)]).join('a')}`;

describe('time is linear', () => {
  it('46: a pattern as a line and 100 kB that would choke it', { timeout: 10_000 }, () => {
    expect(found('(a+)+$', `${'a'.repeat(100_000)}!`)).toEqual([]);
    expect(found('aaaa* aaaa* aaaa* aaaa* aaaa*', 'aaaa-'.repeat(20_000))).not.toEqual([]);
    expect(found({ near: { within: 50, ordered: false, all: [['a'], ['b']] } }, 'a '.repeat(50_000))).toEqual([]);
    expect(found({ any: ['x y'], none: ['x'] }, 'x y '.repeat(25_000)).length).toBe(25_000);
    expect(found('x', '.'.repeat(100_000) + "'".repeat(100_000) + '\u00ad'.repeat(100_000))).toEqual([]);
  });

  it('49: a thousand watches and a thousand entries', { timeout: 20_000 }, () => {
    const watches = Array.from({ length: 1_000 }, (_, at) =>
      watchOf({ id: `${at}`, any: [`${lettersOf(at)}~`, `Name Surname${at}`, `abcd${at}*`] }),
    );
    const matcher = matcherOf(watches);
    let count = 0;
    for (let at = 0; at < 1_000; at++) {
      count += matcher.match(
        entryOf(`A headline of Name Surname${at} and other words that stand in every title of the day`),
        nowhere,
      ).length;
    }
    expect(count).toBe(1_000);
  });
});
