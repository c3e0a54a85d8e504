import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { casedForm, exactForm, foldedForm } from '../../shared/watch/fold.ts';
import { tokensOf, wordsOf } from '../../shared/watch/tokens.ts';

const readings = (text: string) => [...tokensOf(wordsOf(text))].map(({ folded }) => folded);
const sentences = (text: string) =>
  wordsOf(text)
    .reduce((shown, { folded, startsSentence }) => `${shown}${startsSentence ? ' | ' : ' '}${folded}`, '')
    .trim();

describe('a text is read as', () => {
  test.each([
    ['e-mail', ['e', 'email', 'mail']],
    ['end-to-end', ['end', 'endto', 'endtoend', 'to', 'toend', 'end']],
    ['a - b', ['a', 'b']],
    ['O’Brien’s U.S.-led', ['o', 'brien', 'us', 'usled', 'led']],
    ['O\u02bcBrien\u02bcs f\u014d\u02bbo', ['o', 'brien', 'fo', 'o']],
    ['C++, C# and .NET', ['c', 'c++', 'c', 'c#', 'and', 'net', '.net']],
    ['2019–20', ['2019', '20']],
    ['R&D', ['r', 'and', 'd']],
    ['', []],
    ['…!?', []],
    ['\ud83d broken \udd25', ['broken']],
  ])('%s', (text, words) => {
    expect(readings(text)).toEqual(words);
  });

  it('joined forms of a bounded number of words', () => {
    expect(readings('a-'.repeat(100)).reduce((most, word) => Math.max(most, word.length), 0)).toBe(6);
  });

  it('words whose places slice back to themselves and never overlap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        let last = 0;
        for (const { start, end, exact } of wordsOf(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(exactForm(text.slice(start, end)).replace(/\.$/, '')).toBe(exact);
          last = end;
        }
      }),
    );
  });
});

describe('a sentence', () => {
  test.each([
    ['It is lawful. Access is next', 'it is lawful | access is next'],
    ['Mr. Walden and Dr. Hill of St. Ives', 'mr walden and dr hill of st ives'],
    ['the U.S. Army at 5 p.m. Today', 'the us army at 5 pm today'],
    ['at No. 10. He said no. Ten left', 'at no 10 | he said no | ten left'],
    ['Really?! Yes. “No.” (Perhaps.) Ok', 'really | yes | no | perhaps | ok'],
    ['one… Two... three', 'one | two three'],
    ['line\nbreak. new\n\nblock', 'line break new | block'],
    ['Nein.Doch gov.uk 3.5', 'nein doch gov uk 3 5'],
    ['Wallaby’s. The', 'wallaby | the'],
    ['да. Нет', 'да | нет'],
    ['नमस्ते। फिर', 'नमस्ते | फिर'],
  ])('ends or does not end: %j', (text, shown) => {
    expect(sentences(text)).toBe(shown);
  });
});

describe('folding', () => {
  it('48: makes Turkish İ, I, ı and i one letter, and ß two', () => {
    expect(['İ', 'I', 'ı', 'i'].map(foldedForm)).toEqual(['i', 'i', 'i', 'i']);
    expect(['straße', 'STRASSE', 'STRAẞE'].map(foldedForm)).toEqual(['strasse', 'strasse', 'strasse']);
  });

  it('keeps case where case counts', () => {
    expect(casedForm('ＮＡＴＯ Éßı')).toBe('NATO Essi');
  });

  it('does nothing when done again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldedForm(foldedForm(text))).toBe(foldedForm(text));
      }),
    );
  });

  it('is the same for composed and decomposed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldedForm(text.normalize('NFD'))).toBe(foldedForm(text.normalize('NFC')));
        expect(exactForm(text.normalize('NFD'))).toBe(exactForm(text.normalize('NFC')));
      }),
    );
  });
});

it('words between single spaces are read as any others', () => {
  const words = fc.array(fc.stringMatching(/^[A-Za-z0-9]{1,8}$/), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(words, (some) => {
      const text = some.join(' ');
      // A space at the end is all it takes to be read the long way.
      expect(wordsOf(text)).toEqual(wordsOf(`${text} `));
    }),
  );
});
