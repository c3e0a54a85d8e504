/** `watchword explain` as a person asks it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Folder, openFolder } from '../folder.ts';

let folder: Folder;

const item = (guid: string, title: string) =>
  `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title></item>`;

beforeAll(async () => {
  folder = await openFolder();
  await folder.write(
    'watch.yaml',
    `deliver: {from: alerts@watchword.example, zone: UTC}
feeds: [https://news.example/feed]
watches:
  - {watch: Fines, near: {within: 3, all: [[Thames Water], [fine~]]}}
  - {watch: Floods, any: [flood~], none: [flood of letters]}
digests:
  - {digest: Brief, watches: [Fines, Floods], when: every day at 07:00}
`,
  );
  await folder.write(
    'feed.xml',
    `<rss version="2.0"><channel><title>News</title>${[
      item('a1', 'Thames Water opens a school'),
      item('a2', 'A flood of letters'),
      item('a3', 'Floods'),
      item('a4', 'A bus'),
    ].join('')}</channel></rss>`,
  );
});
afterAll(() => folder.remove());

describe('watchword explain', () => {
  it('shows hits and near misses, each in a line', async () => {
    const { code, out, err } = await folder.run('explain', 'feed.xml');
    expect(code, err).toBe(0);
    expect(out).toBe(`feed.xml: 1 of 4 articles match, 2 more come near
  Thames Water opens a school
    Fines   not: near: Thames Water found, no fine~ within 3 words
  A flood of letters
    Floods  not: none: flood of letters takes it away
  Floods
    Floods  fired: flood~ in the headline (“Floods”)
`);
  });

  it('shows all, of one watch and one article, when asked to', async () => {
    const { out } = await folder.run('explain', 'feed.xml', '--all', '--only', 'Fines', '--entry', 'a BUS');
    expect(out).toContain('A bus\n    Fines  not: near: no Thames Water, no fine~\n');
    expect(out).not.toContain('letters');
  });

  it('says the same as JSON, a line for each article and watch', async () => {
    const { out } = await folder.run('explain', 'feed.xml', '--json');
    const lines = out.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        source: 'feed.xml',
        watch: 'Fines',
        entry: { id: 'a1', title: 'Thames Water opens a school', link: null },
        fired: false,
        missing: 'near: Thames Water found, no fine~ within 3 words',
        found: ['Thames Water'],
      },
      expect.objectContaining({ watch: 'Floods', fired: false, found: ['flood~'] }),
      expect.objectContaining({
        watch: 'Floods',
        fired: true,
        matches: [{ line: 'flood~', field: 'title', start: 0, end: 6, text: 'Floods' }],
      }),
    ]);
  });

  it('names the watch that was meant, and an article that is not there', async () => {
    const wrong = await folder.run('explain', 'feed.xml', '--only', 'Flods');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('no watch “Flods”; did you mean "Floods"?')]);
    const none = await folder.run('explain', 'feed.xml', '--entry', 'a9');
    expect([none.code, none.err]).toEqual([1, 'No article has the id or the headline “a9”.\n']);
  });
});
