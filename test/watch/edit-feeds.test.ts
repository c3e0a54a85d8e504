/** Feeds put into watch files of every style: all that stood there stands there still. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NewFeed, withFeeds } from '../../shared/watch/edit-feeds.ts';
import { rawItems } from '../../shared/watch/raw.ts';
import { readYaml } from '../../shared/watch/yaml-source.ts';
import { fileOf, read } from './file-of.ts';

const plain: NewFeed = { url: 'https://new.example/feed', name: null, tags: [] };
const named: NewFeed = {
  url: 'https://named.example/rss?a=1&b=2',
  name: 'Named: the #1',
  tags: ['press', 'uk & world'],
};

function edited(text: string, ...feeds: readonly NewFeed[]): string {
  const result = withFeeds(text, feeds.length > 0 ? feeds : [plain, named]);
  if ('problem' in result) throw new Error(result.problem);
  return result.text;
}

const written = `- https://new.example/feed
  - {url: https://named.example/rss?a=1&b=2, name: "Named: the #1", tags: [press, uk & world]}`;

describe('a feed put into', () => {
  it.each([
    [
      'a list of lines, with comments before, between, on and behind them',
      'feeds:\n  # ours\n  - https://a.example/ # the first\n\n  # theirs\n  - {url: https://b.example/, name: B} # the last\n  # - https://old.example/\n\n# what to look for\nwatches: []\n',
      `feeds:\n  # ours\n  - https://a.example/ # the first\n\n  # theirs\n  - {url: https://b.example/, name: B} # the last\n  ${written}\n  # - https://old.example/\n\n# what to look for\nwatches: []\n`,
    ],
    [
      'a list whose dashes stand at the margin',
      'feeds:\n- https://a.example/\nwatches: []\n',
      `feeds:\n- https://a.example/\n${written.replace('\n  ', '\n')}\nwatches: []\n`,
    ],
    [
      'a list of maps over several lines',
      'feeds:\n    - url: https://a.example/\n      name: A\n      tags:\n        - press\n        - uk # here too\n      # every: 5m\ndigests: []\n',
      `feeds:\n    - url: https://a.example/\n      name: A\n      tags:\n        - press\n        - uk # here too\n    ${written.replace('\n  ', '\n    ')}\n      # every: 5m\ndigests: []\n`,
    ],
    [
      'a list that ends in an OPML file',
      'feeds:\n  - https://a.example/\n  - opml: ours.opml\n',
      `feeds:\n  - https://a.example/\n  - opml: ours.opml\n  ${written}\n`,
    ],
    [
      'a file without a line end at its end',
      'feeds:\n  - https://a.example/',
      `feeds:\n  - https://a.example/\n  ${written}`,
    ],
    [
      'brackets on one line',
      'feeds: [https://a.example/, {url: https://b.example/}] # two\nwatches: []\n',
      'feeds: [https://a.example/, {url: https://b.example/}, https://new.example/feed, {url: https://named.example/rss?a=1&b=2, name: "Named: the #1", tags: [press, uk & world]}] # two\nwatches: []\n',
    ],
    [
      'brackets over several lines, with a comma and a comment at the end',
      'feeds: [\n    https://a.example/,\n    https://b.example/, # the last\n  ]\n',
      'feeds: [\n    https://a.example/,\n    https://b.example/, # the last\n    https://new.example/feed,\n    {url: https://named.example/rss?a=1&b=2, name: "Named: the #1", tags: [press, uk & world]},\n  ]\n',
    ],
    [
      'brackets over several lines, without a comma at the end',
      'feeds: [\n  https://a.example/,\n  https://b.example/ # the [last]\n]\n',
      'feeds: [\n  https://a.example/,\n  https://b.example/, # the [last]\n  https://new.example/feed,\n  {url: https://named.example/rss?a=1&b=2, name: "Named: the #1", tags: [press, uk & world]}\n]\n',
    ],
    [
      'brackets that hold a comment only',
      'feeds: [ # soon\n  ]\n',
      'feeds: [ # soon\n  https://new.example/feed, {url: https://named.example/rss?a=1&b=2, name: "Named: the #1", tags: [press, uk & world]}]\n',
    ],
    ['empty brackets', 'feeds: [] # none yet\nwatches: []\n', `feeds:\n  ${written} # none yet\nwatches: []\n`],
    [
      'a section that has nothing yet',
      'feeds: # none yet\n  # soon\nwatches: []\n',
      `feeds: # none yet\n  ${written}\n  # soon\nwatches: []\n`,
    ],
    [
      'a file without the section',
      '# ours\ndeliver: {zone: UTC}',
      `# ours\ndeliver: {zone: UTC}\n\nfeeds:\n  ${written}\n`,
    ],
    ['an empty file', '', `feeds:\n  ${written}\n`],
  ])('%s', (_name, before, after) => {
    expect(edited(before)).toBe(after);
    // With the line ends of Windows the same, and no other line end.
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    if (before.includes('\n')) expect(edited(windows(before))).toBe(windows(after));
  });

  it.each([
    ['a file that is no YAML', 'feeds: [https://a.example/\nwatches: {', /not valid YAML/],
    ['a file with tabs', 'feeds:\n\t- https://a.example/\n', /a tab stands/],
    ['a list at the top', '- https://a.example/\n', /no sections/],
    ['a section that is a text', 'feeds: https://a.example/\n', /no list/],
    ['a section that is a map', 'feeds:\n  url: https://a.example/\n', /no list/],
  ])('%s is told what to do first', (_name, text, problem) => {
    const result = withFeeds(text, [plain]);
    expect('problem' in result && result.problem).toMatch(problem);
  });

  it('any file is read back as what was there, and the feeds', () => {
    const word = fc.stringMatching(/^[A-Za-zäé:#&*!?'"%@`{}[\],|>. -]{1,30}$/).map((text) => text.trim());
    const name = fc.option(word.filter((text) => text !== ''));
    const tags = fc.array(
      word.filter((text) => text !== ''),
      { maxLength: 3 },
    );
    const path = fc.stringMatching(/^[a-z0-9/?=&,[\]#'~!()*+:@%-]{0,20}$/);
    const added = fc.array(fc.record({ url: path.map((rest) => `https://new.example/${rest}`), name, tags }), {
      minLength: 1,
      maxLength: 4,
    });
    const section = fc.constantFrom(
      'feeds: [https://www.example.org/feed.xml]',
      'feeds:\n  - https://www.example.org/feed.xml # ours',
      'feeds:\n- url: https://www.example.org/feed.xml\n  name: "A # B"',
    );
    fc.assert(
      fc.property(section, added, (feeds, news) => {
        const before = fileOf({ feeds });
        const after = edited(before, ...news);
        const items = rawItems(readYaml(after).value, ['feeds']).map(({ item }) => item);
        const expected = news.map(({ url, name, tags }) =>
          name === null && tags.length === 0
            ? url
            : { url, ...(name === null ? {} : { name }), ...(tags.length === 0 ? {} : { tags }) },
        );
        expect(JSON.parse(JSON.stringify(items.slice(1)))).toEqual(expected);
        expect(readYaml(after).flaws).toEqual([]);
        const [start, end] = [firstDifference(before, after), before.length];
        expect(after.endsWith(before.slice(start, end))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('the starter file makes one right file', () => {
    expect('config' in read(edited(fileOf({}), plain))).toBe(true);
  });
});

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}
