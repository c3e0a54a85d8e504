import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf, excerptOf } from '../../shared/watch/excerpt.ts';

const text =
  'The council met for hours. In the end the ministers asked why the chats had been encrypted, and nobody knew.';
const encrypted = { start: text.indexOf('encrypted'), end: text.indexOf('encrypted') + 9 };
const shownMarks = (excerpt: ReturnType<typeof excerptOf>) =>
  excerpt.marks.map(([start, end]) => excerpt.text.slice(start, end));

describe('an excerpt', () => {
  it('is the whole text when there is room', () => {
    expect(excerptOf(text, [encrypted], 500)).toEqual({ text, marks: [[encrypted.start, encrypted.end]] });
  });

  it('is a window around the first match, cut between words', () => {
    const excerpt = excerptOf(text, [encrypted], 50);
    expect(excerpt.text).toBe('…the chats had been encrypted, and nobody knew.');
    expect(shownMarks(excerpt)).toEqual(['encrypted']);
  });

  it('has an ellipsis at both ends in the middle of a text', () => {
    const ministers = { start: text.indexOf('ministers'), end: text.indexOf('ministers') + 9 };
    expect(excerptOf(text, [encrypted, ministers], 40).text).toBe('…end the ministers asked why the chats…');
  });

  it('is the beginning when nothing matched', () => {
    expect(excerptOf(text, [], 24).text).toBe('The council met for…');
  });

  it('merges marks that overlap', () => {
    expect(
      excerptOf(
        'Isis River Isis',
        [
          { start: 0, end: 10 },
          { start: 5, end: 15 },
        ],
        20,
      ).marks,
    ).toEqual([[0, 15]]);
  });

  it('never splits what a reader sees as one character', () => {
    const family = '👨‍👩‍👧';
    expect(beginningOf(family.repeat(5), [], family.length * 2 + 3).text).toBe(`${family.repeat(2)}…`);
    expect(excerptOf('e\u0301'.repeat(20), [], 6).text).toBe('e\u0301e\u0301…');
  });

  it('keeps its bound, is part of the text, and marks all that matched first, whatever the text', () => {
    const part = fc.constantFrom('a', 'word', ' ', ' ', '東京', '👨‍👩‍👧', '. ', '\n', 'e\u0301', 'gov', '.uk');
    const parts = fc.array(part, { maxLength: 40 });
    const match = fc.constantFrom('match', 'gov', '東京', '👨‍👩‍👧', 'lawful access', 'e\u0301');
    fc.assert(
      fc.property(parts, match, parts, fc.integer({ min: 1, max: 60 }), (before, matched, after, charsMax) => {
        const start = before.join('').length;
        const whole = `${before.join('')}${matched}${after.join('')}`;
        const excerpt = excerptOf(whole, [{ start, end: start + matched.length }], charsMax);
        expect(excerpt.text.length).toBeLessThanOrEqual(charsMax);
        expect(whole).toContain(excerpt.text.replace(/^…|…$/g, ''));
        if (charsMax >= matched.length + 2) expect(shownMarks(excerpt)).toEqual([matched]);
      }),
      { numRuns: 1_000 },
    );
  });
});
