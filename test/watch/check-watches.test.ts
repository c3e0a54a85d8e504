import { describe, expect, it } from 'vitest';
import { fileOf, problemsOf, warningsOf, watchFile } from './file-of.ts';

describe('terms', () => {
  it.each([
    ['47: empty', 'any: [""]', '3:11: watches.0.any.0: '],
    ['47: one space', 'any: [" "]', '3:11: watches.0.any.0: '],
    ['47: one letter', 'any: [a]', '3:11: watches.0.any.0: '],
    ['47: 10,000 characters', `any: [${'a'.repeat(10_000)}]`, '3:11: watches.0.any.0: '],
    ['only punctuation', 'any: ["?!"]', '3:11: watches.0.any.0: '],
    ['a stop word', 'any: [the]', '3:11: watches.0.any.0: '],
    ['two small letters', 'any: [us]', '3:11: watches.0.any.0: '],
    ['a small short word', 'any: [5g]', '3:11: watches.0.any.0: "5g" is too short to be safe; write more words, or 5G'],
    ['a short prefix', 'any: [cry*]', '3:11: watches.0.any.0: '],
    ['thirteen words', 'any: [a key is a key and a lock is a lock and more]', '3:11: watches.0.any.0: '],
    [
      'forms with frequent strangers',
      'any: [train~]',
      '3:11: watches.0.any.0: train~ also takes in training, trained; write the forms that you mean out, a line each: train, trains',
    ],
    ['look-alike letters of two scripts', 'any: [раdlock]', '3:11: watches.0.any.0: '],
    ['an invisible character', 'any: ["pad\\u200block"]', '3:11: watches.0.any.0: '],
    [
      'a mark on a name',
      'person: {name: Jane Example~}',
      '3:20: watches.0.person.name: "Jane Example~" is a name: write it without ~',
    ],
    [
      'AND',
      'any: [lawful AND access]',
      '3:11: watches.0.any.0: a line is plain words, and AND is only a word in it; write all: [[lawful], [access]], or "and" in small letters if it belongs to the phrase',
    ],
    ['OR', 'any: [padlock OR brass latch]', 'write any: [padlock, brass latch], or "or" in small'],
    ['NOT', 'any: [padlock NOT key]', 'write any: [padlock] and none: [key], or'],
    ['NEAR', 'any: [padlock NEAR/5 key]', 'write near: {within: 10, all: [[padlock], [key]]}, or'],
    [
      'an optional letter',
      'any: [padl?ock]',
      '3:11: watches.0.any.0: "padl?ock" is no pattern: a line is plain words, and ? means nothing in it; write each spelling as a line of its own under any:',
    ],
    ['alternatives', 'any: [(padlock|latch)]', 'and | means nothing in it'],
    ['a group of letters', 'any: ["padl[oa]ck"]', 'and [ means nothing in it'],
    ['any letters', 'any: [/padl.*/]', 'and .* means nothing in it'],
    [
      'a title before a name',
      'person: {name: Sir Jan Example}',
      '3:20: watches.0.person.name: "Sir Jan Example" is found only with Sir before it; write the name without the title: Jan Example',
    ],
    ['two titles before a name', 'person: {name: Prof. Dame Jane Example}', 'without the title: Jane Example'],
    [
      'an unknown list',
      'any: [{list: lcoks}]',
      '3:18: watches.0.any.0.list: there is no list "lcoks"; did you mean "locks"?',
    ],
    [
      'another word for list',
      'any: [{lst: locks}]',
      '3:12: watches.0.any.0.lst: "lst" is not a key that is known here; did you mean "list"?',
    ],
  ])('%s', (_name, line, problem) => {
    const problems = problemsOf(`${watchFile(line)}lists: {locks: [padlock]}\n`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('47: a watch that is only its name is judged as a term', () => {
    expect(problemsOf(fileOf({ watches: 'watches: [{watch: the}, {watch: Padlocks}]' }))[0]).toContain(
      '1:19: watches.0.watch: ',
    );
  });

  it('46, 47: quotes, stars, markup and emoji are literal', () => {
    const terms = [
      'Yahoo!? locks',
      'Black and Decker',
      'AND gate',
      '"(padlock+)+$"',
      "'%padlock%'",
      '"<b>padlock</b>"',
      '"padlock \u{1f512}"',
    ];
    expect(problemsOf(watchFile(`any: [${terms.join(', ')}]`))).toEqual([]);
  });
});

describe('a watch as a whole', () => {
  it.each([
    [
      'only none',
      ['none: [key]'],
      '3:5: watches.0.none: none alone would find nearly everything; say what is looked for, such as any: [Padlocks]',
    ],
    [
      'a none that is in every line',
      ['any: [bicycle padlock, padlock key]', 'none: [padlock]'],
      '4:12: watches.0.none.0: "padlock" under none is part of every line under any, so nearly nothing is left to find; make it longer, or remove it',
    ],
    [
      'a line that is also under none',
      ['any: [padlock, brass key]', 'none: [Padlock]'],
      '4:12: watches.0.none.0: "Padlock" under none also stands under any, so it can never match there; remove one of the two',
    ],
    [
      'the same in all and none',
      ['all: [[padlock, latch], [key]]', 'none: [key]'],
      '4:12: watches.0.none.0: "key" under none also stands under all, so it can never match there; remove one of the two',
    ],
    [
      'more than there are',
      ['at_least: {count: 3, of: [padlock, key]}'],
      '3:23: watches.0.at_least.count: 3 of 2 lines can never occur; write 2 or less',
    ],
    [
      '65 lines',
      [`any: [${Array.from({ length: 65 }, (_, at) => `padlock model ${at}`).join(', ')}]`],
      '2:5: watches.0: this watch has 65 lines; at most 64 are allowed, make two watches of it',
    ],
    [
      'an unknown feed or tag',
      ['any: [padlock]', 'feeds: [Example News, pres]'],
      '4:27: watches.0.feeds.1: no feed has the name or tag "pres"; did you mean "press"?',
    ],
    [
      'a holder who ends before the beginning',
      [
        'office: {titles: [Lockmaster], holders: [{name: Jane Example, from: 2024-02-02, to: 2024-01-01}, {name: Joan Example, from: 2025-01-01}]}',
      ],
      '3:89: watches.0.office.holders.0.to: Jane Example ends on 2024-01-01, before the beginning on 2024-02-02; exchange the two',
    ],
    [
      'two holders on one day',
      [
        'office: {titles: [Lockmaster], holders: [{name: Jane Example, to: 2024-02-02}, {name: Joan Example, from: 2024-02-02}]}',
      ],
      '3:84: watches.0.office.holders.1: Joan Example and Jane Example both hold the office on 2024-02-02; end one before the other begins',
    ],
    [
      'an example that is not found',
      ['all: [[padlock], [key, keys]]', 'examples: {match: [A padlock of brass]}'],
      '4:24: watches.0.examples.match.0: the watch does not find this example: all: found padlock, none of key, keys; mend the watch, or the example',
    ],
    [
      'an example that none takes away',
      ['any: [padlock]', 'none: [brass]', 'examples: {match: [A padlock of brass]}'],
      '5:24: watches.0.examples.match.0: the watch does not find this example: none: brass takes it away; mend the watch, or the example',
    ],
    [
      'an example that must not be found',
      ['any: [padlock, brass]', 'examples: {no_match: [A door of brass]}'],
      '4:27: watches.0.examples.no_match.0: the watch finds this example: "brass" fired on "brass"; narrow that line, or add one under none',
    ],
    [
      'nearly everything',
      ['any: [for]', 'in: title'].map((line) =>
        line.replace('for', 'police, government, schools, rail, city, record, weeks, years'),
      ),
      '2:5: watches.0: finds ',
    ],
  ])('%s', (_name, lines, problem) => {
    const problems = problemsOf(watchFile(...lines));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it.each([
    ['a longer phrase beside one that holds the none', ['any: [River Isis, ISIS]', 'none: [River Isis]']],
    ['a none whose capitals are others', ['any: [ISIS]', 'none: [=Isis]']],
    ['noisy: ok', ['any: [police, government, schools, rail, city, record, weeks, years]', 'noisy: ok']],
    ['an example of a watch on texts', ['any: [padlock]', 'in: body', 'examples: {match: [A padlock of brass]}']],
    ['a peer who is known by one name', ['person: {name: Lord Example}']],
    ['a feed by name and by tag', ['any: [padlock]', 'feeds: [Example News, press]']],
    [
      'holders one after the other',
      [
        'office: {titles: [Lockmaster], holders: [{name: Jane Example, to: 2024-02-02}, {name: Joan Example, from: 2024-02-03}]}',
      ],
    ],
  ])('no problem: %s', (_name, lines) => {
    const kept = lines.map((line) => line.replace('[River Isis, ISIS]', '[Islamic State, ISIS]'));
    expect(problemsOf(watchFile(...kept))).toEqual([]);
  });

  it('an office without a holder today is a warning', () => {
    const text = watchFile('office: {titles: [Lockmaster], holders: [{name: Jane Example, to: 2024-02-02}]}');
    expect(problemsOf(text)).toEqual([]);
    expect(warningsOf(text)).toEqual([
      '3:36: watches.0.office.holders: nobody holds this office on 2026-11-23; add who does now, until then only its titles are found',
    ]);
  });
});
