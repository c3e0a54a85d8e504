import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { porter2 } from '../../shared/watch/porter2.ts';

const published = (file: string) => readFileSync(`test/corpora/stems/${file}.txt`, 'utf8').trimEnd().split('\n');

it('every word of the published vocabulary has the published stem', () => {
  const words = published('voc');
  const stems = published('output');
  expect(words).toHaveLength(29_417);
  const wrong = words.flatMap((word, at) => {
    const stem = porter2(word);
    return stem === stems[at] ? [] : [`${word}: ${stem}, and not ${stems[at]}`];
  });
  expect(wrong).toEqual([]);
});

it.each(['', "'", 'a', "'s'", 'yy', 'ing', 'москва', 'x'.repeat(10_000), 'a'.repeat(100_000)])(
  'odd words are stemmed all the same: %#',
  (word) => {
    expect(porter2(word).length).toBeLessThanOrEqual(word.length);
  },
);
