/** A second look at a feed reads only what is new, and what it passes over is what an earlier look has read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../shared/feed/entry.ts';
import { type ParseResult, parseFeed } from '../../shared/feed/parse.ts';
import { idMark, type Slices, unsliced } from '../../shared/feed/slices.ts';
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

describe('a second look', () => {
  it.each(inventedFeeds({ seed: 3, count: 12 }))('reads the two new entries of thirty ($kind)', async (invented) => {
    const first = await feed(invented.before, unsliced);
    const second = await feed(invented.after, first.slices);
    const whole = await feed(invented.after, null);
    expect(second.document).toEqual({ ...whole.document, entries: whole.document.entries.slice(0, newEntries) });
    expect([...second.slices.values()].sort()).toEqual(whole.document.entries.map(({ id }) => idMark(id)).sort());
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
    expect(second.slices.size).toBe(0);
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
    expect((await feed(rss(item('1', 'One')), null)).slices.size).toBe(0);
  });

  const said = ({ id, title, summary, content, publishedAt }: Entry) =>
    JSON.stringify([id, title, summary, content, publishedAt]);

  it('passes over nothing that was not read before, whatever happened to the document', async () => {
    const twoLooks = fc.oneof(
      fc.tuple(anyDocument, edits).map(([document, changes]) => [document, edited(document, changes)] as const),
      fc.tuple(mutant, edits).map(([document, changes]) => [document, edited(document, changes)] as const),
    );
    let passedOver = 0;
    await fc.assert(
      fc.asyncProperty(twoLooks, async ([before, after]) => {
        const first = await look(before, unsliced);
        if (first.kind !== 'feed') return;
        const [second, whole] = [await look(after, first.slices), await look(after, null)];
        expect(second.kind).toBe(whole.kind);
        if (second.kind !== 'feed' || whole.kind !== 'feed') return;
        const read = new Set(second.document.entries.map(said));
        const known = new Set(first.document.entries.map(said));
        const missing = whole.document.entries.map(said).filter((entry) => !read.has(entry));
        expect(missing.filter((entry) => !known.has(entry))).toEqual([]);
        passedOver += missing.length;
      }),
      { numRuns: 1_000 },
    );
    expect(passedOver).toBeGreaterThan(100); // else it has shown nothing
  });
});
