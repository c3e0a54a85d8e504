/** Documents made to cost much: each is as large as a poll lets it be, or as large as it needs to be to do harm. */

const MB = 1_000_000;
const fill = (piece: string, size: number): string => piece.repeat(Math.floor(size / piece.length));
const rss = (items: string): string => `<rss version="2.0"><channel><title>t</title>${items}</channel></rss>`;
const item = (inside: string): string => rss(`<item><guid>1</guid>${inside}</item>`);
const numbered = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join('');

/** By what they are. The number in front is the row of the list of bad inputs. */
export const hostileDocuments: Readonly<Record<string, () => string | Uint8Array>> = {
  '31: entities nested in entities': () =>
    `<!DOCTYPE r [${numbered(20, (n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`)}]>${item(`<title>${fill('&e20;', MB)}</title>`)}`,
  '31: one large entity many times': () =>
    `<!DOCTYPE r [<!ENTITY a "${fill('x', 100_000)}">]>${item(`<title>${fill('&a;', 9 * MB)}</title>`)}`,
  '31: one short entity in 9 MB of titles': () =>
    `<!DOCTYPE r [<!ENTITY a "${fill('x', 32)}">]>${item(fill('<title>&a;&a;&a;&a;&a;&a;&a;</title>', 9 * MB))}`,
  '31: 100,000 entities': () =>
    `<!DOCTYPE r [${numbered(100_000, (n) => `<!ENTITY a${n} "x">`)}]>${item('<title>&a1;</title>')}`,
  '31: a DOCTYPE of 9 MB that does not end': () => `<!DOCTYPE r [${fill('<!ENTITY a "', 9 * MB)}`,
  '32: external entities': () =>
    `<!DOCTYPE r SYSTEM "file:///etc/passwd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>${item('<title>&p;</title>')}`,
  '34: 10 MB of &#65; in one title': () => item(`<title>${fill('&#65;', 10 * MB)}</title>`),
  '34: 10 MB of &amp; in one text': () => item(`<description>${fill('&amp;lt;', 10 * MB)}</description>`),
  '34: 200,000 attributes': () => item(`<x ${numbered(200_000, (n) => `a${n}="x" `)}/>`),
  '34: 200,000 attributes of a link': () => item(`<link ${numbered(200_000, (n) => `a${n}="x" `)}/>`),
  '34: 200,000 nested tags': () => item(fill('<a>', 600_000) + fill('</a>', 800_000)),
  '34: 200,000 nested tags in a text': () => item(`<description>${fill('<a>', 600_000)}x</description>`),
  '34: 200,000 tags of different names': () => item(numbered(200_000, (n) => `<x${n}>y</x${n}>`)),
  '34: 100,000 namespaces': () => item(numbered(100_000, (n) => `<x xmlns:p${n}="http://purl.org/dc/terms/"/>`)),
  '34: a namespace for each of 5,000 items': () =>
    rss(numbered(5_000, (n) => `<item xmlns:p${n}="http://purl.org/dc/terms/"><p${n}:title>x</p${n}:title></item>`)),
  '35: elements with names of prototypes': () =>
    item(fill('<__proto__ __proto__="x"><constructor>y</constructor></__proto__>', MB)),
  '37: 200,000 items': () => rss(numbered(200_000, (n) => `<item><guid>${n}</guid><title>t</title></item>`)),
  '37: 2,000,000 empty items': () => rss(fill('<i/><item/>', 10 * MB)),
  '37: 40,000 items that do not end': () =>
    rss(numbered(40_000, (n) => `<item><guid>${n}</guid><title>t<description>x`)),
  '37: items that end late': () => rss(`${fill('<item><guid>1</guid>', 9 * MB)}</item>`),
  '37: items spelt in every way': () =>
    rss(
      numbered(100_000, (n) =>
        [...'aTom10:item'].reduce((tag, letter, at) => tag + ((n >> at) & 1 ? letter.toUpperCase() : letter), '<'),
      ).replaceAll(/(?<=[Mm])(?=<)/g, '>'),
    ),
  'roots without end': () => fill('<rss><channel><item><title>t</title></item></channel></rss>', 9 * MB),
  'roots in comments': () => `${fill('<!-- <rss> -->', 9 * MB)}${item('')}`,
  'comments that never end': () => item(fill('<!--', 9 * MB)),
  'comments that never end, before the root': () => `${fill('<!-- <rss> ', 9 * MB)}${item('')}`,
  'sections that never end': () => item(fill('<title><![CDATA[', 9 * MB)),
  'sections that end late': () => item(`${fill('<title><![CDATA[x</title>', 9 * MB)}]]>`),
  'titles that never end': () => item(fill('<title>x<foo>', 9 * MB)),
  'titles that end late': () => item(`${fill('<title>x', 9 * MB)}</title>`),
  'quotes that never end': () => item(fill('<a b="', 9 * MB)),
  'quotes that end in another tag': () => item(fill(`<a b="><c d='>`, 9 * MB)),
  'tags that close nothing': () => item(fill('<a>', 600_000) + fill('</b>', 800_000)),
  'end tags that never end': () => item(fill('</title ', 9 * MB)),
  '1 MB of < in a text': () => item(`<description><![CDATA[${fill('<', MB)}]]></description>`),
  '1 MB of <a in a text': () => item(`<description><![CDATA[${fill('<a ', MB)}]]></description>`),
  '1 MB of comments in a text': () => item(`<description><![CDATA[<p>${fill('<!--', MB)}]]></description>`),
  '1 MB of scripts in a text': () => item(`<description><![CDATA[${fill('<script>', MB)}]]></description>`),
  '1 MB of & in a text': () => item(`<description><![CDATA[<p>${fill('&', MB)}]]></description>`),
  '1 MB of & names in a text': () => item(`<description><![CDATA[<p>${fill('&notin', MB)}]]></description>`),
  '10 MB of one text': () => item(`<description>${fill('word ', 10 * MB)}</description>`),
  '10 MB of texts': () =>
    rss(numbered(100, (n) => `<item><guid>${n}</guid><description>${fill('word ', 100_000)}</description></item>`)),
  '9 MB of texts in HTML': () =>
    rss(
      numbered(
        900,
        (n) =>
          `<item><guid>${n}</guid><description><![CDATA[${fill('<p>a <b>b</b></p>', 9_900)}]]></description></item>`,
      ),
    ),
  '9 MB of blanks': () => fill(' ', 9 * MB),
  '9 MB of blanks in a title': () => item(`<title>${fill(' \n', 9 * MB)}</title>`),
  '9 MB of control characters': () => item(`<title>${fill('\u0001', 9 * MB)}</title>`),
  '9 MB of bytes of windows-1252': () => Buffer.from(item(`<title>${fill('\u0093', 9 * MB)}</title>`), 'latin1'),
  '9 MB that are no UTF-8': () => Buffer.alloc(9 * MB, 0xff),
  '10 MB of UTF-32': () => new Uint8Array(Buffer.from(fill('x\0\0\0', 10 * MB), 'latin1')),
  '100,000 links of one entry': () => item(fill('<link rel="alternate" href="https://a.example/"/>', 5 * MB)),
  '100,000 dates of one entry': () => item(fill('<pubDate>Mon, 02 Mar 2026 08:00:00 America/Lima</pubDate>', 5 * MB)),
  'dates of 1,000 places': () =>
    rss(
      numbered(
        1_000,
        (n) =>
          `<item><guid>${n}</guid><pubDate>Mon, 02 Mar 2026 08:00:00 America/Nowhere_${'x'.repeat(n % 9)}</pubDate></item>`,
      ),
    ),
  'JSON: 9 MB of brackets': () => `{"items":${fill('[', 9 * MB)}`,
  'JSON: 9 MB of items': () =>
    `{"version":"https://jsonfeed.org/version/1.1","items":[${fill('{"id":"1","title":"t"},', 9 * MB)}0]}`,
  'JSON: 9 MB of one text': () =>
    `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_html":"${fill('<p>a', 9 * MB)}"}]}`,
  'JSON: names of prototypes': () =>
    `{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}},"version":"https://jsonfeed.org/version/1.1","items":[{"__proto__":{"title":"t"},"id":"1"}]}`,
};
