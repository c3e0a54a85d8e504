import { describe, expect, it } from 'vitest';
import { fileOf, problemsOf, read } from './file-of.ts';

describe('feeds', () => {
  const feeds = (text: string) => fileOf({ feeds: `feeds: [${text}]` });
  it.each([
    [
      'no web address',
      feeds('example.org/feed'),
      '1:9: feeds.0: "example.org/feed" is not a web address; write it whole, with https:// in front',
    ],
    [
      '10: another scheme',
      feeds('ftp://example.org/feed'),
      '1:9: feeds.0: ftp: is not read; write an address with https://',
    ],
    [
      '102: a password',
      feeds('{url: https://me:secret@example.org/feed}'),
      '1:15: feeds.0.url: this address holds a user name or password, which must not stand in this file; use a feed that needs none',
    ],
    [
      '9: a backslash',
      feeds('"https://example.org\\\\@evil.example/"'),
      '1:9: feeds.0: an address has no spaces, backslashes or invisible characters; copy it again from the browser',
    ],
    [
      '11: an unusual port',
      feeds('http://127.0.0.1:9001/feed'),
      '1:9: feeds.0: port 9001 is not read; if it is meant, write network: {allow: ["127.0.0.1:9001"]}',
    ],
    [
      '14: 2,001 characters',
      feeds(`https://example.org/${'a'.repeat(1_981)}`),
      '1:9: feeds.0: this address has 2001 characters; at most 2000 are allowed',
    ],
    [
      'the same twice',
      feeds('https://example.org/feed, {url: "https://EXAMPLE.org:443/feed#top"}'),
      '1:41: feeds.1.url: https://example.org/feed is already a feed of this file; remove one',
    ],
    [
      'too often',
      feeds('{url: https://example.org/feed, every: 4m}'),
      '1:48: feeds.0.every: 4m is out of range; write 5m to 24h',
    ],
    [
      'too seldom',
      feeds('{url: https://example.org/feed, every: 25h}'),
      '1:48: feeds.0.every: 25h is out of range; write 5m to 24h',
    ],
    [
      'a bound to what is fixed',
      feeds('{url: https://example.org/feed, every: 15m, at_most: 1h}'),
      '1:53: feeds.0.at_most: at_most belongs to every: auto, and here stands every: 15m; remove one of the two',
    ],
    [
      'a bound to what is fixed for all',
      fileOf({ poll: 'poll: {every: 15m}', feeds: 'feeds: [{url: https://example.org/feed, at_most: 1h}]' }),
      'at_most belongs to every: auto, and here stands every: 15m; remove one of the two',
    ],
    [
      'a bound out of range',
      feeds('{url: https://example.org/feed, at_most: 25h}'),
      '1:50: feeds.0.at_most: 25h is out of range; write 5m to 24h',
    ],
    [
      'a contact that is no page',
      fileOf({ poll: 'poll: {contact: me@example.org}' }),
      '1:17: poll.contact: "me@example.org" is not the address of a page; write one such as https://www.example.org/watchword',
    ],
    [
      'no length of time',
      feeds('{url: https://example.org/feed, every: daily}'),
      '1:48: feeds.0.every: "daily" is not a length of time; write minutes or hours, such as 15m or 24h',
    ],
    [
      'a first look in minutes',
      fileOf({ poll: 'poll: {first_look: 90m}' }),
      '1:20: poll.first_look: "90m" is not a number of hours; write for example 24h',
    ],
    [
      'a long excerpt',
      fileOf({ poll: 'poll: {excerpt: 1001}' }),
      '1:17: poll.excerpt: 1001 is out of range; write 0 to 1000',
    ],
    [
      'a place to allow that is none',
      fileOf({ network: 'network: {allow: [127.0.0.1]}' }),
      '1:19: network.allow.0: "127.0.0.1" is not a host with a port; write one such as 127.0.0.1:8080',
    ],
    [
      'an OPML file that is not there',
      feeds('{opml: feeds/press.opml}'),
      '1:16: feeds.0.opml: there is no file feeds/press.opml; the path is seen from the watch file',
    ],
    [
      'both kinds at once',
      feeds('{url: https://example.org/feed, opml: x.opml}'),
      '1:41: feeds.0.opml: "opml" is not a key that is known here',
    ],
  ])('%s', (_name, text, problem) => {
    expect(problemsOf(text)[0]).toContain(problem);
  });

  it('defaults come from poll, then from Watchword; the name from the host', () => {
    const text = fileOf({
      poll: 'poll: {every: 1h, excerpt: 0}',
      feeds:
        'feeds: [https://www.example.org/feed.xml, {url: https://b\u00fccher.example/feed, every: auto, first_look: 0h, excerpt: 200}]',
    });
    const result = read(text);
    expect('config' in result && result.config.feeds).toMatchObject([
      {
        url: 'https://www.example.org/feed.xml',
        name: 'www.example.org',
        tags: [],
        everyMinutes: 60,
        excerptChars: 0,
        firstLookHours: 24,
      },
      { url: 'https://xn--bcher-kva.example/feed', everyMinutes: 15, excerptChars: 200, firstLookHours: 0 },
    ]);
  });

  it('text: the whole article or the feed alone, of one feed, of an OPML file, or of all', () => {
    const opml = '<opml><body><outline xmlUrl="https://c.example/"/></body></opml>';
    const text = fileOf({
      poll: 'poll: {text: auto}',
      feeds: 'feeds: [https://a.example/, {url: https://b.example/, text: feed}, {opml: c.opml, text: article}]',
    });
    const result = read(text, { 'c.opml': opml });
    expect('config' in result && result.config.feeds.map((feed) => feed.text)).toEqual(['auto', 'feed', 'article']);
    const plain = read(fileOf({}));
    expect('config' in plain && plain.config.feeds.map((feed) => feed.text)).toEqual(['feed']);
    expect(problemsOf(fileOf({ poll: 'poll: {text: whole}' }))).toEqual([
      '1:14: poll.text: "whole" is not known here; write feed or article or auto',
    ]);
  });

  it('11: an unusual port is read when network.allow names it', () => {
    expect(
      problemsOf(
        fileOf({ feeds: 'feeds: [http://127.0.0.1:9001/feed]', network: 'network: {allow: ["127.0.0.1:9001"]}' }),
      ),
    ).toEqual([]);
  });
});
