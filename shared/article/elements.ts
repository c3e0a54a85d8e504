/** What the reader of pages knows of the elements and attributes of HTML. */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Not read, with all that is in them: what the tokenizer takes as one text, and what has hundreds of elements in it. */
export const unread = words('script style svg math iframe textarea noembed noframes');

/** Taken out of the finished tree, where a missing end tag has done its harm already. A list of selectors. */
export const unwanted = 'button,canvas,dialog,nav,noscript,object,audio,video,select,template';

/** What is in them stays, they do not. */
export const skipped = words('html head body');

/** Without an end tag. */
export const empty = words('area base br col embed hr img input link meta param source track wbr');

/** They end a paragraph. */
export const blocks = words(
  'address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul',
);

/** No end tag of a text within them reaches out of them. */
export const containers: ReadonlySet<string> = new Set([...blocks, ...unwanted.split(',')]);

/** What an element ends, when it stands right in it: HTML lets their end tags be left out. */
export const endedBy: Readonly<Record<string, readonly string[]>> = Object.assign(Object.create(null), {
  p: ['p'],
  li: ['p', 'li'],
  dt: ['p', 'dt', 'dd'],
  dd: ['p', 'dt', 'dd'],
  td: ['p', 'td', 'th'],
  th: ['p', 'td', 'th'],
  tr: ['p', 'td', 'th', 'tr'],
  tbody: ['p', 'td', 'th', 'tr', 'thead', 'tbody'],
  tfoot: ['p', 'td', 'th', 'tr', 'tbody'],
});

/** What Readability judges an element by. */
export const kept = words(
  'class id role rel style hidden aria-hidden aria-modal itemprop itemtype type name property content lang dir href data-nosnippet colspan summary',
);

/** Of styles those that hide, of links those within the page: what Readability asks of any other is of no use here. */
export const keptOnlyIf: Readonly<Record<string, RegExp>> = Object.assign(Object.create(null), {
  style: /display\s*:\s*none|visibility\s*:\s*hidden/i,
  href: /^#/,
});
