/** Feed documents as publishers write them, each beside a file that says why it is here and what to expect. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../shared/feed/parse.ts';
import { iso } from '../../shared/time.ts';

interface Expectation {
  readonly why: string;
  readonly contentType: string | null;
  readonly document: string;
  /** Where it came from; a file when absent. */
  readonly url?: string;
  readonly expect: {
    readonly problem?: string;
    readonly distinctIds?: number;
    /** As many as there are; of each only what is named. Instants as ISO 8601. */
    readonly entries?: readonly Record<string, unknown>[];
    readonly [field: string]: unknown;
  };
}

const folder = new URL('../corpora/feeds/', import.meta.url);
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.expect.json'))
  .map((file) => ({
    slug: file.replace('.expect.json', ''),
    ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Expectation),
  }));

describe('the corpus of feeds', () => {
  it('is there, and every document has its expectation', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150);
    const documents = readdirSync(folder).filter((file) => !file.endsWith('.expect.json'));
    expect(cases.map(({ document }) => document).sort()).toEqual(documents.sort());
  });

  it.each(cases)('$slug: $why', async ({ document, contentType, url, expect: expected }) => {
    const result = await parseFeed(readFileSync(new URL(document, folder)), contentType, url ?? '');
    if (expected.problem !== undefined) {
      expect(result).toMatchObject({ kind: 'problem', why: expected.problem });
      return;
    }
    if (result.kind !== 'feed') throw new Error(result.message);
    const { distinctIds, entries, ...feed } = expected;
    expect(result.document).toMatchObject(feed);
    const shown = result.document.entries.map((entry) => ({
      ...entry,
      publishedAt: entry.publishedAt === null ? null : iso(entry.publishedAt),
    }));
    expect(shown).toMatchObject(entries ?? []);
    expect(shown).toHaveLength(entries?.length ?? 0);
    if (distinctIds !== undefined) expect(new Set(shown.map(({ id }) => id)).size).toBe(distinctIds);
  });
});
