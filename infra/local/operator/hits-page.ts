/** The newest hits, day by day; of one watch when it is named. */
import { html } from 'hono/html';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { limits } from '../../../shared/limits.ts';
import { localDay } from '../../../shared/time.ts';
import type { Watch } from '../../../shared/watch/config.ts';
import { articles, type NewestHits, newestHits } from './articles.ts';
import { frame, type Html, more } from './frame.ts';
import { momentsIn } from './moments.ts';
import type { OperatorView } from './operator-view.ts';

/**
 * @param only id of a watch; null for all
 * @returns null when there is no such watch
 */
export async function hitsPage(view: OperatorView, only: string | null): Promise<Html | null> {
  const { watches, deliver } = view.config;
  const chosen = only === null ? watches : watches.filter(({ id }) => id === only);
  if (only !== null && chosen.length === 0) return null;
  const found = await newestHits(view.news, chosen, limits.operatorRowsMax);
  const moments = momentsIn(deliver.zone, view.clock.now());
  const days = Map.groupBy(found.hits, ({ foundAt }) => localDay(foundAt, deliver.zone));
  const one = only === null ? undefined : chosen[0];
  const title = one === undefined ? 'Hits' : `Hits of ${one.name}`;
  return frame(
    '/hits',
    title,
    html`<h1>${title}</h1>
<p>${found.total === 0 ? noHits(one) : summary(found)}${one === undefined ? '' : html` <a href="/hits">All watches</a>`}</p>
${one === undefined && found.total > 0 ? choice(watches, found) : ''}
${[...days.values()].map(
  (
    hits,
  ) => html`<h2>${moments.day(hits[0]?.foundAt ?? moments.now)} <span class="quiet">${new Set(hits.map(({ entry }) => entry)).size}</span></h2>
${articles(hits, watches, moments)}`,
)}
${more(found.total, found.hits.length)}`,
  );
}

/** What to do about an empty list. */
export function noHits(watch: Watch | undefined): Html {
  return html`${watch === undefined ? 'No hit yet.' : 'This watch found nothing yet.'} Hits come with the next look at the feeds.
To test words at once, run <code>npx watchword match</code>.`;
}

function summary({ total, hits }: NewestHits): string {
  const all = count(total, 'hit');
  return total > hits.length ? `The newest ${hits.length} of ${all}.` : `${all}, the newest first.`;
}

function choice(watches: readonly Watch[], { byWatch }: NewestHits): Html {
  const shown = watches.slice(0, limits.operatorRowsMax);
  return html`<details><summary>Show one watch only</summary>
<ul class="names">${shown.map(
    ({ id, name }) =>
      html`<li><a href="/hits?watch=${id}">${name}</a> <span class="quiet number">${byWatch.get(id) ?? 0}</span></li>`,
  )}</ul>
${more(watches.length, shown.length)}</details>`;
}
