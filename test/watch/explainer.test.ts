/** "Why did I not get this?", for each way to miss. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { explainerOf } from '../../shared/watch/explainer.ts';
import { type EntryContext, matcherOf } from '../../shared/watch/match.ts';
import { languageCases } from './language-cases.ts';
import { entryOf, type Look, watchOf } from './watch-of-lines.ts';

const nowhere: EntryContext = { feed: null, day: '2018-06-01' };

function explained(look: Look, text: Parameters<typeof entryOf>[0], context = nowhere) {
  const [explanation] = explainerOf([watchOf(look)])(entryOf(text), context);
  if (explanation === undefined) throw new Error('a watch is explained');
  return explanation;
}

const water = {
  within: 3,
  ordered: false,
  all: [
    ['Thames Water', 'Severn Trent'],
    ['fine~', 'penalty~'],
  ],
};
const wallace = { name: 'Ben Wallace', also: ['Wallace'], none: ['Detroit Pistons'] };
const rudd = { name: 'Amber Rudd', also: ['Rudd'], none: [], from: '2016-07-13', to: '2018-04-29' };
const javid = { name: 'Sajid Javid', also: ['Javid'], none: [], from: '2018-04-30', to: null };
const office = { titles: ['Home Secretary'], holders: [rudd, javid] };
const floods = { count: 2, of: ['flood~', 'warning~', 'river~'], in: null };

describe('what was missing', () => {
  const body = (title: string, summary: string) => ({ title, summary });
  const nothing: readonly string[] = [];
  test.each<[string, Look, string | { title: string; summary: string }, string, readonly string[]]>([
    ['one line', 'padlock', 'A door', 'any: no padlock', nothing],
    ['all lines', { any: ['a', 'b', 'c', 'd', 'e'] }, 'Fog', 'any: none of a, b, c, 2 more', nothing],
    [
      'a group of all',
      {
        all: [
          ['WhatsApp', 'Signal'],
          ['terror~', 'attack~', 'plot~'],
        ],
      },
      'WhatsApp has a new look',
      'all: found WhatsApp, none of terror~, attack~, plot~',
      ['WhatsApp'],
    ],
    ['every group of all', { all: [['fog'], ['ice', 'snow']] }, 'Sun', 'all: no fog, none of ice, snow', nothing],
    [
      'the other side of near',
      { near: water },
      'Thames Water opens a school',
      'near: Thames Water found, no fine~ or penalty~ within 3 words',
      ['Thames Water'],
    ],
    [
      'the distance',
      { near: water },
      'Thames Water opens a new school without fines',
      'near: Thames Water and fine~ found, but not within 3 words of each other',
      ['Thames Water', 'fine~'],
    ],
    [
      'the same text',
      { near: water },
      body('Thames Water in court', 'A fine'),
      'near: Thames Water and fine~ found, but not within 3 words of each other',
      ['Thames Water', 'fine~'],
    ],
    [
      'the order',
      { near: { ...water, ordered: true } },
      'A penalty for Severn Trent',
      'near: Severn Trent and penalty~ found, but not in this order',
      ['Severn Trent', 'penalty~'],
    ],
    ['some lines of at_least', { atLeast: floods }, 'Floods', 'at_least: 1 of the 2 it needs: flood~', ['flood~']],
    ['every line of at_least', { atLeast: floods }, 'Fog', 'at_least: none of the 2 it needs', nothing],
    [
      'lines of at_least in the headline',
      { atLeast: { ...floods, in: 'title' } },
      body('Floods', 'A warning'),
      'at_least: 1 of the 2 it needs in the headline: flood~',
      ['flood~'],
    ],
    [
      'the full name',
      { person: wallace },
      'Mr Wallace and Wallace',
      'person: Mr Wallace and Wallace found, but not the full name Ben Wallace',
      ['Ben Wallace', 'Wallace'],
    ],
    ['the person', { person: wallace }, 'Fog', 'person: no Ben Wallace', nothing],
    [
      'a person who is a namesake',
      { person: wallace },
      'Ben Wallace of the Detroit Pistons',
      'person: Ben Wallace found, but so is the namesake Detroit Pistons',
      ['Ben Wallace'],
    ],
    [
      'the time of a holder',
      { office },
      'Amber Rudd speaks',
      'office: Amber Rudd held it until 2018-04-29',
      ['Amber Rudd', 'Rudd'],
    ],
    [
      'the full name of a holder',
      { office },
      'Javid speaks',
      'office: Javid found, but not the full name Sajid Javid',
      ['Javid'],
    ],
    ['title and holder', { office }, 'Fog', 'office: no title of it, and no Sajid Javid', nothing],
    [
      'nothing but none',
      { any: ['attack~'], none: ['heart attack'] },
      'Heart attack, no other attack',
      'none: heart attack takes it away',
      ['attack~'],
    ],
    [
      'the headline',
      { any: ['flood~'], in: 'title' },
      body('Fog', 'A flood'),
      'any: flood~ found, but not in the headline',
      ['flood~'],
    ],
    [
      'one of two groups',
      { any: ['penalty~'], all: [['fog'], ['ice']] },
      'Fog and ice',
      'any: no penalty~; found fog and ice',
      ['fog', 'ice'],
    ],
    [
      'two groups',
      { any: ['penalty~'], near: water },
      'Severn Trent',
      'any: no penalty~; near: Severn Trent found, no fine~ or penalty~ within 3 words',
      ['Severn Trent'],
    ],
  ])('is said of %s', (_, look, text, missing, found) => {
    expect(explained(look, text)).toMatchObject({ kind: 'missed', missing, found });
  });

  it('a holder to be, and an office that nobody holds', () => {
    const day = (at: string): EntryContext => ({ feed: null, day: at });
    expect(explained({ office }, 'Sajid Javid', day('2017-01-01'))).toMatchObject({
      missing: 'office: Sajid Javid held it only from 2018-04-30',
    });
    expect(explained({ office }, 'Fog', day('2010-01-01'))).toMatchObject({
      missing: 'office: no title of it, and nobody held it on 2010-01-01',
    });
  });

  it('another feed, and whether it would have fired there', () => {
    const elsewhere: EntryContext = { ...nowhere, feed: { name: 'Other', tags: [] } };
    const look: Look = { any: ['flood~'], feeds: ['press'] };
    const missing = 'not one of its feeds';
    expect(explained(look, 'Floods', elsewhere)).toMatchObject({ kind: 'missed', missing, found: ['flood~'] });
    expect(explained(look, 'Fog', elsewhere)).toMatchObject({ kind: 'missed', missing, found: [] });
    expect(explained(look, 'Floods', { ...nowhere, feed: { name: 'A', tags: ['press'] } }).kind).toBe('fired');
  });
});

describe('explaining', () => {
  it('never disagrees with matching, and always has a sentence', () => {
    expect(languageCases.length).toBeGreaterThan(100);
    const watches = languageCases.map(({ watch }, at) => ({ ...watch, id: `${at}` }));
    const explain = explainerOf(watches);
    const matcher = matcherOf(watches);
    const texts = languageCases.map(({ entry }) => entry);
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.constantFrom(...texts), (one, other) => {
        const entry = { title: one.title, summary: other.title ?? other.summary, content: other.content };
        const told = explain(entry, nowhere);
        const fired = told.flatMap(({ watch, ...rest }) =>
          rest.kind === 'fired' ? [{ watch, matches: rest.matches }] : [],
        );
        expect(fired).toEqual(matcher.match(entry, nowhere));
        for (const each of told) if (each.kind === 'missed') expect(each.missing).toMatch(/^\w+: \S.*\w/);
      }),
    );
  });
});
