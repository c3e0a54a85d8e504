import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemLine } from '../../shared/watch/problem.ts';
import { readConfig } from '../../shared/watch/read-config.ts';
import { fileOf, problemsOf, read, watchFile } from './file-of.ts';

const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const starter = textOf('../../watch.yaml');
const options = { file: 'watch.yaml', today: '2026-11-23', readFile: () => null };

describe('the starter file', () => {
  it('has no problems and no warnings', () => {
    const result = readConfig(starter, options);
    expect(result).toMatchObject({ warnings: [] });
    expect('problems' in result ? result.problems.map(problemLine) : []).toEqual([]);
  });

  it('however it is cut, doubled or mistyped, reading it never throws', () => {
    const edit = fc.record({
      at: fc.nat(starter.length),
      cut: fc.nat(40),
      put: fc.oneof(
        fc.string({ maxLength: 8 }),
        fc.constantFrom('[', ']', '{', ': ', '- ', '\n', '\t', '"', "'", '#', '&a', '*a', '!b', '|', '? '),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const text = edits.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), starter);
        const result = readConfig(text, options);
        expect('config' in result || result.problems.length > 0).toBe(true);
      }),
      // Each run tries all examples and headlines again.
      { numRuns: 60 },
    );
  });
});

it('ten mistakes in one file are ten problems, each at its place', () => {
  const result = readConfig(textOf('ten-mistakes.yaml'), { ...options, file: 'ten-mistakes.yaml' });
  expect('problems' in result ? result.problems.map(problemLine) : []).toEqual([
    'ten-mistakes.yaml:1:57: deliver.zone: "Europe/Lodnon" is not a time zone; did you mean "Europe/London"?',
    'ten-mistakes.yaml:5:11: feeds.1.url: this address holds a user name or password, which must not stand in this file; use a feed that needs none',
    'ten-mistakes.yaml:6:45: feeds.2.evry: "evry" is not a key that is known here; did you mean "every"?',
    'ten-mistakes.yaml:13:29: watches.0.any.1: YAML reads everything from #climate on as a comment; put the text in quotes: "news #climate" (a comment has a space after its #)',
    'ten-mistakes.yaml:15:11: watches.1.any.0: YAML reads Second: term as a key with a value; put the text in quotes: "Second: term"',
    'ten-mistakes.yaml:17:18: watches.2.any.0.list: there is no list "mesaging apps"; did you mean "messaging apps"?',
    'ten-mistakes.yaml:19:23: watches.3.at_least.count: 3 of 2 lines can never occur; write 2 or less',
    'ten-mistakes.yaml:22:24: watches.4.examples.match.0: the watch does not find this example: any: no padlock; mend the watch, or the example',
    'ten-mistakes.yaml:27:11: digests.0.when: "7am" is not a time of day; write 07:00',
    'ten-mistakes.yaml:28:9: digests.0.to: this bracket is not closed; write ] for [ and } for { at its end',
  ]);
});

describe('what is read', () => {
  it('a watch that is only its name looks for its name', () => {
    const result = read(fileOf({}));
    expect('config' in result && result.config.watches).toMatchObject([
      { name: 'Padlocks', any: ['Padlocks'], all: null, none: [], feeds: null },
    ]);
  });

  it('lists are put in their place', () => {
    const result = read(`${watchFile('all: [[{list: locks}, hasp], [brass]]')}lists: {locks: [padlock, latch]}\n`);
    expect('config' in result && result.config.watches[0]?.all).toEqual([['padlock', 'latch', 'hasp'], ['brass']]);
  });

  it.each([
    ['nothing', '', null],
    ['off', 'poll: {history: off}', 0],
    ['days', 'poll: {history: 14d}', 14],
  ])('how long a history is kept, when the file says %s', (_, poll, historyDays) => {
    const result = read(fileOf({ poll }));
    expect('config' in result && result.config.poll).toMatchObject({ historyDays });
  });

  it.each(['31d', '0d', '30', 'yes'])('not a history of %s', (said) => {
    expect(problemsOf(fileOf({ poll: `poll: {history: ${said}}` }))).toEqual([
      `1:17: poll.history: "${said}" is no time to keep; write off, or 1d to 30d`,
    ]);
  });

  it('a file that is too large is one problem', () => {
    expect(problemsOf('#'.repeat(4_000_001))).toEqual([
      '1:1: this file has 4000001 characters; at most 4000000 are read',
    ]);
  });

  it('names of JavaScript are only names', () => {
    const text = fileOf({
      lists: 'lists: {__proto__: [padlock], constructor: [latch]}',
      watches: 'watches: [{watch: Padlocks, any: [{list: constructor}]}]',
    });
    const result = read(text);
    expect('config' in result && result.config.watches[0]?.any).toEqual(['latch']);
    expect(problemsOf(`${text}toString: x\n`)).toEqual([
      expect.stringContaining('toString: "toString" is not a key that is known here'),
    ]);
  });
});
