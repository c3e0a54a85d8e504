/** Every feed and how it is. */
import { html } from 'hono/html';
import { unreachable } from '../../../shared/assert.ts';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { limits } from '../../../shared/limits.ts';
import { type FeedReport, feedReports, isRead } from './feed-health.ts';
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
  shown.map((report) => row(report, moments)),
)}
${more(reports.length, shown.length)}`,
  );
}

function row(report: FeedReport, moments: Moments): readonly (Html | string)[] {
  const { feed, state } = report;
  return [
    html`${foreign(feed.name)}<br><span class="quiet">${outsideLink(feed.url, feed.url)}</span>`,
    healthWords(report, moments),
    state?.newsAt == null ? 'none yet' : moments.at(state.newsAt),
    html`<span class="number">${(state?.scanned ?? 0).toLocaleString('en-GB')}</span>`,
    html`<span class="number">every ${feed.everyMinutes} min</span>`,
    feed.tags.length === 0 ? '–' : feed.tags.join(', '),
  ];
}

/** The state of a feed as a sentence. */
export function healthWords({ health, state }: FeedReport, moments: Moments): Html {
  switch (health.kind) {
    case 'failing':
      return html`<span class="alarm">failing</span> since ${moments.at(health.since)}, ${distance(health.since, moments.now)}: ${health.why}. ${foreign(health.detail)}`;
    case 'not looked at yet':
      return html`not looked at yet`;
    case 'quiet':
      return html`quiet: nothing new for more than ${limits.quietFeedDays} days`;
    case 'fine':
      return state?.newsAt == null ? html`fine, nothing new so far` : html`fine`;
    default:
      return unreachable(health);
  }
}
