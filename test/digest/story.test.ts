import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { storiesOf } from '../../shared/digest/story.ts';
import { HOUR } from '../../shared/time.ts';
import { hit, slotAt } from './sample.ts';

const plan = 'Home Secretary defends encryption plan';

test('51: an entry that matches five watches is one story that names all five', () => {
  const watches = ['w1', 'w2', 'w3', 'w4', 'w5'];
  const stories = storiesOf(watches.map((watch) => hit({ watch, title: plan })));
  expect(stories).toHaveLength(1);
  expect(stories[0]?.watches.map(({ watch }) => watch)).toEqual(watches);
  expect(stories[0]?.others).toEqual([]);
});

it('marks what any of its watches found, once', () => {
  const marks = (...places: [number, number][]) => ({ text: plan, marks: places });
  const base = hit({ title: plan });
  const [story] = storiesOf([
    { ...base, watch: 'w1', title: marks([0, 4], [23, 33]) },
    { ...base, watch: 'w2', title: marks([0, 14]) },
    { ...base, watch: 'w3', title: { text: 'Another headline', marks: [[15, 16]] } },
  ]);
  expect(story?.lead.title).toEqual(marks([0, 14], [23, 33]));
});

it('names other outlets that tell the same, and leads with the first', () => {
  const [story, ...rest] = storiesOf([
    hit({ outlet: 'Harbour Post', title: `${plan} - Harbour Post`, publishedAt: slotAt - HOUR }),
    hit({ outlet: 'Northern Ledger', title: plan, publishedAt: slotAt - 2 * HOUR }),
  ]);
  expect(rest).toEqual([]);
  expect(story?.lead.outlet).toBe('Northern Ledger');
  expect(story?.others.map(({ outlet }) => outlet)).toEqual(['Harbour Post']);
});

it('leads with an outlet that can be clicked when the first cannot', () => {
  const [story] = storiesOf([
    hit({ outlet: 'Wire', title: plan, publishedAt: slotAt - 3 * HOUR, link: null }),
    hit({ outlet: 'Harbour Post', title: plan }),
  ]);
  expect(story?.lead.outlet).toBe('Harbour Post');
});

it('gives reasons of the lead where it has them, else says whose they are', () => {
  const reasons = [{ line: 'minister', field: 'title' as const, text: 'Minister' }];
  const [story] = storiesOf([
    hit({ outlet: 'Northern Ledger', title: plan, publishedAt: slotAt - 2 * HOUR, watch: 'w1' }),
    hit({ outlet: 'Harbour Post', title: plan, watch: 'w1', reasons }),
    hit({ outlet: 'Harbour Post', title: plan, watch: 'w2', reasons }),
  ]);
  expect(story?.watches.map(({ watch, outlet }) => `${watch} ${outlet}`)).toEqual([
    'w1 Northern Ledger',
    'w2 Harbour Post',
  ]);
});

describe('addresses', () => {
  const two = (one: string, other: string) =>
    storiesOf([
      hit({ outlet: 'Northern Ledger', title: 'First words on the matter', link: one }),
      hit({ outlet: 'Northern Ledger: world', title: 'Something else entirely', link: other }),
    ]).length;

  test.each([
    ['the same', 'https://news.example/a?id=1', 'https://news.example/a?id=1'],
    [
      'with a count of visitors',
      'https://news.example/a',
      'https://www.news.example/a/?utm_source=rss&at_medium=RSS#top',
    ],
    ['http and https', 'http://news.example/a', 'https://news.example/a'],
  ])('%s: one story, whatever the headlines', (_, one, other) => expect(two(one, other)).toBe(1));

  test.each([
    ['another page', 'https://news.example/a', 'https://news.example/b'],
    ['another query', 'https://news.example/a?id=1', 'https://news.example/a?id=2'],
    ['only the front page', 'https://news.example/', 'https://news.example/'],
  ])('%s: two stories', (_, one, other) => expect(two(one, other)).toBe(2));
});

it('keeps apart what one outlet tells twice under one headline', () => {
  const twice = ['a', 'b'].map((path) =>
    hit({ title: 'Statement by the Home Secretary', entry: path, link: `https://gov.example/${path}` }),
  );
  expect(storiesOf(twice)).toHaveLength(2);
  expect(storiesOf([...twice, hit({ outlet: 'Harbour Post', title: 'Statement by the Home Secretary' })])).toHaveLength(
    2,
  );
});

it('keeps apart the same headline after 72 hours', () => {
  const told = (hours: number, outlet: string) => {
    const at = slotAt + hours * HOUR;
    return hit({ outlet, title: plan, publishedAt: at, foundAt: at });
  };
  expect(storiesOf([told(0, 'A'), told(72, 'B')])).toHaveLength(1);
  expect(storiesOf([told(0, 'A'), told(72.1, 'B')])).toHaveLength(2);
  // No chain: the third is within three days of the second, not of the first.
  expect(storiesOf([told(0, 'A'), told(60, 'B'), told(100, 'C')])).toHaveLength(2);
});

it('puts first what more outlets tell, then what more watches found, then what is newer', () => {
  const alone = 'Ferry runs aground off Northport';
  const watched = 'Ransomware attack shuts hospital wards';
  const newest = 'Ministers publish draft surveillance code';
  const leads = storiesOf([
    hit({ title: alone, publishedAt: slotAt - 3 * HOUR }),
    hit({ title: newest, publishedAt: slotAt - HOUR }),
    hit({ title: watched, watch: 'w1', publishedAt: slotAt - 5 * HOUR }),
    hit({ title: watched, watch: 'w2', publishedAt: slotAt - 5 * HOUR }),
    hit({ title: plan, publishedAt: slotAt - 9 * HOUR }),
    hit({ title: plan, publishedAt: slotAt - 8 * HOUR, outlet: 'Harbour Post' }),
  ]).map(({ lead }) => lead.title.text);
  expect(leads).toEqual([plan, watched, newest, alone]);
});

test('42: a date that cannot be neither pins nor hides a story', () => {
  const [first, second] = storiesOf([
    hit({ title: 'Far ahead of its time', publishedAt: Date.parse('9999-01-01'), foundAt: slotAt - 2 * HOUR }),
    hit({ title: 'From the first year', publishedAt: Date.parse('0001-01-01'), foundAt: slotAt - HOUR }),
  ]);
  expect([first?.lead.title.text, second?.lead.title.text]).toEqual(['From the first year', 'Far ahead of its time']);
  expect([first?.lead.publishedAt, second?.lead.publishedAt]).toEqual([null, null]);
});

it('loses no entry and no watch, and does not depend on the order of the hits', () => {
  const word = fc.constantFrom(
    'Minister',
    'data',
    'leak',
    'Northport',
    'inquiry',
    'opens',
    'quickly',
    'not',
    '4',
    'phones',
  );
  const title = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
  const anyHit = fc
    .record({ title, watch: fc.constantFrom('w1', 'w2'), outlet: fc.constantFrom('A', 'B', 'C') })
    .map(hit);
  fc.assert(
    fc.property(fc.uniqueArray(anyHit, { maxLength: 30, selector: (h) => `${h.watch} ${h.entry}` }), (hits) => {
      const stories = storiesOf(hits);
      const kept = stories.flatMap(({ lead, others }) => [lead, ...others].map(({ entry }) => entry));
      expect(kept.toSorted()).toEqual([...new Set(hits.map(({ entry }) => entry))].sort());
      for (const { watch, entry } of hits) {
        const story = stories.find(({ lead, others }) => [lead, ...others].some((article) => article.entry === entry));
        expect(story?.watches.map((each) => each.watch)).toContain(watch);
      }
      const leads = (all: typeof stories) => all.map(({ lead }) => lead.entry).sort();
      expect(leads(storiesOf(hits.toReversed()))).toEqual(leads(stories));
    }),
  );
});

test('57: 3,000 hits are joined within a second, also when all headlines share their words', () => {
  const many = Array.from({ length: 3_000 }, (_, n) =>
    hit({
      outlet: `Outlet ${n % 50}`,
      title: `Minister answers question ${n} on encryption plans in Northport`,
      entry: `e${n}`,
    }),
  );
  const alike = many.map((each) => ({
    ...each,
    title: { text: 'Minister answers Northport question quietly', marks: [] },
  }));
  const startedAt = performance.now();
  expect(storiesOf(many)).toHaveLength(3_000);
  expect(storiesOf(alike).length).toBeGreaterThanOrEqual(60);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
