import { describe, expect, it } from 'vitest';
import { fileOf, problemsOf, watchFile } from './file-of.ts';

describe('what YAML would eat', () => {
  it.each([
    [
      'a number',
      'any: [007]',
      '3:11: watches.0.any.0: YAML reads 007 as a number, a day, yes, no or nothing; put it in quotes: "007"',
    ],
    [
      'a number with an exponent',
      'any: [1e3]',
      '3:11: watches.0.any.0: YAML reads 1e3 as a number, a day, yes, no or nothing; put it in quotes: "1e3"',
    ],
    [
      'a boolean',
      'any: [yes]',
      '3:11: watches.0.any.0: YAML reads yes as a number, a day, yes, no or nothing; put it in quotes: "yes"',
    ],
    [
      'nothing',
      'any: ["null", null]',
      '3:19: watches.0.any.1: YAML reads null as a number, a day, yes, no or nothing; put it in quotes: "null"',
    ],
    [
      'a tilde',
      'any: [~]',
      '3:11: watches.0.any.0: "~" has no letter, digit or emoji, so it can never be found; write a word',
    ],
    [
      'a cut at a #',
      'any: [climate law, news #climate, coal mine]',
      '3:29: watches.0.any.1: YAML reads everything from #climate on as a comment; put the text in quotes: "news #climate" (a comment has a space after its #)',
    ],
    [
      'a # in front',
      'any: [#climate]',
      '3:11: watches.0.any.0: YAML reads everything from #climate on as a comment; put the text in quotes: "#climate" (a comment has a space after its #)',
    ],
    [
      'a map',
      'any: [Trump: second term]',
      '3:11: watches.0.any.0: YAML reads Trump: second term as a key with a value; put the text in quotes: "Trump: second term"',
    ],
    [
      'an alias',
      'any: [*foo]',
      '3:11: watches.0.any.0: YAML reads *foo as a reference to another place; write it without the *',
    ],
    [
      'an anchor',
      'any: [&foo bar]',
      '3:11: watches.0.any.0: YAML reads & as a mark of its own; put the text in quotes: "&foo bar"',
    ],
    [
      'a tag',
      'any: [!foo bar]',
      '3:11: watches.0.any.0: YAML reads ! as a mark of its own; put the text in quotes: "!foo bar"',
    ],
    [
      'an @',
      'any: [@bbc news]',
      '3:11: watches.0.any.0: a text cannot begin with @ in YAML; put it in quotes: "@bbc news"',
    ],
    ['a %', 'any: [%x deal]', '3:11: watches.0.any.0: a text cannot begin with % in YAML; put it in quotes: "%x deal"'],
    [
      'a dash without text',
      'any: [padlock, ]\n    none:\n      -',
      '5:8: watches.0.none.0: there is no text after this dash or comma; write a line, or remove it',
    ],
  ])('%s is told, with what to write', (_name, line, problem) => {
    expect(problemsOf(watchFile(...line.split('\n').map((each, at) => (at === 0 ? each : each.slice(4)))))).toEqual([
      problem,
    ]);
  });

  it('a comment with a space after its # is only a comment', () => {
    expect(problemsOf(watchFile('any: [padlock] # see #12', 'none: [C# song] # this too'))).toEqual([]);
  });

  it('in quotes it is text', () => {
    expect(problemsOf(watchFile('any: ["007", "#climate law", \'@bbc news\']'))).toEqual([]);
  });
});

describe('a syntax error hides nothing else', () => {
  it.each([
    [
      'an open bracket',
      'any: [padlock\n    nonne: [key]',
      ['3:10: watches.0.any: this bracket', '4:5: watches.0.nonne: "nonne"'],
    ],
    ['an open quote', 'any: ["padlock]', ['3:11: watches.0.any.0: this quotation mark is not closed']],
    [
      'a key twice',
      'any: [padlock]\n    any: [007]',
      ['4:5: watches.0.any: any stands here a second time', '4:11: watches.0.any.0: YAML reads 007'],
    ],
    ['a tab', 'any:\n\t- padlock', ['4:1: watches.0.any: a tab cannot indent in YAML; use spaces']],
    [
      'a comma too many',
      'any: [padlock,, 007]',
      ['3:19: watches.0.any.0: a comma', '3:21: watches.0.any.1: YAML reads 007'],
    ],
    [
      'text after a quote',
      "any: ['it's broken', 007]",
      ['3:15: watches.0.any.0', '3:26: watches.0.any.1: YAML reads 007'],
    ],
    ['a second document', 'any: [padlock]\n---\nany: [key]', ['4:1: watches.0.any.0: a second document']],
  ])('%s', (_name, lines, beginnings) => {
    const problems = problemsOf(fileOf({ watches: `watches:\n  - watch: Padlocks\n    ${lines}` }));
    expect(problems.map((problem, at) => problem.slice(0, beginnings[at]?.length))).toEqual(beginnings);
  });
});
