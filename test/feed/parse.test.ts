/** What no single document of the corpus shows: limits, and that nothing at all makes the parser throw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeedDocument } from '../../shared/feed/entry.ts';
import { parseFeed } from '../../shared/feed/parse.ts';
import { limits } from '../../shared/limits.ts';
import { mutant } from './mutants.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const fill = (piece: string, size: number): string => piece.repeat(Math.floor(size / piece.length));
const rss = (items: string): string => `<rss version="2.0"><channel><title>t</title>${items}</channel></rss>`;
const item = (inside: string): string => rss(`<item><guid>1</guid>${inside}</item>`);

async function read(text: string): Promise<FeedDocument> {
  const result = await parseFeed(bytes(text), null, 'https://news.example/feed');
  if (result.kind !== 'feed') throw new Error(result.message);
  return result.document;
}

describe('documents without measure', () => {
  it('37: of too many entries the newest count, at whichever end they are, and it is flagged', async () => {
    const day = (n: number): string => new Date(Date.UTC(2020, 0, 1) + n * 60_000).toUTCString();
    const items = (order: readonly number[]): string =>
      rss(order.map((n) => `<item><guid>${n}</guid><pubDate>${day(n)}</pubDate></item>`).join(''));
    const rising = Array.from({ length: 10_000 }, (_, n) => n);
    for (const order of [rising, rising.toReversed()]) {
      const document = await read(items(order));
      expect(document.entries).toHaveLength(limits.entriesMax);
      expect(document.entries.map(({ id }) => id)).toContain('9999');
      expect(document.entries.map(({ id }) => id)).toContain('9000');
      expect(document.repaired).toBe(true);
    }
  });

  it('38: a guid of 100 kB becomes a short id, the same each time', async () => {
    const long = rss(`<item><guid>${fill('x', 100_000)}</guid></item>`);
    const [first, second] = [await read(long), await read(long)];
    expect(first.entries[0]!.id.length).toBeLessThan(100);
    expect(first.entries[0]!.id).toBe(second.entries[0]!.id);
  });

  it('38: without guid and link the id is made of title and date', async () => {
    const one = '<item><title>One</title><pubDate>2026-03-02</pubDate></item>';
    const other = '<item><title>One</title><pubDate>2026-03-03</pubDate></item>';
    const [document, again] = [await read(rss(one + other)), await read(rss(other))];
    expect(document.entries[0]!.id).not.toBe(document.entries[1]!.id);
    expect(document.entries[1]!.id).toBe(again.entries[0]!.id);
  });

  it('a document over the limit is refused unread', async () => {
    const result = await parseFeed(new Uint8Array(limits.bodyBytesMax + 1), null, '');
    expect(result).toMatchObject({ kind: 'problem', why: 'too large' });
  });

  it('a text over the limit is cut, and the entry stays', async () => {
    const document = await read(item(`<description>${fill('word ', 2_000_000)}</description><title>T</title>`));
    expect(document.entries[0]!.summary!.length).toBeLessThanOrEqual(limits.fieldCharsMax);
    expect(document.entries[0]!.title).toBe('T');
  });
});

describe('a document after a broken one', () => {
  it('is read as if it had been the first', async () => {
    const good = bytes(item('<title>Good</title>'));
    const alone = await parseFeed(good, null, '');
    await parseFeed(bytes('<rss><channel><item><title>&'), null, '');
    expect(await parseFeed(good, null, '')).toEqual(alone);
  });
});

describe('whatever the bytes are', () => {
  const anything = fc.oneof(
    mutant,
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: 'binary' }).map((text) => bytes(item(`<title>${text}</title><${text}`))),
  );

  it('the parser answers, every text is readable, every link is a web address, no prototype changes', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    await fc.assert(
      fc.asyncProperty(anything, async (input) => {
        const result = await parseFeed(input, null, 'https://news.example/feed');
        if (result.kind === 'problem') {
          // Repaired XML is well-formed, whatever it was: only JSON may turn out unreadable.
          if (result.why === 'unreadable') expect(result.message).toContain('JSON');
          return;
        }
        for (const { id, title, link, summary, content } of result.document.entries) {
          expect(id).not.toBe('');
          if (link !== null) expect(link).toMatch(/^https?:\/\/[^\s<>"]+$/);
          for (const text of [title, summary, content]) {
            if (text === null) continue;
            expect(text).toBe(text.trim());
            expect(text).not.toBe('');
            expect(text.isWellFormed()).toBe(true);
          }
        }
      }),
      { numRuns: 1_500 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
    expect('polluted' in {}).toBe(false);
  });
});
