/**
 * Feeds that nobody publishes, for measuring on a corpus that may be kept in a repository: the formats in the shares of
 * 3,200 real feeds, each in the dress of the software that most often writes it, filled with invented news.
 */
import { type Dice, diceOf } from '../match/dice.ts';
import { type Article, newsOf } from '../match/news.ts';

export interface InventedFeed {
  readonly kind: string;
  /** The document at its first look, in UTF-8. */
  readonly before: Uint8Array;
  /** The same feed some hours later: two new entries on top, the two oldest gone. */
  readonly after: Uint8Array;
}

export const entriesPerFeed = 30;
export const newEntries = 2;

interface Kind {
  readonly name: string;
  /** Of a hundred feeds. */
  readonly share: number;
  /** Characters of the text of one entry, at most. */
  readonly textChars: number;
  item(item: Item): string;
  document(items: string): string;
}

interface Item {
  readonly id: number;
  readonly title: string;
  readonly teaser: string;
  /** HTML. */
  readonly html: string;
  readonly at: Date;
}

/** @param seed the same seed and count are the same feeds, on every machine */
export function inventedFeeds({ seed, count }: { readonly seed: number; readonly count: number }): InventedFeed[] {
  const dice = diceOf(seed);
  const articles = newsOf({ seed, bytes: Math.min(4_000_000, count * 40_000) });
  const shares = kinds.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
  return Array.from({ length: count }, () => {
    const kind = shares[dice.below(shares.length)]!;
    const items = Array.from({ length: entriesPerFeed + newEntries }, (_, index) =>
      kind.item(itemOf(articles[dice.below(articles.length)]!, index, kind.textChars, dice)),
    );
    const document = (from: number) => Buffer.from(kind.document(items.slice(from, from + entriesPerFeed).join('\n')));
    return { kind: kind.name, before: document(newEntries), after: document(0) };
  });
}

function itemOf(article: Article, index: number, textChars: number, dice: Dice): Item {
  const paragraphs = article.body.slice(0, textChars).split('\n');
  return {
    id: 90_000 - index,
    title: article.title,
    teaser: article.body.slice(0, 180),
    html: paragraphs.map((paragraph) => `<p>${marked(paragraph, dice)}</p>`).join('\n'),
    at: new Date(Date.UTC(2026, 2, 2, 8) - index * 3_600_000),
  };
}

/** Links, emphasis, pictures and references as blogging software sets them. */
function marked(paragraph: string, dice: Dice): string {
  const words = escaped(paragraph).replaceAll('’', '&#8217;').replaceAll('“', '&#8220;').split(' ');
  const set = words.map((word) => {
    if (dice.chance(0.02)) return `<a href="https://outlet.example/?tag=${dice.below(900)}&amp;from=feed">${word}</a>`;
    return dice.chance(0.01) ? `<em>${word}</em>` : word;
  });
  const picture = dice.chance(0.1)
    ? `<img class="aligncenter size-full" src="https://outlet.example/uploads/${dice.below(9_999)}.jpg" alt="" width="640" height="420" />`
    : '';
  return picture + set.join(' ');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const kinds: readonly Kind[] = [
  {
    name: 'RSS 2.0 of a blog, whole texts in CDATA',
    share: 30,
    textChars: 3_000,
    item: ({ id, title, teaser, html, at }) => `<item>
		<title>${escaped(title)}</title>
		<link>https://outlet.example/2026/03/story-${id}/</link>
		<comments>https://outlet.example/2026/03/story-${id}/#comments</comments>
		<dc:creator><![CDATA[Editor]]></dc:creator>
		<pubDate>${at.toUTCString().replace('GMT', '+0000')}</pubDate>
		<category><![CDATA[Harbour]]></category>
		<category><![CDATA[News & views]]></category>
		<guid isPermaLink="false">https://outlet.example/?p=${id}</guid>
		<description><![CDATA[<p>${teaser} [&#8230;]</p>]]></description>
		<content:encoded><![CDATA[${html}]]></content:encoded>
		<wfw:commentRss>https://outlet.example/2026/03/story-${id}/feed/</wfw:commentRss>
		<slash:comments>4</slash:comments>
	</item>`,
    document: (items) => `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
>
<channel>
	<title>Harbour notes</title>
	<atom:link href="https://outlet.example/feed/" rel="self" type="application/rss+xml" />
	<link>https://outlet.example</link>
	<description>News from the quay</description>
	<language>en-GB</language>
	<sy:updatePeriod>hourly</sy:updatePeriod>
	<sy:updateFrequency>1</sy:updateFrequency>
${items}
</channel>
</rss>`,
  },
  {
    name: 'RSS 2.0 of an agency, teasers and pictures',
    share: 35,
    textChars: 0,
    item: ({ id, title, teaser, at }) => `<item>
<title><![CDATA[${title}]]></title>
<description><![CDATA[${teaser}]]></description>
<link>https://outlet.example/news/${id}?at_medium=RSS&amp;at_campaign=rss</link>
<guid isPermaLink="false">https://outlet.example/news/${id}#0</guid>
<pubDate>${at.toUTCString()}</pubDate>
<media:thumbnail width="240" height="135" url="https://pictures.outlet.example/ace/standard/240/${id}.jpg"/>
</item>`,
    document: (items) => `<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" version="2.0">
<channel><title><![CDATA[Agency]]></title><link>https://outlet.example/news</link><ttl>15</ttl>
${items}
</channel></rss>`,
  },
  {
    name: 'RSS 2.0, whole texts escaped',
    share: 12,
    textChars: 2_000,
    item: ({ id, title, html, at }) => `<item><title>${escaped(title)}</title>
<link>https://outlet.example/${id}.html</link><guid>https://outlet.example/${id}.html</guid>
<pubDate>${at.toUTCString()}</pubDate><author>editor@outlet.example (Editor)</author>
<description>${escaped(html)}</description></item>`,
    document: (items) => `<?xml version="1.0"?><rss version="2.0"><channel><title>Escaped</title>
<link>https://outlet.example/</link>${items}</channel></rss>`,
  },
  {
    name: 'Atom, whole texts escaped',
    share: 18,
    textChars: 3_000,
    item: ({ id, title, html, at }) => `<entry><id>tag:outlet.example,1999:blog-${id}</id>
<published>${at.toISOString()}</published><updated>${at.toISOString()}</updated>
<category scheme="http://www.blogger.com/atom/ns#" term="harbour"/><title type="text">${escaped(title)}</title>
<content type="html">${escaped(html)}</content>
<link rel="replies" type="application/atom+xml" href="https://outlet.example/feeds/${id}/comments" title="Comments"/>
<link rel="edit" type="application/atom+xml" href="https://outlet.example/feeds/${id}"/>
<link rel="alternate" type="text/html" href="https://outlet.example/2026/03/${id}.html" title="${escaped(title).replaceAll('"', '&quot;')}"/>
<author><name>Editor</name><uri>https://outlet.example/profile/7</uri><email>noreply@outlet.example</email></author>
<thr:total xmlns:thr="http://purl.org/syndication/thread/1.0">0</thr:total></entry>`,
    document: (items) => `<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'>
<id>tag:outlet.example,1999:blog</id><updated>2026-03-02T08:00:00Z</updated><title type='text'>Quay</title>
<link rel='alternate' type='text/html' href='https://outlet.example/'/>${items}</feed>`,
  },
  {
    name: 'RSS 1.0',
    share: 5,
    textChars: 500,
    item: ({ id, title, html, at }) => `<item rdf:about="https://outlet.example/${id}"><title>${escaped(title)}</title>
<link>https://outlet.example/${id}</link><dc:date>${at.toISOString()}</dc:date><dc:creator>Editor</dc:creator>
<description>${escaped(html)}</description></item>`,
    document: (items) => `<?xml version="1.0" encoding="utf-8"?><rdf:RDF
xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://outlet.example/"><title>Index</title><link>https://outlet.example/</link></channel>
${items}</rdf:RDF>`,
  },
];
