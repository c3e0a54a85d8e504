/** The frame of the operator's pages, and the few pieces that they share. */
import { html } from 'hono/html';
import { oneLine } from '../../../shared/digest/mail-text.ts';
import { webAddress } from '../../../shared/feed/links.ts';
import { limits } from '../../../shared/limits.ts';
import { sheet } from './sheet.ts';

/** Escaped already. Pages read what they show before they put it together, so this is never a promise. */
export type Html = ReturnType<typeof html>;

const sections = {
  '/': 'Overview',
  '/feeds': 'Feeds',
  '/hits': 'Hits',
  '/figures': 'Figures',
  '/mails': 'Mails',
  '/subscribers': 'Subscribers',
} as const;

/**
 * @param here the section that the page is, or belongs to; null for a page outside of all
 * @param title for the browser's list of pages; the heading is the content's
 * @param feed of what the page lists, for feed readers to find
 */
export function frame(
  here: keyof typeof sections | null,
  title: string,
  content: Html,
  feed: { readonly title: string; readonly href: string } | null = null,
): Html {
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${oneLine(title)} · Watchword</title>
${feed === null ? '' : html`<link rel="alternate" type="application/rss+xml" title="${oneLine(feed.title)}" href="${feed.href}">`}
<style>${sheet}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<span class="brand">Watchword</span>
<nav aria-label="Pages"><ul>
${Object.entries(sections).map(
  ([path, name]) => html`<li><a href="${path}"${here === path ? html` aria-current="page"` : html``}>${name}</a></li>`,
)}
</ul></nav>
</header>
<main id="content">${content}</main>
</body>
</html>`;
}

/** A column is a name; a cell holds what belongs under it. The first cell of a row names the row. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (Html | string)[])[],
): Html {
  // The roles are said because narrow screens show each row as a block, and some browsers then forget the table. Two columns fit as they are.
  return html`<table role="table" class="${columns.length > 2 ? 'stacks' : ''}">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows.map(
  ([first = '', ...others]) =>
    html`<tr role="row"><th role="rowheader" scope="row">${first}</th>${others.map(
      (cell, index) => html`<td role="cell" data-name="${columns[index + 1]}"><div>${cell}</div></td>`,
    )}</tr>`,
)}
</tbody>
</table>`;
}

/** Text of the outside in a line of ours: its direction stays its own, and what cannot be seen is taken out. */
export function foreign(text: string, charsMax: number = limits.mailSentenceCharsMax): Html {
  return html`<span dir="auto">${oneLine(text, charsMax)}</span>`;
}

/** A link to the outside where the address is one that may be followed, else the bare text. */
export function outsideLink(address: string | null, text: Html | string): Html {
  const href = address === null ? null : webAddress(address, null);
  // `https://bank.example@evil.example` reads like the bank's.
  if (href === null || new URL(href).username !== '') return html`${text}`;
  return html`<a href="${href}" rel="noopener noreferrer">${text}</a>`;
}

/** How many of a list are not shown; nothing when all are. */
export function more(total: number, shown: number): Html {
  return total > shown
    ? html`<p class="quiet">${(total - shown).toLocaleString('en-GB')} more are not shown.</p>`
    : html``;
}
