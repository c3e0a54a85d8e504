import { describe, expect, it, test } from 'vitest';
import { parseTerm, suspicions } from '../../shared/watch/term.ts';

const wordsOfTerm = (source: string) => {
  const parsed = parseTerm(source);
  return 'term' in parsed ? parsed.term.steps.map(({ words, joined }) => ({ words, joined })) : parsed.problem;
};
const problemOf = (source: string) => {
  const parsed = parseTerm(source);
  return 'problem' in parsed ? parsed.problem : null;
};

describe('a line is read', () => {
  it('as one step a word, the last with its plural', () => {
    expect(wordsOfTerm('Lawful backdoor')).toEqual([
      { words: [{ kind: 'plain', forms: ['lawful'] }], joined: null },
      { words: [{ kind: 'plain', forms: ['backdoor', 'backdoors'] }], joined: null },
    ]);
  });

  it('with words that a dash joins as one step that has a joined form', () => {
    expect(wordsOfTerm('E-Mail')).toEqual([
      {
        words: [
          { kind: 'plain', forms: ['e'] },
          { kind: 'plain', forms: ['mail'] },
        ],
        joined: { kind: 'plain', forms: ['email'] },
      },
    ]);
  });

  it.each([
    ['encryption~', { kind: 'family', family: 'encrypt' }],
    ['Crypto*', { kind: 'prefix', prefix: 'crypto' }],
    ['U.S.', { kind: 'capitals', cased: 'US', folded: 'us' }],
    ['=Café', { kind: 'exact', exact: 'Café', folded: 'cafe' }],
    ['京都', { kind: 'run', letters: ['京', '都'], exact: null }],
    ['C++', { kind: 'plain', forms: ['c++'] }],
  ])('%s', (source, word) => {
    expect(wordsOfTerm(source)).toEqual([{ words: [word], joined: null }]);
  });

  it('into plain JSON', () => {
    const parsed = parseTerm('=Ab cd-ef 京都');
    expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
  });

  it.each(['a-b-c-d-e-f-g-h-i-j-k-l', '東京都庁舎前広場大会議場東京都庁舎前広場', '((( lawful )))'])(
    'although it is odd: %s',
    (source) => {
      expect(problemOf(source)).toBeNull();
    },
  );
});

describe('a line that cannot be right says what to write instead', () => {
  test.each([
    ['47: nothing', '', 'write a word or a phrase'],
    ['47: a space', ' ', 'write a word or a phrase'],
    ['47: 10,000 characters', 'a'.repeat(10_000), 'at most 300 characters'],
    ['only punctuation', '%…(!)', 'no letter, digit or emoji'],
    ['only invisible characters', '\u00ad\u200b', 'no letter, digit or emoji'],
    ['thirteen words', 'a b c d e f g h i j k l m', 'has 13 words'],
    ['thirteen words, some joined', 'a-b c d e f g h i j k l m', 'has 13 words'],
    ['a beginning of three letters', 'cry*', 'write more of the word, or cry~'],
    ['a beginning of three letters after a dash', 'cyber-att*', '4 letters or more'],
    ['a star at the beginning', '*tion', 'right at the end of a word'],
    ['a star inside', 'cry*tion', 'right at the end of a word'],
    ['a star alone', 'crypto *', 'right at the end of a word'],
    ['a tilde at the beginning', '~encryption', 'right at the end of a word'],
    ['a tilde inside', 'encrypt~ion', 'right at the end of a word'],
    ['two marks', 'crypto~*', 'right at the end of a word'],
    ['forms of capitals', 'ISIS~', 'write ISIS, or isis~'],
    ['beginning in capitals', 'CRYPTO*', 'write crypto*'],
    ['forms of a word of another alphabet', 'Москва~', 'English words only'],
    ['forms in a script without spaces', '地震~', 'write the forms out'],
    ['beginning in a script without spaces', '地震速報*', 'write the forms out'],
    ['exact and forms', '=signal~', 'write =signal or signal~'],
    ['exact in the middle', 'the =Signal app', 'stands once, before the first word'],
    ['exact twice', '==Signal', 'stands once, before the first word'],
  ])('%s', (_, source, words) => {
    const problem = problemOf(source);
    expect(problem).toContain(words);
    expect(problem).not.toMatch(/\n|\.$/);
  });

  it('but a Korean beginning of two syllables has four letters and more', () => {
    expect(problemOf('서울*')).toBeNull();
    expect(problemOf('서*')).toContain('4 letters or more');
  });
});

describe('a line is suspicious', () => {
  test.each([
    ['a stop word', 'it', 'IT if you mean the initials'],
    ['two small letters', 'eu', 'EU if you mean the initials'],
    ['a stop word with a capital', 'The', 'in nearly every text'],
    ['one letter', 'X', '=X'],
    ['forms of a name', 'Wales~', 'write Wales, or wales~'],
    ['letters that only look Latin', 'P\u0430ypal', 'U+0430'],
    ['a zero-width space', 'Pay\u200bpal', 'U+200B'],
    ['a direction mark', '\u202eabc', 'U+202E'],
    ['a soft hyphen', 'en\u00adcryption', 'U+00AD'],
  ])('%s', (_, source, words) => {
    expect(suspicions(source).join()).toContain(words);
  });

  test.each([
    'IT',
    'WHO',
    'U.S.',
    '=X',
    '=it',
    'The Who',
    'G7',
    'C#',
    '5G',
    '=',
    '津',
    '🔥',
    '❤️',
    '👩‍🚒',
    'می\u200cخواهم',
    'encryption~',
    'news',
    'Москва',
    'rise of AI',
  ])('not: %s', (source) => {
    expect(suspicions(source)).toEqual([]);
  });
});
