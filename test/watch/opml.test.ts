import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opmlOf, parseOpml } from '../../shared/watch/opml.ts';
import { fileOf, problemsOf, read } from './file-of.ts';

const press = `<?xml version="1.0"?>
<opml version="2.0"><head><title>Ours</title></head><body>
  <outline text="Press">
    <outline text="National &amp; world">
      <outline type="rss" text="News &amp; more" xmlUrl="https://a.example/feed?x=1&amp;y=2"/>
    </outline>
    <outline title="Beta" xmlUrl=" https://b.example/feed "></outline>
  </outline>
  <outline text="Local"><outline xmlUrl="https://b.example/feed"/></outline>
</body></opml>`;

describe('an OPML file', () => {
  it('gives its feeds, entities decoded, folders as tags, a feed in two folders once', () => {
    expect(parseOpml(press)).toEqual({
      feeds: [
        { url: 'https://a.example/feed?x=1&y=2', name: 'News & more', tags: ['Press', 'National & world'] },
        { url: 'https://b.example/feed', name: 'Beta', tags: ['Press', 'Local'] },
      ],
    });
  });

  it.each([
    ['HTML', '<html><body>Sign in</body></html>', 'is not an OPML file; export one from your feed reader'],
    ['nothing', '', 'is not an OPML file; export one from your feed reader'],
    ['cut off', press.slice(0, 330), 'ends before it is complete; export it again'],
    [
      'without feeds',
      '<opml><body><outline text="Press"/></body></opml>',
      'has no feeds in it; each is an <outline xmlUrl="https://…"/>',
    ],
  ])('that is %s is told as that', (_name, text, problem) => {
    expect(parseOpml(text)).toEqual({ problem });
  });
});

describe('feeds written as OPML', () => {
  it('stand in the folders of their tags, those beside each other in one', () => {
    const feeds = [
      { url: 'https://a.example/?x=1&y="2"', name: 'A & <A>', tags: ['Press', 'World'] },
      { url: 'https://b.example/', name: null, tags: ['Press'] },
      { url: 'https://c.example/', name: 'C', tags: [] },
      { url: 'https://d.example/', name: 'D', tags: ['Press'] },
    ];
    expect(opmlOf(feeds)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>Feeds</title></head>
  <body>
    <outline text="Press">
      <outline text="World">
        <outline type="rss" text="A &amp; &lt;A>" title="A &amp; &lt;A>" xmlUrl="https://a.example/?x=1&amp;y=&quot;2&quot;"/>
      </outline>
      <outline type="rss" xmlUrl="https://b.example/"/>
    </outline>
    <outline type="rss" text="C" title="C" xmlUrl="https://c.example/"/>
    <outline text="Press">
      <outline type="rss" text="D" title="D" xmlUrl="https://d.example/"/>
    </outline>
  </body>
</opml>
`);
  });

  it('are the same feeds in the same order when they are read again', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9&<>"'#äé]{1,12}( [A-Za-z0-9&<>"';]{1,12})?$/);
    const feed = fc.record({ path: fc.nat(), name: fc.option(word), tags: fc.uniqueArray(word, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.uniqueArray(feed, { selector: ({ path }) => path, minLength: 1 }), (drawn) => {
        const feeds = drawn.map(({ path, name, tags }) => ({ url: `https://a.example/?n=${path}&b=1`, name, tags }));
        expect(parseOpml(opmlOf(feeds))).toEqual({ feeds });
      }),
    );
  });
});

describe('a watch file that names one', () => {
  const text = fileOf({ feeds: 'feeds: [{opml: press.opml, tags: [uk], every: 1h}]' });

  it('has its feeds, with the tags and the interval of the entry', () => {
    const result = read(text, { 'press.opml': press });
    expect('config' in result && result.config.feeds).toMatchObject([
      {
        url: 'https://a.example/feed?x=1&y=2',
        name: 'News & more',
        tags: ['uk', 'Press', 'National & world'],
        everyMinutes: 60,
      },
      { url: 'https://b.example/feed', name: 'Beta', tags: ['uk', 'Press', 'Local'], everyMinutes: 60 },
    ]);
  });

  it('tells a broken file, a bad address and a feed that is there already at its own line', () => {
    expect(problemsOf(text, { 'press.opml': '<html/>' })).toEqual([
      '1:16: feeds.0.opml: press.opml is not an OPML file; export one from your feed reader',
    ]);
    const bad = '<opml><body><outline xmlUrl="ftp://a.example/"/></body></opml>';
    expect(problemsOf(text, { 'press.opml': bad })).toEqual([
      '1:16: feeds.0.opml: in press.opml: ftp: is not read; write an address with https://',
    ]);
    const twice = fileOf({ feeds: 'feeds:\n  - https://b.example/feed\n  - {opml: press.opml}' });
    expect(problemsOf(twice, { 'press.opml': press })).toEqual([
      '3:12: feeds.1.opml: in press.opml: https://b.example/feed is already a feed of this file; remove one',
    ]);
  });
});
