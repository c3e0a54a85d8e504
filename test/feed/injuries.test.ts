/** What happens to feeds on their way out of a publisher's system, done to whole feeds: every entry is still found. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FeedDocument } from '../../shared/feed/entry.ts';
import { parseFeed } from '../../shared/feed/parse.ts';
import { inventedFeeds } from '../bench/parse/invented-feeds.ts';

const seeds = new URL('../../seeds/feeds/', import.meta.url);
const feeds: readonly string[] = [
  ...readdirSync(seeds)
    .filter((file) => file.endsWith('.xml'))
    .map((file) => readFileSync(new URL(file, seeds), 'utf8')),
  ...inventedFeeds({ seed: 7, count: 8 }).map(({ after }) => Buffer.from(after).toString()),
];

async function read(document: string | Uint8Array, contentType: string | null = null): Promise<FeedDocument> {
  const result = await parseFeed(Buffer.from(document), contentType, 'https://news.example/feed');
  if (result.kind !== 'feed') throw new Error(result.message);
  return result.document;
}

const idsOf = ({ entries }: FeedDocument) => entries.map(({ id }) => id);
const count = (text: string, form: RegExp) => text.match(form)?.length ?? 0;

/** Into the first text of the first entry. */
const intoText = (text: string, what: string) =>
  text.replace(/(<title[^>]*>(?:<!\[CDATA\[)?)(?=[^<]{3})/g, `$1${what}`);
const behindFirst = (text: string, tag: RegExp, what: string) => text.replace(tag, (found) => found + what);

const injuries: Readonly<Record<string, (feed: string) => string | Uint8Array>> = {
  'a bare & in titles': (feed) => intoText(feed, 'AT&T & '),
  'a bare & in an attribute': (feed) =>
    behindFirst(feed, /<(?:item|entry)[^>]*>/, '<source url="https://a.example/?a=1&b=2">x</source>'),
  '<br> in titles': (feed) => intoText(feed, 'one<br>two '),
  'a stray </b> in titles': (feed) => intoText(feed, 'bold</b> '),
  'a < b in titles': (feed) => intoText(feed, 'a < b '),
  'an attribute without quotes': (feed) =>
    behindFirst(feed, /<(?:item|entry)[^>]*>/, '<enclosure url=https://a.example/1.mp3 length=1 type=audio/mpeg />'),
  'a warning of PHP before the XML': (feed) =>
    `<br />\n<b>Warning</b>:  include(x.php): failed to open stream in <b>/srv/feed.php</b> on line <b>3</b><br />\n${feed}`,
  'no version': (feed) => feed.replace(/<(rss|feed)([^>]*?) version="[^"]*"/, '<$1$2'),
  'names in capitals': (feed) =>
    feed.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<\/?[\w:]+/g, (part) => (part.startsWith('<!') ? part : part.toUpperCase())),
  'one date that is none': (feed) =>
    feed.replace(/(<(?:pubDate|dc:date|updated|published)>)[^<]*/, '$1the day before yesterday'),
  'a blank line before the XML': (feed) => `\n \n${feed}`,
  'control characters': (feed) => intoText(feed, 'a\u0001b\u0008c\u000b '),
  'entities that nobody declared': (feed) => intoText(feed, '&nbsp;&eacute;&nosuch; '),
  'a prefix that nobody declared': (feed) =>
    behindFirst(feed, /<(?:item|entry)[^>]*>/, '<zz:thing zz:a="b">x</zz:thing>'),
  'a DOCTYPE': (feed) =>
    feed.replace(
      /^(<\?xml[^>]*>)?/,
      '$1<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1/rss.dtd">',
    ),
  'junk at the end': (feed) => `${feed}\n<!-- served in 0.2 s -->\n<script>track()</script>\0\0`,
  'two prologs': (feed) => `<?xml version="1.0" encoding="utf-8"?>\n${feed}`,
  'a comment with -- in it': (feed) => behindFirst(feed, /<(?:item|entry)[^>]*>/, '<!-- a -- b <title> -->'),
  'end tags that are missing': (feed) => feed.replace(/<\/(?:pubDate|category|dc:creator|author)>/g, ''),
  'the end of the first section is missing': (feed) => feed.replace(/\]\]>(?=<\/(?:description|content:encoded)>)/, ''),
  'a byte flipped in each kilobyte': (feed) => flipped(Buffer.from(feed)),
  'a charset that it is not in': (feed) => Buffer.from(feed.replace(/encoding=(["'])[^"']*\1/, 'encoding="utf-16"')),
};

/** Within texts: what a broken disk does to tags is a cut of its own. */
function flipped(bytes: Buffer): Buffer {
  const broken = Buffer.from(bytes);
  for (let at = 700; at < broken.length; at += 1_000) {
    const word = broken.indexOf(' the ', at);
    if (word > 0) broken[word + 2] = 0x80 | broken[word + 2]!;
  }
  return broken;
}

describe('a feed that was injured', () => {
  it('is one of many', () => {
    expect(feeds.length).toBeGreaterThan(20);
    expect(Object.keys(injuries).length).toBeGreaterThanOrEqual(17);
  });

  it.each(Object.keys(injuries))('still gives every entry: %s', async (name) => {
    let changed = 0;
    for (const feed of feeds) {
      const injured = injuries[name]!(feed);
      if (Buffer.from(injured).equals(Buffer.from(feed))) continue;
      changed += 1;
      const [whole, found] = [await read(feed), await read(injured)];
      expect(idsOf(found)).toEqual(idsOf(whole));
      expect(found.entries.filter(({ title }) => title === null)).toEqual([]);
      expect(found.link).toBe(whole.link);
    }
    expect(changed).toBeGreaterThan(1);
  });

  it.each([0.1, 0.3, 0.5, 0.7, 0.9, 0.999])(
    'still gives every entry that is whole, cut off at %d of it',
    async (share) => {
      for (const feed of feeds) {
        const cut = feed.slice(0, Math.floor(feed.length * share));
        const before = count(cut, /<\/(?:item|entry)>/g);
        if (!/<(?:rss|feed|rdf:RDF)[\s>]/.test(cut)) continue;
        const [whole, found] = [await read(feed), await read(cut)];
        expect(idsOf(found)).toEqual(idsOf(whole).slice(0, before));
        expect(found).toMatchObject({ repaired: true, flaw: { why: 'cut off' } });
      }
    },
  );

  it('read as latin1 by HTTP it is still UTF-8', async () => {
    for (const feed of feeds) {
      expect(await read(feed, 'text/xml; charset=iso-8859-1')).toEqual(await read(feed));
    }
  });
});
