import { describe, expect, it } from 'vitest';
import type { Entry } from '../../shared/feed/entry.ts';
import type { Feed } from '../../shared/watch/config.ts';
import { hitOf } from '../../shared/watch/hit.ts';
import { matcherOf } from '../../shared/watch/match.ts';
import { watchOf } from './watch-of-lines.ts';

const feed: Feed = {
  id: 'f',
  url: 'https://example.org/feed',
  name: 'The Gazette',
  tags: [],
  everyMinutes: 15,
  excerptChars: 60,
  firstLookHours: 24,
  text: 'feed' as const,
};
const entry: Entry = {
  id: '1',
  title: 'Chats were encrypted',
  link: 'https://example.org/1',
  publishedAt: 5,
  summary: 'Ministers ask why.',
  content: 'Long after that, the committee was told that Signal is used by nearly everybody in the building.',
};

function hit(of: Partial<Entry> = {}, excerptChars = feed.excerptChars) {
  const whole = { ...entry, ...of };
  const [match] = matcherOf([watchOf({ any: ['encryption~', 'Signal'] })]).match(whole, { feed, day: '2026-11-23' });
  return hitOf({ ...feed, excerptChars }, whole, match!, 7);
}

describe('a hit', () => {
  it('says what was found where, when, and why', () => {
    expect(hit()).toMatchObject({
      watch: 'watch',
      feed: 'f',
      outlet: 'The Gazette',
      title: { text: 'Chats were encrypted', marks: [[11, 20]] },
      link: 'https://example.org/1',
      publishedAt: 5,
      foundAt: 7,
      reasons: [
        { line: 'encryption~', field: 'title', text: 'encrypted' },
        { line: 'Signal', field: 'content', text: 'Signal' },
      ],
    });
  });

  it('has the excerpt from the text that matched, around the match', () => {
    const { excerpt } = hit({}, 50);
    expect(excerpt?.text).toMatch(/^….* Signal .*…$/);
    expect(excerpt?.marks.map(([start, end]) => excerpt.text.slice(start, end))).toEqual(['Signal']);
  });

  it('has the beginning of the summary when only the title matched', () => {
    expect(hit({ content: null }).excerpt).toEqual({ text: 'Ministers ask why.', marks: [] });
    expect(hit({ summary: null, content: null }).excerpt).toBeNull();
  });

  it('shows nothing of the text of a feed that allows the title only', () => {
    const { excerpt, reasons, title } = hit({}, 0);
    expect(excerpt).toBeNull();
    expect(reasons.map(({ text }) => text)).toEqual(['encrypted', null]);
    expect(title.text).toBe('Chats were encrypted');
    expect(JSON.stringify(hit({ title: null }, 0))).not.toContain('committee');
  });

  it('without a title is called by its text, if that may be shown', () => {
    expect(hit({ title: null }).title.text).toBe('Ministers ask why.');
    expect(hit({ title: null }, 0).title.text).toBe('Untitled article');
  });

  it('has a title of 300 characters at most', () => {
    const { title } = hit({ title: `encrypted ${'👨‍👩‍👧'.repeat(100)}` });
    expect(title.text.length).toBeLessThanOrEqual(300);
    expect(title.text).toMatch(/👨‍👩‍👧…$/u);
    expect(title.marks).toEqual([[0, 9]]);
  });

  it('tells one place of each line in each field', () => {
    expect(hit({ content: 'Signal '.repeat(1_000) }).reasons).toHaveLength(2);
  });

  it('names the entry by its feed too: the same id elsewhere is another entry', () => {
    const [match] = matcherOf([watchOf('encryption~')]).match(entry, { feed: null, day: '2026-11-23' });
    expect(hitOf({ ...feed, id: 'g' }, entry, match!, 7).entry).not.toBe(hit().entry);
    expect(hit().entry).toBe(hit({ title: 'Encrypted again' }).entry);
  });
});
