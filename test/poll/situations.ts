/** Feeds, entries and looks for tests of judging, named by what they are. */
import type { Entry } from '../../shared/feed/entry.ts';
import type { Manner, Outcome } from '../../shared/feed/outcome.ts';
import { unsliced } from '../../shared/feed/slices.ts';
import { idOf } from '../../shared/id.ts';
import { HOUR } from '../../shared/time.ts';
import type { Feed } from '../../shared/watch/config.ts';

export const noon = Date.UTC(2026, 10, 23, 12);

export function feedAt(url = 'https://news.example/feed.xml', change: Partial<Feed> = {}): Feed {
  return {
    id: idOf('feed', url),
    url,
    name: new URL(url).host,
    tags: [],
    everyMinutes: 15,
    excerptChars: 300,
    firstLookHours: 24,
    text: 'feed',
    ...change,
  };
}

export function entry(id: string, change: Partial<Entry> = {}): Entry {
  return {
    id,
    title: `Headline ${id}`,
    link: `https://news.example/${id}`,
    publishedAt: noon - HOUR,
    summary: null,
    content: null,
    ...change,
  };
}

/** At once, from where it was asked, without a word on how long it is good. */
const plainly: Manner = { freshSeconds: null, movedTo: null, tookMs: 300 };

export function read(entries: readonly Entry[], change: Partial<Extract<Outcome, { kind: 'read' }>> = {}): Outcome {
  return {
    kind: 'read',
    document: { title: 'News', link: null, format: 'rss', entries, repaired: false, flaw: null, pace: null },
    passedOver: [],
    slices: unsliced,
    bodyHash: entries.map(({ id, title }) => id + title).join(),
    validators: { url: 'https://news.example/feed.xml', etag: '"1"', lastModified: null },
    ...plainly,
    ...change,
  };
}

export function unchanged(change: Partial<Extract<Outcome, { kind: 'unchanged' }>> = {}): Outcome {
  return { kind: 'unchanged', validators: null, ...plainly, ...change };
}

export function failed(change: Partial<Extract<Outcome, { kind: 'failed' }>> = {}): Outcome {
  return { kind: 'failed', why: 'not found', detail: 'The server answered 404.', retryAfterSeconds: null, ...change };
}
