/** Hits over time, by watch and by outlet: as a chart, and as tables of the same numbers. */
import { html, raw } from 'hono/html';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { oneLine } from '../../../shared/digest/mail-text.ts';
import { limits } from '../../../shared/limits.ts';
import { foreign, frame, type Html, more, table } from './frame.ts';
import { countsByDay, lastDays, type Series } from './hit-counts.ts';
import { addressOf, allHits, type HitFilter } from './hit-filter.ts';
import type { HitLine } from './hit-index.ts';
import { beingRead, choicesOf, noHits } from './hits-page.ts';
import { type Moments, momentsIn } from './moments.ts';
import type { OperatorView } from './operator-view.ts';

const spans = [7, 30, 90] as const;

/** @param query of the address: `days` (7, 30, 90) and `by` (`total` for columns of one colour) */
export async function figuresPage(view: OperatorView, query: Readonly<Record<string, string>>): Promise<Html> {
  const isWhole = await view.hits.isWhole();
  const span = spans.find((days) => String(days) === query.days) ?? 30;
  const isTotal = query.by === 'total';
  const { zone } = view.config.deliver;
  const moments = momentsIn(zone, view.clock.now());
  const days = lastDays(span, zone, moments.now);
  const filter = { ...allHits, from: days[0] ?? null, to: days.at(-1) ?? null };
  const all = view.hits.lines();
  const lines = all.filter(({ day }) => day >= (filter.from ?? '') && day <= (filter.to ?? ''));
  const names = choicesOf(view, all);
  const series = countsByDay(lines, days, isTotal ? () => 'all' : ({ watch }) => watch);
  const named = series.map((each) => ({ ...each, name: nameOf(each, isTotal, names.watches) }));
  return frame(
    '/figures',
    'Figures',
    html`<h1>${count(lines.length, 'hit')} in ${span} days</h1>
${isWhole ? '' : beingRead(all.length)}
${switches(span, isTotal)}
${lines.length === 0 ? html`<p>${all.length === 0 ? noHits(undefined) : 'None was found in these days.'}</p>` : await figure(named, days, span)}
${
  lines.length === 0
    ? ''
    : html`<h2>By watch</h2>
${counts('Watch', 'watch', lines, names.watches, filter, moments)}
<h2>By outlet</h2>
${counts('Outlet', 'outlet', lines, names.outlets, filter, moments)}`
}`,
  );
}

type NamedSeries = Series & { readonly name: string };

function nameOf({ id }: Series, isTotal: boolean, watches: ReadonlyMap<string, string>): string {
  if (isTotal) return 'All watches';
  return id === null ? 'All others' : (watches.get(id) ?? 'A watch that is gone');
}

function switches(span: number, isTotal: boolean): Html {
  const link = (text: string, days: number, total: boolean) =>
    html`<li><a href="/figures?days=${days}${total ? '&by=total' : ''}"${
      days === span && total === isTotal ? html` aria-current="true"` : html``
    }>${text}</a></li>`;
  return html`<nav class="switches" aria-label="What is shown"><ul>
${spans.map((days) => link(`${days} days`, days, isTotal))}
</ul><ul>
${link('By watch', span, false)}
${link('Total', span, true)}
</ul></nav>`;
}

/** Two drawings of the same: letters would be too small on a phone if one were only scaled. */
async function figure(series: readonly NamedSeries[], days: readonly string[], span: number): Promise<Html> {
  const { columnChart } = await import('./chart.ts');
  const columns = {
    labels: days.map(dayLabel),
    series: series.map(({ values }, index) => ({ colour: `var(--series-${index + 1})`, values })),
  };
  const total = days.map((_, day) => series.reduce((sum, { values }) => sum + (values[day] ?? 0), 0));
  const most = Math.max(...total);
  const busiest = days[total.indexOf(most)] ?? '';
  return html`<figure class="chart">
<figcaption>Hits a day, in ${span} days. The most were ${most.toLocaleString('en-GB')}, on ${dayLabel(busiest)}.</figcaption>
<div class="wide">${raw(columnChart(columns, { width: 1_040, height: 300 }))}</div>
<div class="narrow">${raw(columnChart(columns, { width: 360, height: 240 }))}</div>
<ul class="legend">${series.map(
    ({ name, total: hits }, index) =>
      html`<li><span class="swatch series-${index + 1}"></span>${oneLine(name)} <span class="quiet number">${hits.toLocaleString('en-GB')}</span></li>`,
  )}</ul>
<details><summary>The same as a table</summary>
${table(
  'Hits by day, the newest day first.',
  ['Day', ...(series.length > 1 ? ['All'] : []), ...series.map(({ name }) => oneLine(name))],
  days
    .map((day, index) => [
      html`<time datetime="${day}">${dayLabel(day)}</time>`,
      ...(series.length > 1 ? [number(total[index] ?? 0)] : []),
      ...series.map(({ values }) => number(values[index] ?? 0)),
    ])
    .toReversed(),
)}
</details>
</figure>`;
}

function counts(
  heading: string,
  by: 'watch' | 'outlet',
  lines: readonly HitLine[],
  names: ReadonlyMap<string, string>,
  filter: HitFilter,
  moments: Moments,
): Html {
  const groups = [...Map.groupBy(lines, (line) => (by === 'watch' ? line.watch : line.feed))]
    .map(([id, own]) => ({ id, hits: own.length, newestAt: own[0]?.foundAt ?? 0, name: names.get(id) ?? 'gone' }))
    .sort((a, b) => b.hits - a.hits || a.name.localeCompare(b.name));
  const shown = groups.slice(0, limits.operatorRowsMax);
  return html`${table(
    'Most hits first.',
    [heading, 'Hits', 'Newest'],
    shown.map(({ id, hits, newestAt, name }) => [
      html`<a href="${addressOf('/hits', { ...filter, [by]: id })}">${foreign(name)}</a>`,
      number(hits),
      moments.at(newestAt),
    ]),
  )}
${more(groups.length, shown.length)}`;
}

const number = (value: number): Html => html`<span class="number">${value.toLocaleString('en-GB')}</span>`;

/** `23 Nov` */
function dayLabel(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
}
