/** Hits as a person reads them: each entry once, with all watches that found it, and why. */
import { html } from 'hono/html';
import { stretchesOf } from '../../../shared/digest/mail-text.ts';
import { limits } from '../../../shared/limits.ts';
import type { Config } from '../../../shared/watch/config.ts';
import { reasonLine } from '../../../shared/watch/explain.ts';
import type { Hit, Marked } from '../../../shared/watch/hit.ts';
import { foreign, type Html, outsideLink } from './frame.ts';
import type { Moments } from './moments.ts';

/** @param hits in the order in which their entries are to be shown */
export function articles(hits: readonly Hit[], watches: Config['watches'], moments: Moments): Html {
  const byEntry = Map.groupBy(hits, ({ entry }) => entry);
  return html`<ul class="articles">
${[...byEntry.values()].map((same) => article(same, watches, moments))}
</ul>`;
}

function article(same: readonly Hit[], watches: Config['watches'], moments: Moments): Html {
  // Not every watch of an entry has a text to show.
  const hit = same.find(({ excerpt }) => excerpt !== null) ?? same[0];
  if (hit === undefined) return html``;
  return html`<li>
<h3 dir="auto">${outsideLink(hit.link, headline(hit))}</h3>
<p class="quiet">${foreign(hit.outlet)}, found ${moments.at(hit.foundAt)}${
    hit.publishedAt === null ? '' : html`, published ${moments.at(hit.publishedAt)}`
  }</p>
${hit.excerpt === null ? '' : html`<p dir="auto">${marked(hit.excerpt, limits.excerptCharsMax)}</p>`}
${same.map(
  ({ watch, reasons }) =>
    html`<p class="quiet"><a href="/hits?watch=${watch}">${nameOf(watch, watches)}</a>: ${foreign(reasonLine(reasons))}</p>`,
)}
</li>`;
}

function headline({ title }: Hit): Html {
  return title.text.trim() === '' ? html`Without a headline` : marked(title, limits.mailTitleCharsMax);
}

function marked(text: Marked, charsMax: number): Html {
  return html`${stretchesOf(text, charsMax).map((stretch) =>
    stretch.marked ? html`<mark>${stretch.text}</mark>` : html`${stretch.text}`,
  )}`;
}

function nameOf(watch: string, watches: Config['watches']): string {
  return watches.find(({ id }) => id === watch)?.name ?? 'a watch that is gone';
}
