import { describe, expect, it } from 'vitest';
import { isDue } from '../../shared/poll/due.ts';
import type { FeedState } from '../../shared/poll/feed-state.ts';
import { judge, lastRead } from '../../shared/poll/judge.ts';
import { DAY, HOUR, MINUTE } from '../../shared/time.ts';
import { entry, failed, feedAt, noon, read, unchanged } from './situations.ts';

const feed = feedAt();
const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);

/** The state after a first look at these entries. */
function afterLookAt(...entries: Parameters<typeof read>[0]): FeedState {
  const { state } = judge(feed, null, read(entries), noon);
  if (state === null) throw new Error('a first look is remembered');
  return state;
}

describe('the first look', () => {
  it('takes what was published in the last 24 hours and remembers the rest', () => {
    const old = entry('old', { publishedAt: noon - 25 * HOUR });
    const verdict = judge(feed, null, read([entry('new'), old]), noon);
    expect(ids(verdict.news)).toEqual(['new']);
    expect(verdict.state).toMatchObject({ scanned: 1, remembered: 1 });
    expect(judge(feed, verdict.state, read([entry('new'), old]), noon + HOUR).news).toEqual([]);
  });

  it('obeys the hours of the feed', () => {
    const old = entry('old', { publishedAt: noon - 47 * HOUR });
    expect(ids(judge(feedAt(feed.url, { firstLookHours: 48 }), null, read([old]), noon).news)).toEqual(['old']);
    expect(judge(feedAt(feed.url, { firstLookHours: 0 }), null, read([entry('new')]), noon).news).toEqual([]);
  });

  it('42: remembers entries without a date, and takes those dated in the future', () => {
    const verdict = judge(
      feed,
      null,
      read([entry('undated', { publishedAt: null }), entry('future', { publishedAt: noon + 365 * DAY })]),
      noon,
    );
    expect(ids(verdict.news)).toEqual(['future']);
  });

  it('is still the first after failures', () => {
    const { state } = judge(feed, null, failed(), noon);
    expect(state).toMatchObject({ firstReadAt: null, failing: { since: noon } });
    const verdict = judge(feed, state, read([entry('a', { publishedAt: noon - 30 * HOUR })]), noon + HOUR);
    expect(verdict.news).toEqual([]);
    expect(verdict.state).toMatchObject({ firstReadAt: noon + HOUR, failing: null });
  });

  it('of an empty document is remembered, so that the next entry is news whatever its date', () => {
    const state = afterLookAt();
    expect(ids(judge(feed, state, read([entry('a', { publishedAt: null })]), noon + HOUR).news)).toEqual(['a']);
  });
});

describe('a further look', () => {
  it('writes nothing when nothing is new', () => {
    const state = afterLookAt(entry('a'), entry('b'));
    expect(judge(feed, state, unchanged(), noon + HOUR)).toMatchObject({ news: [], entriesInDocument: 0, state: null });
    const reordered = read([entry('b'), entry('a')], { bodyHash: 'other bytes' });
    expect(judge(feed, state, reordered, noon + HOUR)).toMatchObject({ news: [], entriesInDocument: 2, state: null });
  });

  it('finds what is new, whatever its date', () => {
    const verdict = judge(
      feed,
      afterLookAt(entry('a')),
      read([entry('b', { publishedAt: noon - 400 * DAY }), entry('a')]),
      noon,
    );
    expect(ids(verdict.news)).toEqual(['b']);
    expect(verdict.state).toMatchObject({ newsAt: noon, scanned: 2, rev: 2 });
  });

  it('40: takes an edited entry again, and only once', () => {
    const state = afterLookAt(entry('a'), entry('b'));
    const edit = [entry('a', { title: 'Another headline' }), entry('b')];
    const verdict = judge(feed, state, read(edit), noon);
    expect(ids(verdict.news)).toEqual(['a']);
    expect(judge(feed, verdict.state, read(edit), noon).news).toEqual([]);
  });

  it('does not call an entry edited for its link or date', () => {
    const moved = entry('a', { link: 'https://news.example/a?utm_source=rss', publishedAt: noon });
    expect(judge(feed, afterLookAt(entry('a')), read([moved]), noon).news).toEqual([]);
  });

  it('38: counts an id that stands twice in a document once', () => {
    expect(ids(judge(feed, afterLookAt(), read([entry('a'), entry('a', { title: 'Twin' })]), noon).news)).toEqual([
      'a',
    ]);
  });

  it('21: keeps the known entries when a document comes back empty', () => {
    const state = afterLookAt(entry('a'));
    const empty = judge(feed, state, read([]), noon);
    expect(empty.state).toBeNull();
    expect(judge(feed, empty.state ?? state, read([entry('a')]), noon).news).toEqual([]);
  });

  it('knows entries again that left the document and came back', () => {
    const state = afterLookAt(entry('a'), entry('b'));
    const without = judge(feed, state, read([entry('c'), entry('b')]), noon).state;
    expect(judge(feed, without, read([entry('c'), entry('b'), entry('a')]), noon).news).toEqual([]);
  });

  it('37: remembers every entry of a document of a thousand', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => entry(`entry ${n}`));
    const state = afterLookAt(...many);
    expect(judge(feed, state, read(many), noon).news).toEqual([]);
    expect(ids(judge(feed, state, read([...many, entry('one more')]), noon).news)).toEqual(['one more']);
    expect(state.marks.length).toBe(11_000);
  });
});

describe('a failure', () => {
  it('is remembered once, with its beginning', () => {
    const first = judge(feed, afterLookAt(entry('a')), failed(), noon);
    expect(first.state?.failing).toEqual({ since: noon, why: 'not found', detail: 'The server answered 404.' });
    expect(judge(feed, first.state, failed(), noon + HOUR).state).toBeNull();
  });

  it('keeps its beginning when its reason changes', () => {
    const { state } = judge(feed, afterLookAt(entry('a')), failed(), noon);
    const verdict = judge(feed, state, failed({ why: 'timeout', detail: 'No answer.' }), noon + HOUR);
    expect(verdict.state?.failing).toEqual({ since: noon, why: 'timeout', detail: 'No answer.' });
  });

  it('leaves what was seen and the validators as they are', () => {
    const state = afterLookAt(entry('a'));
    const verdict = judge(feed, state, failed(), noon);
    expect(verdict.state).toMatchObject({ marks: state.marks, validators: state.validators, bodyHash: state.bodyHash });
    expect(judge(feed, verdict.state, read([entry('a')]), noon).news).toEqual([]);
  });

  it('ends only with a document that was read: a failing feed is asked without validators', () => {
    const good = afterLookAt(entry('a'));
    expect(lastRead(good)).toEqual({ validators: good.validators, bodyHash: good.bodyHash });
    const { state } = judge(feed, good, failed(), noon);
    expect(lastRead(state)).toEqual({ validators: null, bodyHash: null });
    const healed = judge(feed, state, read([entry('a')]), noon + HOUR);
    expect(healed.state?.failing).toBeNull();
  });

  it('remembers until when the publisher does not want to be asked', () => {
    const { state } = judge(feed, null, failed({ why: 'blocked', retryAfterSeconds: 1_800 }), noon);
    expect(state?.notBeforeAt).toBe(noon + 30 * MINUTE);
  });
});

describe('36: a document that was read only in part', () => {
  const document = { title: 'News', link: null, format: 'rss' as const, repaired: true };
  const cut = (...entries: Parameters<typeof read>[0]) =>
    read(entries, {
      document: {
        ...document,
        entries,
        flaw: { why: 'cut off', detail: 'The document ends before its end.' },
        pace: null,
      },
      validators: null,
    });

  it('gives its whole entries, and is a failure that readers are told of', () => {
    const verdict = judge(feed, afterLookAt(entry('a')), cut(entry('b'), entry('a')), noon);
    expect(ids(verdict.news)).toEqual(['b']);
    expect(verdict.state?.failing).toEqual({
      since: noon,
      why: 'cut off',
      detail: 'The document ends before its end.',
      partial: true,
    });
  });

  it('writes nothing more while it stays so, and is fine again once all is read', () => {
    const { state } = judge(feed, afterLookAt(entry('a')), cut(entry('a')), noon);
    expect(judge(feed, state, cut(entry('a')), noon + HOUR).state).toBeNull();
    expect(judge(feed, state, read([entry('a')]), noon + HOUR).state?.failing).toBeNull();
  });
});

describe('validators', () => {
  it('that come with a 304 are kept (row 23)', () => {
    const state = afterLookAt(entry('a'));
    const newer = { url: feed.url, etag: '"2"', lastModified: null };
    expect(judge(feed, state, unchanged({ validators: newer }), noon + HOUR).state?.validators).toEqual(newer);
  });

  it('and what is known stay as they are when a document has no entries (row 21)', () => {
    const state = afterLookAt(entry('a'));
    const emptied = judge(feed, state, read([], { validators: null, bodyHash: 'empty' }), noon + HOUR);
    expect(emptied.state).toBeNull();
    const failing = judge(feed, state, failed(), noon + HOUR).state;
    const healed = judge(feed, failing, read([], { validators: null, bodyHash: 'empty' }), noon + 2 * HOUR).state;
    expect(healed).toMatchObject({
      failing: null,
      validators: state.validators,
      bodyHash: state.bodyHash,
      marks: state.marks,
    });
  });

  it('are not sent while entries are held back, so that their names are seen', () => {
    const names = (prefix: string) =>
      Array.from({ length: 6 }, (_, n) => entry(`${prefix}${n}`, { link: `https://news.example/${n}` }));
    const { state } = judge(feed, afterLookAt(...names('a')), read(names('b')), noon + HOUR);
    expect(state?.held).toEqual({ since: noon + HOUR, entries: 6 });
    expect(lastRead(state)).toEqual({ validators: null, bodyHash: null });
  });
});

describe('a feed that moves for good with the very look that brings news', () => {
  it('is asked by the validators of its new address from the look after the next on (row 26)', () => {
    const there = 'https://new.example/feed';
    const given = { url: there, etag: '"1"', lastModified: null };
    const look = (state: FeedState | null, ids: readonly string[], day: number) =>
      judge(
        feed,
        state,
        read(
          ids.map((id) => entry(id)),
          { movedTo: there, validators: given },
        ),
        noon + day * DAY,
      ).state;
    const moved = look(look(null, ['a'], 0), ['b', 'a'], 4);
    expect(moved?.moved?.settled).toBe(true);
    expect(lastRead(moved)).toEqual({ validators: null, bodyHash: null });
    const home = read([entry('b'), entry('a')], { validators: given });
    expect(judge(feed, moved, home, noon + 5 * DAY).state?.validators).toEqual(given);
  });
});

describe('what a publisher asks for', () => {
  const first = judge(feed, null, read([entry('a')], { freshSeconds: 7_200 }), noon).state;

  it('is obeyed from the first look on', () => {
    const ticks = Array.from({ length: 23 }, (_, n) => noon + (n + 1) * 5 * MINUTE);
    expect(ticks.filter((at) => isDue(feed, first, { since: at - 5 * MINUTE, at }))).toEqual([]);
  });

  it('is remembered at once when it is more, and with the next news when it is less', () => {
    const later = noon + 3 * HOUR;
    const more = judge(feed, first, unchanged({ freshSeconds: 10_800 }), later).state;
    expect(more?.rest?.freshMinutes).toBe(180);
    const less = unchanged({ freshSeconds: 60 });
    expect((judge(feed, more, less, later + DAY).state ?? more)?.rest?.freshMinutes).toBe(180);
    const news = read([entry('b'), entry('a')], { freshSeconds: 60 });
    expect(judge(feed, more, news, later + DAY).state?.rest).toBeNull();
  });
});

describe('a guid that a second feed uses as well (row 41)', () => {
  it('leaves the first feed and its entry alone', () => {
    const other = feedAt('https://hostile.example/feed');
    const state = afterLookAt(entry('a'));
    judge(other, null, read([entry('a', { title: 'Hostile' })]), noon);
    expect(judge(feed, state, read([entry('a')]), noon + HOUR).news).toEqual([]);
  });
});
