import { describe, expect, it } from 'vitest';
import { noteOf, packNote, unpackNote, whatChanges } from '../../../infra/aws/what-changes.ts';
import type { Config } from '../../../shared/watch/config.ts';
import { fileOf, read } from '../../watch/file-of.ts';

const configIn = (changed: Readonly<Record<string, string>>): Config => {
  const result = read(fileOf(changed));
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.config;
};
const two = {
  feeds: 'feeds: [{url: https://a.example/feed.xml, name: A}, {url: https://b.example/feed.xml, name: B}]',
  watches: 'watches: [{watch: Padlocks}, {watch: Keys}]',
  digests: 'digests: [{digest: Brief, watches: [Padlocks], when: every day at 07:00, to: [a@example.org]}]',
};
/** What a deployment of `two` with these sections in place of its own would tell. */
const told = (changed: Readonly<Record<string, string>>) =>
  whatChanges(unpackNote(packNote(noteOf(configIn(two)))), noteOf(configIn({ ...two, ...changed })));

describe('what changes for people', () => {
  it('is everything at the first deployment', () => {
    expect(whatChanges(null, noteOf(configIn(two)))).toEqual({
      sentences: ['All is new: 2 feeds, 2 watches, 1 digest.'],
      takesAway: false,
    });
  });

  it('is nothing when nothing changed, and when only examples did', () => {
    expect(told({}).sentences).toEqual([]);
    const examples = 'watches: [{watch: Padlocks, examples: {match: [Padlocks for all]}}, {watch: Keys}]';
    expect(told({ watches: examples })).toEqual({ sentences: [], takesAway: false });
  });

  it('names feeds, watches and digests that come', () => {
    const more = {
      feeds: `${two.feeds.slice(0, -1)}, {url: https://c.example/feed.xml, name: C}]`,
      watches: 'watches: [{watch: Padlocks}, {watch: Keys}, {watch: Locks}]',
      digests: `${two.digests.slice(0, -1)}, {digest: Late, watches: [Keys], when: every day at 19:00}]`,
    };
    expect(told(more)).toEqual({
      sentences: ['1 feed comes: "C".', '1 watch comes: "Locks".', '1 digest comes: "Late".'],
      takesAway: false,
    });
  });

  it('names what goes, and says that this takes something away', () => {
    expect(told({ feeds: 'feeds: [{url: https://a.example/feed.xml, name: A}]' })).toEqual({
      sentences: ['1 feed is read no more: "B".'],
      takesAway: true,
    });
    expect(told({ watches: 'watches: [{watch: Padlocks}]' }).sentences).toEqual([
      '1 watch is looked for no more: "Keys".',
    ]);
    const renamed = told({ digests: 'digests: [{digest: Late, watches: [Padlocks], when: every day at 07:00}]' });
    expect(renamed.sentences).toEqual([
      '1 digest comes: "Late".',
      '1 digest goes: its subscribers get no further issue: "Brief".',
    ]);
    expect(renamed.takesAway).toBe(true);
  });

  it('says how a digest is altered', () => {
    const digest = (keys: string) => told({ digests: `digests: [{digest: Brief, ${keys}}]` }).sentences;
    expect(digest('watches: [Padlocks], when: every weekday at 08:00, to: [a@example.org]')).toEqual([
      'Digest "Brief" comes every weekday at 08:00 (Europe/London), not every day at 07:00 (Europe/London).',
    ]);
    expect(digest('watches: [Keys], when: every day at 07:00, to: [a@example.org, b@example.org]')).toEqual([
      'Digest "Brief" has 1 watch more; has lost 1 watch; goes to 2 addresses of the file, not 1.',
    ]);
    expect(digest('watches: [Padlocks], when: every day at 07:00, to: [b@example.org]')).toEqual([
      'Digest "Brief" is altered.',
    ]);
  });

  it('says which watches and feeds are altered', () => {
    expect(told({ watches: 'watches: [{watch: Padlocks, any: [bolt]}, {watch: Keys}]' }).sentences).toEqual([
      '1 watch looks for something else: "Padlocks".',
    ]);
    expect(told({ feeds: two.feeds.replace('name: A', 'name: A, excerpt: 0') }).sentences).toEqual([
      '1 feed is read another way: "A".',
    ]);
  });

  it('counts what would be too many to name', () => {
    const feeds = Array.from({ length: 15 }, (_, at) => `{url: https://n${at}.example/feed.xml, name: N${at}}`);
    const { sentences } = told({ feeds: `${two.feeds.slice(0, -1)}, ${feeds.join(', ')}]` });
    expect(sentences).toEqual(['15 feeds come: "N0", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", 5 more.']);
  });

  it('is kept in a note that holds no address, that fits the template, and that nothing else is taken for', () => {
    const packed = packNote(noteOf(configIn(two)));
    expect(JSON.stringify(unpackNote(packed))).not.toMatch(/@|https?:/);
    for (const other of [undefined, 7, '', 'H4sI', Buffer.from('{}').toString('base64')]) {
      expect(unpackNote(other)).toBeNull();
    }
    const config = configIn(two);
    const [feed] = config.feeds;
    const feeds = Array.from({ length: 20_000 }, (_, at) => ({
      ...feed!,
      id: `${(at * 2_654_435_761).toString(16).padStart(16, '0')}`,
      name: `Gazette of the borough number ${at}`,
    }));
    expect(packNote(noteOf({ ...config, feeds })).length).toBeLessThan(600_000); // of 1 MB
  });
});
