/** Every feed and how it is. */
import { html } from 'hono/html';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { limits } from '../../../shared/limits.ts';
import { isFailing } from '../../../shared/poll/health.ts';
import { everyInWords, type FeedReport, feedReports, isRead, turnsInWords } from './feed-health.ts';
import { foreign, frame, type Html, more, outsideLink, table } from './frame.ts';
import { distance, type Moments, momentsIn } from './moments.ts';
import type { OperatorView } from './operator-view.ts';

export async function feedsPage(view: OperatorView): Promise<Html> {
  const reports = await feedReports(view);
  const moments = momentsIn(view.config.deliver.zone, view.clock.now());
  const shown = reports.slice(0, limits.operatorRowsMax);
  return frame(
    '/feeds',
    'Feeds',
    html`<h1>Feeds</h1>
<p>${reports.filter(isRead).length} of ${count(reports.length, 'feed')} read.</p>
${table(
  `Those that fail come first. Times in ${view.config.deliver.zone}.`,
  ['Outlet', 'State', 'Last new entry', 'Entries scanned', 'Looked at', 'Tags'],
  shown.map((report) => row(report, view.config.deliver.zone, moments)),
)}
${more(reports.length, shown.length)}`,
  );
}

function row(report: FeedReport, zone: string, moments: Moments): readonly (Html | string)[] {
  const { feed, state } = report;
  const turns = turnsInWords(report, zone, moments.now);
  return [
    html`<a href="/feeds/${feed.id}">${foreign(feed.name)}</a><br><span class="quiet">${outsideLink(feed.url, feed.url)}</span>`,
    html`${healthWords(report, moments)}${
      turns.length === 0 ? '' : html`<br><span class="quiet">Changes: ${foreign(turns.join('; '))}</span>`
    }`,
    state?.newsAt == null ? 'none yet' : moments.at(state.newsAt),
    html`<span class="number">${(state?.scanned ?? 0).toLocaleString('en-GB')}</span>`,
    html`<span class="number">${everyInWords(report)}</span>`,
    feed.tags.length === 0 ? '–' : feed.tags.join(', '),
  ];
}

/** The state of a feed as a sentence. */
export function healthWords({ health, state }: FeedReport, moments: Moments): Html {
  const { kind, since, sentence } = health;
  if (kind === 'fine') return state?.newsAt == null ? html`fine, nothing new so far` : html`fine`;
  const word = isFailing(state) ? html`<span class="alarm">${kind}</span>` : kind;
  const when = since === null ? '' : html` since ${moments.at(since)}, ${distance(since, moments.now)}`;
  return html`${word}${when}${sentence === null ? '' : html`. ${foreign(sentence)}`}`;
}
