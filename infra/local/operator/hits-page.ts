/** The hits that are asked for, day by day, a page at a time. */
import { html } from 'hono/html';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { oneLine } from '../../../shared/digest/mail-text.ts';
import { limits } from '../../../shared/limits.ts';
import type { Watch } from '../../../shared/watch/config.ts';
import { articles } from './articles.ts';
import { frame, type Html } from './frame.ts';
import { addressOf, filterOf, type HitFilter, isNarrow, matching } from './hit-filter.ts';
import type { HitLine } from './hit-index.ts';
import { wholeHits } from './hits-export.ts';
import { momentsIn } from './moments.ts';
import type { OperatorView } from './operator-view.ts';

/**
 * @param query of the address: a filter, and `page`
 * @returns null when there is no such watch or outlet
 */
export async function hitsPage(view: OperatorView, query: Readonly<Record<string, string>>): Promise<Html | null> {
  const isWhole = await view.hits.isWhole();
  const { filter, problems } = filterOf(query);
  const lines = view.hits.lines();
  const choices = choicesOf(view, lines);
  if (!choices.watches.has(filter.watch ?? '') || !choices.outlets.has(filter.outlet ?? '')) return null;

  const { watches, deliver } = view.config;
  const moments = momentsIn(deliver.zone, view.clock.now());
  const found = matching(lines, filter);
  const byEntry = [...Map.groupBy(found, ({ entry }) => entry).values()];
  const pages = Math.max(1, Math.ceil(byEntry.length / limits.hitsPageArticlesMax));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(query.page)) || 1));
  const shown = byEntry.slice((page - 1) * limits.hitsPageArticlesMax, page * limits.hitsPageArticlesMax);
  const days = Map.groupBy(byEntry, ([newest]) => newest?.day ?? '');
  const title = titleOf(filter, choices);
  const one = watches.find(({ id }) => id === filter.watch);
  const listed = await Promise.all(
    [...Map.groupBy(shown, ([newest]) => newest?.day ?? '')].map(async ([day, entries]) => {
      const hits = await Array.fromAsync(wholeHits(view.news, entries.flat()));
      // Under the name of their day, hits are told by the hour.
      const onDay = momentsIn(deliver.zone, entries[0]?.[0]?.foundAt ?? moments.now);
      return html`<h2>${onDay.day(onDay.now)} <span class="quiet">${days.get(day)?.length ?? 0}</span></h2>
${articles(hits, watches, onDay)}`;
    }),
  );
  return frame(
    '/hits',
    title,
    html`<h1>${title}</h1>
${isWhole ? '' : beingRead(lines.length)}
${problems.map((problem) => html`<p class="alarm">${problem}</p>`)}
${search(filter, choices)}
<p>${
      lines.length === 0 || (found.length === 0 && !isNarrow({ ...filter, watch: null }))
        ? noHits(one)
        : summary(found.length, byEntry.length, page, pages)
    }</p>
${found.length === 0 ? '' : files(filter, found.length)}
${listed}
${turning(filter, page, pages)}`,
    { title: `${title}, as a feed`, href: addressOf('/hits.rss', filter) },
  );
}

/** `Hits`, `Hits of Encryption`, `Hits of Encryption in The Herald` */
export function titleOf({ watch, outlet }: HitFilter, { watches, outlets }: Choices): string {
  const of = watch === null ? '' : ` of ${watches.get(watch) ?? ''}`;
  return outlet === null ? `Hits${of}` : `Hits${of} in ${outlets.get(outlet) ?? ''}`;
}

/** What to do about an empty list. */
export function noHits(watch: Watch | undefined): Html {
  return html`${watch === undefined ? 'No hit yet.' : 'This watch found nothing yet.'} Hits come with the next look at the feeds.
To test words at once, run <code>npx watchword match</code>.`;
}

/** While the stored hits are read for the first time. */
export function beingRead(known: number): Html {
  return html`<p class="alarm">The stored hits are being read: ${known.toLocaleString('en-GB')} so far. Reload this page in a few seconds for all of them.</p>`;
}

interface Choices {
  /** Names by id, and '' for all. */
  readonly watches: ReadonlyMap<string, string>;
  readonly outlets: ReadonlyMap<string, string>;
}

/** Every watch, and each outlet that is watched or was. */
export function choicesOf({ config }: Pick<OperatorView, 'config'>, lines: readonly HitLine[]): Choices {
  const byName = ([, a]: readonly [string, string], [, b]: readonly [string, string]) => a.localeCompare(b);
  const outlets = new Map(lines.map(({ feed, outlet }) => [feed, outlet]));
  for (const { id, name } of config.feeds) outlets.set(id, name);
  return {
    watches: new Map([['', 'All watches'], ...config.watches.map(({ id, name }) => [id, name] as const).sort(byName)]),
    outlets: new Map([['', 'All outlets'], ...[...outlets].sort(byName)]),
  };
}

function search(filter: HitFilter, { watches, outlets }: Choices): Html {
  return html`<form class="search" action="/hits" role="search">
${choice('watch', 'Watch', filter.watch, watches)}
${choice('outlet', 'Outlet', filter.outlet, outlets)}
<p><label for="from">From</label><input type="date" id="from" name="from" value="${filter.from ?? ''}"></p>
<p><label for="to">To</label><input type="date" id="to" name="to" value="${filter.to ?? ''}"></p>
<p><label for="words">Words</label><input type="search" id="words" name="words" maxlength="${limits.searchCharsMax}" value="${filter.words}"></p>
<p><button>Show</button>${isNarrow(filter) ? html` <a href="/hits">All hits</a>` : ''}</p>
</form>`;
}

function choice(name: string, label: string, chosen: string | null, options: ReadonlyMap<string, string>): Html {
  return html`<p><label for="${name}">${label}</label><select id="${name}" name="${name}">${[...options].map(
    ([id, text]) =>
      html`<option value="${id}"${id === (chosen ?? '') ? html` selected` : html``}>${oneLine(text)}</option>`,
  )}</select></p>`;
}

function summary(hits: number, entries: number, page: number, pages: number): string {
  if (hits === 0) return 'No hit is as asked for.';
  const all = `${count(hits, 'hit')} in ${count(entries, 'article')}`;
  return pages === 1 ? `${all}, the newest first.` : `${all}, the newest first: page ${page} of ${pages}.`;
}

function files(filter: HitFilter, hits: number): Html {
  const whole = hits === 1 ? 'it' : `all ${hits.toLocaleString('en-GB')}`;
  return html`<p class="quiet">Take ${whole} along as
<a href="${addressOf('/hits.csv', filter)}">CSV</a> or <a href="${addressOf('/hits.json', filter)}">JSON</a>; follow new ones by <a href="${addressOf('/hits.rss', filter)}">RSS</a>.</p>`;
}

function turning(filter: HitFilter, page: number, pages: number): Html {
  if (pages === 1) return html``;
  const to = (wanted: number) => addressOf('/hits', filter, wanted === 1 ? {} : { page: String(wanted) });
  return html`<nav class="turning" aria-label="Pages of hits">
${page === 1 ? '' : html`<a rel="prev" href="${to(page - 1)}">Newer</a>`}
${page === pages ? '' : html`<a rel="next" href="${to(page + 1)}">Older</a>`}
</nav>`;
}
