/** A second look at a feed reads only what is new, and what it passes over is what an earlier look has read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Mark, markOf } from '../../shared/feed/mark.ts';
import { type ParseResult, parseFeed } from '../../shared/feed/parse.ts';
import { type Slices, unsliced } from '../../shared/feed/slices.ts';
import { inventedFeeds, newEntries } from '../bench/parse/invented-feeds.ts';
import { anyDocument, edited, edits, mutant } from './mutants.ts';

type Feed = Extract<ParseResult, { kind: 'feed' }>;

const url = 'https://news.example/feed';
const look = (document: string | Uint8Array, known: Slices | null): Promise<ParseResult> =>
  parseFeed(Buffer.from(document), null, url, known);

async function feed(document: string | Uint8Array, known: Slices | null): Promise<Feed> {
  const result = await look(document, known);
  if (result.kind !== 'feed') throw new Error(result.message);
  return result;
}

const rss = (items: string, head = ''): string =>
  `${head}<rss version="2.0"><channel><title>T</title>${items}</channel></rss>`;
const item = (guid: string, title: string, more = ''): string =>
  `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title>${more}</item>`;
const titles = ({ document }: Feed) => document.entries.map(({ title }) => title);

/** Of all entries that stand in the document, read or passed over, in their order. */
function marksOf({ document, passedOver }: Feed): readonly Mark[] {
  const marks = document.entries.map(markOf);
  for (const { behind, mark } of passedOver.toReversed()) marks.splice(behind, 0, mark);
  return marks;
}

describe('a second look', () => {
  it.each(inventedFeeds({ seed: 3, count: 12 }))('reads the two new entries of thirty ($kind)', async (invented) => {
    const first = await feed(invented.before, unsliced);
    const second = await feed(invented.after, first.slices);
    const whole = await feed(invented.after, null);
    expect(second.document).toEqual({ ...whole.document, entries: whole.document.entries.slice(0, newEntries) });
    expect(marksOf(second)).toEqual(marksOf(whole));
  });

  it('finds nothing when nothing is new, and the slices stay', async () => {
    const document = rss(item('1', 'One') + item('2', 'Two'));
    const first = await feed(document, unsliced);
    const second = await feed(document, first.slices);
    expect(titles(second)).toEqual([]);
    expect(second.slices).toEqual(first.slices);
    expect(second.document.repaired).toBe(false);
  });

  it('reads an entry again that was edited', async () => {
    const { slices } = await feed(rss(item('1', 'One') + item('2', 'Two')), unsliced);
    expect(titles(await feed(rss(item('1', 'One, corrected') + item('2', 'Two')), slices))).toEqual(['One, corrected']);
  });

  it('reads all when a new entry has the id of a known one: such an id is none', async () => {
    const link = (path: string) => `<link>https://news.example/${path}</link>`;
    const { slices } = await feed(rss(item('same', 'One', link('1'))), unsliced);
    const document = rss(item('same', 'Two', link('2')) + item('same', 'One', link('1')));
    const second = await feed(document, slices);
    expect(second.document).toEqual((await feed(document, null)).document);
    expect(second.slices).toBe(unsliced);
  });

  it('reads an entry again when its letters mean something else now', async () => {
    const entity = (text: string) => `<!DOCTYPE rss [<!ENTITY paper "${text}">]>`;
    const items = item('1', '&paper;');
    const { slices } = await feed(rss(items, entity('The Post')), unsliced);
    expect(titles(await feed(rss(items, entity('The Mail')), slices))).toEqual(['The Mail']);
    const prefixed = (space: string) =>
      rss(item('1', 'One', '<x:title>Two</x:title>')).replace('<rss', `<rss xmlns:x="${space}"`);
    const bound = await feed(prefixed('http://purl.org/dc/elements/1.1/'), unsliced);
    expect(titles(await feed(prefixed('http://purl.org/dc/terms/'), bound.slices))).toEqual(['One']);
  });

  it.each([
    ['an end tag in a section', item('1', 'One', '<description><![CDATA[</item>]]></description>')],
    ['something to mend', item('1', 'One & two')],
    ['an element that was left open', item('1', 'One', '<open>')],
    ['no end tag', '<item><guid>1</guid><title>One</title>'],
  ])('reads again what it is not sure of: %s', async (_, unsure) => {
    const document = rss(unsure);
    const { slices } = await feed(document, unsliced);
    expect(titles(await feed(document, slices))).toHaveLength(1);
  });

  it('asks for no slices, and gets none', async () => {
    expect((await feed(rss(item('1', 'One')), null)).slices).toBe(unsliced);
  });

  it('reads all when links are relative to another address', async () => {
    const document = (site: string) =>
      rss(item('1', 'One', '<link>story/1</link>'), '').replace('<item>', `<link>${site}</link><item>`);
    const { slices } = await feed(document('https://news.example/a/'), unsliced);
    const second = await feed(document('https://news.example/b/'), slices);
    expect(second.document.entries).toMatchObject([{ link: 'https://news.example/b/story/1' }]);
  });

  it('reads again an entry that binds a prefix, for those behind it speak with it', async () => {
    const binds = item('1', 'One', '<x:y xmlns:x="http://purl.org/dc/elements/1.1/"/>');
    const document = rss(binds + item('2', '', '<x:title>Two</x:title>'));
    const { slices } = await feed(document, unsliced);
    const third = '<item><x:title>Three</x:title></item>';
    const second = await feed(document.replace('</channel>', `${third}</channel>`), slices);
    expect(titles(second)).toEqual(['One', 'Three']);
  });

  it('reads again entries that have one name: which of them counts is seen only when all are read', async () => {
    const document = rss(item('1', 'One') + item('1', 'Other') + item('2', 'Two'));
    const { slices } = await feed(document, unsliced);
    expect(titles(await feed(document, slices))).toEqual(['One', 'Other']);
  });

  it('says of a document what a whole reading says, whatever happened to it', async () => {
    const twoLooks = fc.oneof(
      fc.tuple(anyDocument, edits).map(([document, changes]) => [document, edited(document, changes)] as const),
      fc.tuple(mutant, edits).map(([document, changes]) => [document, edited(document, changes)] as const),
    );
    let passedOver = 0;
    await fc.assert(
      fc.asyncProperty(twoLooks, async ([before, after]) => {
        const first = await look(before, unsliced);
        if (first.kind !== 'feed') return;
        const [second, whole] = [await look(after, first.slices), await look(after, unsliced)];
        expect(second.kind).toBe(whole.kind);
        if (second.kind !== 'feed' || whole.kind !== 'feed') return;
        expect(marksOf(second)).toEqual(marksOf(whole));
        expect({ ...second.document, entries: [] }).toEqual({ ...whole.document, entries: [] });
        expect(second.slices).toEqual(whole.slices);
        passedOver += second.passedOver.length;
      }),
      { numRuns: 1_000 },
    );
    expect(passedOver).toBeGreaterThan(100); // else it has shown nothing
  });
});
