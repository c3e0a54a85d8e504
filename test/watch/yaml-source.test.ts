import { describe, expect, it } from 'vitest';
import { fileOf, problemsOf, warningsOf, watchFile } from './file-of.ts';

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
    ['a tab', 'any:\n\t- padlock', ['4:1: watches: a tab cannot indent in YAML; use spaces']],
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

describe('a mistake of the text is told once, where it is', () => {
  const columns = (line: number, column: number, meant: number) =>
    `${line}:${column}: watches: this line begins in column ${column}, the lines above that it belongs to in column ${meant}; give them the same spaces in front`;
  const git =
    'Git could not join two versions of this file and left both: keep one of them, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>';
  it.each([
    ['a key one space short', '    any: [padlock]\n   none: [key]\n    in: title', columns(4, 4, 5)],
    ['a key one space long', '    any: [padlock]\n     none: [key]', columns(4, 6, 5)],
    ['a first key one space long', '     any: [padlock]\n    none: [key]', columns(3, 6, 5)],
    ['a dash one space short', '    any: [padlock]\n - watch: Padlocks', columns(4, 2, 3)],
    ['a dash one space long', '    any: [padlock]\n   - watch: Keys', columns(4, 4, 3)],
    ['an item one space short', '    any:\n      - padlock\n     - key\n    none: [brass]', columns(5, 6, 7)],
    [
      'no space after a colon',
      '    any:[padlock]\n    none: [key]',
      '3:5: watches.0: put a space after the colon: any: [padlock]',
    ],
    [
      'no space after the last colon',
      '    any: [padlock]\n    in:title',
      '4:5: watches.0: put a space after the colon: in: title',
    ],
    [
      'a forgotten dash',
      '    any: [padlock]\n    watch: Keys',
      '4:5: watches.0.watch: watch stands here a second time; put - before it if the next watch begins here, or keep one of the two',
    ],
    ['versions of Git', '<<<<<<< HEAD\n    any: [padlock]\n=======\n    any: [key]\n>>>>>>> other', `3:1: ${git}`],
  ])('%s', (_name, lines, problem) => {
    const text = fileOf({ watches: `watches:\n  - watch: Padlocks\n${lines}` });
    expect(problemsOf(text)).toEqual([problem]);
    expect(warningsOf(text)).toEqual([]);
  });

  it('curly quotes around a value', () => {
    const sentence =
      'YAML reads these curly quotes as part of the text; write straight ones (") in their place, or none';
    const text = fileOf({ watches: 'watches: [{watch: “Padlocks”, any: [“brass key”]}]' });
    expect(problemsOf(text)).toEqual([`1:19: watches.0.watch: ${sentence}`]);
    expect(warningsOf(text)).toEqual([]);
  });

  it('a misspelt section, without what seems to be missing because of it', () => {
    const text = fileOf({ digests: 'Digests: [{digest: Brief, watches: [Padlocks], when: at once}]' });
    expect(problemsOf(text)).toEqual([
      '1:1: Digests: "Digests" is not a key that is known here; did you mean "digests"?',
    ]);
    expect(warningsOf(text)).toEqual([]);
  });

  it('what follows in another section is told all the same', () => {
    const text = fileOf({
      watches: 'watches:\n  - watch: Padlocks\n\tany: [padlock]\n    nonne: [key]',
      digests: 'digests: [{digest: Brief, watches: [Padlocks], when: 7am}]',
    });
    expect(problemsOf(text).map((problem) => problem.slice(0, 19))).toEqual([
      '3:1: watches: a tab',
      '5:54: digests.0.whe',
    ]);
  });

  it('a watch that is only in a comment is not there', () => {
    const text = fileOf({ watches: 'watches:\n  # - watch: Padlocks\n  - watch: Keys' });
    expect(problemsOf(text)).toEqual([expect.stringContaining('there is no watch "Padlocks"')]);
    expect(problemsOf(`${text}x: y\n`)).toHaveLength(2);
  });

  it('columns of text that goes on over lines are no mistake', () => {
    const lines = [
      'any: [padlock,',
      '   key,',
      '         latch]',
      'examples:',
      '  match:',
      '    - A key',
      '     of brass',
    ];
    expect(problemsOf(watchFile(...lines))).toEqual([]);
  });

  it('line ends of old Macs are line ends', () => {
    expect(problemsOf(watchFile('any: [padlock]', 'in: titel').replaceAll('\n', '\r'))).toEqual([
      '4:9: watches.0.in: "titel" is not known here; write title or body',
    ]);
  });
});
