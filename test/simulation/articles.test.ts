/** Whole articles from the poll to the mail: what only the page says is found, and is kept nowhere. */
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { unpackScanned } from '../../shared/poll/scanned.ts';
import { hitsOfWatch } from '../../shared/store/hits.ts';
import { HOUR } from '../../shared/time.ts';
import { courier, herald, rss, town } from './small-town.ts';
import { simulate } from './world.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const secret =
  'The words that stand at the end of a long article, far from all that matched, are nobody else’s to keep.';
const story = `${'The council of the town met for the whole of an evening and spoke of many things that were of interest. '.repeat(4)}Then it voted for encryption of its letters. ${'Nobody had expected that, and some of the older members asked what it would cost them. '.repeat(4)}${secret}`;
const page = `<!doctype html><html><body><article><p>${story}</p></article></body></html>`;
const encryption = town.watches[0]!;
const withArticles = { ...town, feeds: town.feeds.map((feed) => ({ ...feed, text: 'article' as const })) };

function start() {
  const world = simulate(withArticles, noon);
  world.origin.publish(herald, rss(noon, { 'h-1': 'Council meets' }));
  world.origin.publish('https://news.example/h-1', page, { 'content-type': 'text/html' });
  return world;
}

/** Tables, logs and the texts of all mails. What is compressed in the tables is what the mails say. */
async function everythingIn(world: ReturnType<typeof simulate>): Promise<string> {
  const mails = await Promise.all(world.mailer.accepted.map(({ raw }) => PostalMime.parse(raw)));
  return JSON.stringify([world.news.items(), world.told, mails]);
}

describe('a feed of teasers whose articles are read', () => {
  it('is found by what only the page says, with an excerpt from there', async () => {
    const world = start();
    await world.pass(true);
    const [hit] = await hitsOfWatch(world.news, encryption.id);
    expect(hit).toMatchObject({
      title: { text: 'Council meets' },
      excerpt: { text: expect.stringContaining('voted for encryption') },
    });
    expect(hit?.excerpt?.text.length).toBeLessThanOrEqual(200);
  });

  it('says how many articles could not be read, and matches what their feed says', async () => {
    const world = start();
    world.origin.publish(courier, rss(noon, { 'c-1': 'Encryption is back', 'c-2': 'A bus is late' }));
    await world.pass(true);
    expect(world.told.filter(({ event }) => event === 'polled').map(({ fields }) => fields)).toMatchObject([
      { articlesRead: 1, articlesNotRead: 2, hits: 2 },
    ]);
    const [mail] = world.mailer.accepted;
    expect((await PostalMime.parse(mail?.raw ?? '')).text).toContain(
      'New articles checked: 3\nOf these, not read whole: 2\n',
    );
  });

  it('asks for a page once, while its entry stays as it is', async () => {
    const world = start();
    await world.live(HOUR);
    const mails = await Promise.all(world.mailer.accepted.map(({ raw }) => PostalMime.parse(raw)));
    expect(mails.map(({ text }) => text).join()).not.toContain('not read whole');
    expect(world.origin.asked.filter(({ url }) => url === 'https://news.example/h-1')).toHaveLength(1);
  });

  it('leaves nothing of the page anywhere but the excerpt: not in the tables, mails, logs or the history', async () => {
    const world = start();
    await world.pass(true);
    const kept = [...world.history.days.values()].flat().flatMap(unpackScanned);
    expect(kept).toMatchObject([{ entry: { title: 'Council meets', content: null }, article: 'read' }]);
    const everything = await everythingIn(world);
    expect(everything).toContain('voted for');
    expect(everything).not.toContain('nobody else’s to keep');
  });
});
