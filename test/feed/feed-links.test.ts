import { describe, expect, it } from 'vitest';
import { feedLinks, usualFeedAddresses } from '../../shared/feed/feed-links.ts';
import { limits } from '../../shared/limits.ts';

const site = 'https://news.example/uk/';
const urls = (html: string) => feedLinks(html, site);
const link = (rest: string) => `<html><head><link ${rest}></head></html>`;

describe('the feeds that a page names', () => {
  it.each([
    ['RSS', 'rel="alternate" type="application/rss+xml" href="/rss.xml"', ['https://news.example/rss.xml']],
    ['Atom, seen from the page', 'rel=alternate type=application/atom+xml href=atom', ['https://news.example/uk/atom']],
    ['JSON Feed', 'type="application/feed+json" rel="alternate" href="/f.json"', ['https://news.example/f.json']],
    ['upper case', 'REL="ALTERNATE" TYPE="APPLICATION/RSS+XML" HREF="/rss.xml"', ['https://news.example/rss.xml']],
    [
      'a charset in the type',
      'rel="alternate" type="application/rss+xml; charset=utf-8" href="/f"',
      ['https://news.example/f'],
    ],
    ['rel=feed without a type', 'rel="feed" href="/f"', ['https://news.example/f']],
    [
      'another host',
      'rel="alternate home" type="application/rss+xml" href="//feeds.example/f"',
      ['https://feeds.example/f'],
    ],
    [
      'references in the address',
      'rel="alternate" type="application/rss+xml" href="/f?a=1&amp;b=2"',
      ['https://news.example/f?a=1&b=2'],
    ],
    [
      'the scheme feed:',
      'rel="alternate" type="application/rss+xml" href="feed:https://news.example/f"',
      ['https://news.example/f'],
    ],
    [
      'the scheme feed://',
      'rel="alternate" type="application/rss+xml" href="feed://news.example/f"',
      ['http://news.example/f'],
    ],
    ['a style sheet', 'rel="stylesheet" type="text/css" href="/feed.css"', []],
    ['the page in another language', 'rel="alternate" hreflang="cy" href="/cymraeg"', []],
    ['an oEmbed document', 'rel="alternate" type="application/json+oembed" href="/oembed"', []],
    ['no http address', 'rel="alternate" type="application/rss+xml" href="javascript:alert(1)"', []],
    ['the page itself', `rel="alternate" type="application/rss+xml" href="${site}"`, []],
  ])('%s', (_name, attributes, expected) => {
    expect(urls(link(attributes))).toEqual(expected);
  });

  it('are each named once, in their order, seen from the base of the page', () => {
    const html = `<base href="https://cdn.example/x/"><link rel="alternate" type="application/rss+xml" title=" News
      &amp; more " href="a"><link rel="alternate" type="application/atom+xml" href="b"><link rel="alternate" type="application/rss+xml" href="a">`;
    expect(urls(html)).toEqual(['https://cdn.example/x/a', 'https://cdn.example/x/b']);
  });

  it('are, where its head names none, those of its links that look like feeds', () => {
    const html =
      '<a href="/about">About</a><a href="/feed-the-birds">Birds</a><a href="/rss/uk.xml" title="UK">RSS</a><a href="/feedback">Write</a><a href="/blog/feed/">Feed</a><a href="/sitemap.xml">Map</a>';
    expect(urls(html)).toEqual(['https://news.example/rss/uk.xml', 'https://news.example/blog/feed/']);
    expect(urls(`${link('rel=alternate type=application/rss+xml href=/a')}${html}`)).toEqual([
      'https://news.example/a',
    ]);
  });

  it('are bounded, on hostile pages too: all of these take less than 3 s of the processor', () => {
    const begun = process.cpuUsage();
    expect(urls('<link rel=alternate type=application/rss+xml href=/f>'.repeat(100_000))).toHaveLength(1);
    const many = Array.from({ length: 100_000 }, (_, n) => `<link rel=alternate type=application/rss+xml href=/f${n}>`);
    expect(urls(many.join(''))).toHaveLength(limits.feedLinksMax);
    expect(urls(`<link ${'a=1 '.repeat(500_000)} rel=alternate>`)).toEqual([]);
    expect(urls(`<link rel=alternate type=application/rss+xml href="${'x'.repeat(3_000_000)}">`)).toEqual([]);
    expect(urls('<a href=/feed'.repeat(300_000))).toEqual([]);
    expect(process.cpuUsage(begun).user).toBeLessThan(3_000_000);
  });
});

it('usual addresses stand at the top of the host', () => {
  const usual = usualFeedAddresses('https://news.example/uk/today?x=1');
  expect(usual).toContain('https://news.example/feed');
  expect(usual.every((url) => url.startsWith('https://news.example/') && !url.includes('today'))).toBe(true);
});
