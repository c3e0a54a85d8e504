import { expect, it } from 'vitest';
import { strangersIn } from '../../shared/watch/strangers.ts';

it.each([
  [
    'person~',
    'person~ also takes in personal, personally; write the forms that you mean out, a line each: person, persons, people',
  ],
  [
    'Personal~ data',
    'Personal~ also takes in person, persons, people; write the forms that you mean out, a line each: personal, personally',
  ],
  [
    'government aid~',
    'aid~ also takes in aide, aides; write the forms that you mean out, a line each: aid, aids, aided, aiding',
  ],
  [
    'nation~ of shopkeepers',
    'nation~ also takes in national, nationally, nationals; write the forms that you mean out, a line each: nation, nations',
  ],
])('%s takes in words of another sense', (source, sentence) => {
  expect(strangersIn(source)).toBe(sentence);
});

it.each(['encryption~', 'general~', 'news~', 'person', 'train driver~', 'personal*'])('%s takes in none', (source) => {
  expect(strangersIn(source)).toBeNull();
});
