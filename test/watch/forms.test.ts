import { describe, expect, it, test } from 'vitest';
import { familyOf, formsOf, markedWords, vocabularyOf } from '../../shared/watch/forms.ts';
import { singularAndPlural } from '../../shared/watch/plural.ts';

describe('of one family are', () => {
  test.each([
    'encrypt encrypts encrypted encrypting encryption',
    'terror terrorism terrorist terrorists terrorised',
    'extremism extremist extremists extreme',
    'organise organises organised organization organisation organizers',
    'criticise criticized criticism critics',
    'buy buys buying bought',
    'strike strikes striking struck',
    'child children',
    'woman women',
    'die died dying dies',
    'crisis crises',
    'resist resisted resisting',
    'hack hacker hackers hacking',
    'science scientists scientific',
    'flood floods flooded flooding',
    'tax taxes taxation',
    'invade invaded invasion',
    'apply applied applications',
    'identify identified identification',
    'adds added add',
    'president presidential presidency',
  ])('%s', (words) => {
    expect(new Set(words.split(' ').map(familyOf)).size).toBe(1);
  });
});

describe('of different families are', () => {
  test.each([
    'news new',
    'organ organise organism organic',
    'united unit unite unity',
    'import important',
    'general generation generous generic',
    'authority author authorise',
    'university universe universal',
    'policy police polite politics',
    'minister ministry',
    'community communism communicate',
    'officer office official',
    'customs customer',
    'experience experiment',
    'severe several',
    'emergency emerge',
    'capital capitalism',
    'conservation conservative',
    'populism population popular',
    'hospital hospitality',
    'miner mineral mine',
    'opposition opposite',
    'conversation conversion',
    'initiative initial',
    'active activity activist',
    'international internal intern',
    'hard hardly',
    'witness wit',
    'liquid liquidation',
    'president preside',
    'memorial memory',
    'add ad',
  ])('%s', (words) => {
    const all = words.split(' ');
    expect(new Set(all.map(familyOf)).size).toBe(all.length);
  });
});

describe('the forms of a word in a vocabulary', () => {
  const vocabulary = vocabularyOf(['Encrypted', 'crypt', 'encrypts', 'encrypts']);

  it('are listed once, as they stand there', () => {
    expect(formsOf('Encrypts', vocabulary)).toEqual(['Encrypted', 'encrypts']);
  });

  it('begin with the word itself when the vocabulary does not know it', () => {
    expect(formsOf('encryption', vocabulary)).toEqual(['encryption', 'Encrypted', 'encrypts']);
    expect(formsOf('ransomware', vocabulary)).toEqual(['ransomware']);
  });
});

it('the marked words of a line are told as written', () => {
  expect(markedWords('Cyber-attack~ plot~ of crypto* and =x')).toEqual(['attack', 'plot']);
  expect(markedWords('backdoor')).toEqual([]);
});

it('words of other alphabets, and two letters, are their own family', () => {
  expect(['москва', 'naïve', 'go2', 'us'].map(familyOf)).toEqual(['москва', 'naïve', 'go2', 'us']);
});

describe('singular and plural', () => {
  test.each([
    ['backdoor', 'backdoors'],
    ['policy', 'policies'],
    ['child', 'children'],
    ['crisis', 'crises'],
    ['church', 'churches'],
    ['stomach', 'stomachs'],
    ['hero', 'heroes'],
    ['photo', 'photos'],
    ['leaf', 'leaves'],
    ['roof', 'roofs'],
    ['spokesman', 'spokesmen'],
    ['key', 'keys'],
    ['boss', 'bosses'],
    ['virus', 'viruses'],
    ['referendum', 'referenda'],
    ['fine', 'fines'],
    ['prize', 'prizes'],
    ['critic', 'critics'],
    ['constructor', 'constructors'],
  ])('of %s are %s', (one, many) => {
    expect(singularAndPlural(one)).toContain(many);
    expect(singularAndPlural(many)).toContain(one);
  });

  test.each(['news', 'new', 'arms', 'species', 'series', 'us', 'c++', '5g', 'москва', 'goods'])(
    '%s has no other',
    (word) => {
      expect(singularAndPlural(word)).toEqual([word]);
    },
  );
});
