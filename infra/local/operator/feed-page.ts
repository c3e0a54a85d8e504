/** One feed: how it is and why, and all that is remembered of it. */
import { html } from 'hono/html';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { addressOf as askedAt, type FeedState } from '../../../shared/poll/feed-state.ts';
import { rhythm } from '../../../shared/poll/health.ts';
import type { Rest } from '../../../shared/poll/rest.ts';
import { everyInWords, feedReports, turnsInWords } from './feed-health.ts';
import { healthWords } from './feeds-page.ts';
import { foreign, frame, type Html, outsideLink } from './frame.ts';
import { addressOf, allHits, matching } from './hit-filter.ts';
import { type Moments, momentsIn } from './moments.ts';
import type { OperatorView } from './operator-view.ts';

/** @returns null when the watch file has no such feed */
export async function feedPage(view: OperatorView, id: string): Promise<Html | null> {
  const report = (await feedReports(view)).find(({ feed }) => feed.id === id);
  if (report === undefined) return null;
  const { feed, state } = report;
  const { zone } = view.config.deliver;
  const moments = momentsIn(zone, view.clock.now());
  const isWhole = await view.hits.isWhole();
  const hits = matching(view.hits.lines(), { ...allHits, outlet: id }).length;
  const turns = turnsInWords(report, zone, moments.now);
  const asked = askedAt(feed, state);
  return frame(
    '/feeds',
    feed.name,
    html`<h1>${foreign(feed.name)}</h1>
<p>${healthWords(report, moments)}</p>
<dl class="pairs">
<dt>Address</dt><dd>${outsideLink(feed.url, feed.url)}</dd>
${asked === feed.url ? '' : html`<dt>Asked at</dt><dd>${outsideLink(asked, foreign(asked))}</dd>`}
<dt>Last error</dt><dd>${lastError(state)}</dd>
<dt>Calls itself</dt><dd>${state?.title ? foreign(state.title) : '–'}</dd>
<dt>Tags</dt><dd>${feed.tags.length === 0 ? '–' : foreign(feed.tags.join(', '))}</dd>
<dt>Hits</dt><dd><a href="${addressOf('/hits', { ...allHits, outlet: id })}">${count(hits, 'hit')}</a>${isWhole ? '' : ' so far'}</dd>
<dt>Looked at</dt><dd>${everyInWords(report)}</dd>
<dt>First read</dt><dd>${state?.firstReadAt == null ? 'never' : moments.at(state.firstReadAt)}</dd>
<dt>Last new entry</dt><dd>${state?.newsAt == null ? 'none yet' : moments.at(state.newsAt)}</dd>
<dt>Entries scanned</dt><dd>${(state?.scanned ?? 0).toLocaleString('en-GB')}${
      state?.remembered ? `, and ${state.remembered} set aside on the first look` : ''
    }</dd>
<dt>Publishes</dt><dd>${state?.rate == null ? 'not known yet' : rhythm(state.rate.perDay)}</dd>
<dt>Its publisher asks</dt><dd>${wishes(state, moments)}</dd>
<dt>Validators</dt><dd>${validators(state)}</dd>
<dt>Changes</dt><dd>${turns.length === 0 ? 'none' : foreign(turns.join('; '), 1_000)}</dd>
</dl>`,
  );
}

function lastError(state: FeedState | null): Html {
  if (state?.failing == null) return html`none`;
  const { why, detail, partial } = state.failing;
  return html`${why}: ${foreign(detail)}${partial ? ' What could be read of it counts.' : ''}`;
}

function wishes(state: FeedState | null, moments: Moments): Html {
  const asked = [...restWords(state?.rest ?? null)];
  if (state?.notBeforeAt != null && state.notBeforeAt > moments.now) {
    return html`not to be asked before ${moments.at(state.notBeforeAt)}${asked.map((wish) => `; ${wish}`)}`;
  }
  return html`${asked.length === 0 ? 'nothing' : asked.join('; ')}`;
}

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function* restWords(rest: Rest | null): Generator<string> {
  if (rest === null) return;
  if (rest.freshMinutes > 0) yield `${rest.freshMinutes} minutes between two looks`;
  if (rest.advisedMinutes > 0) yield `it changes every ${rest.advisedMinutes} minutes at most`;
  if (rest.skipHours.length > 0) yield `no look at ${rest.skipHours.join(', ')} o’clock UTC`;
  if (rest.skipDays.length > 0) yield `no look on ${rest.skipDays.map((day) => dayNames[day] ?? day).join(', ')}`;
}

function validators(state: FeedState | null): Html {
  const { etag = null, lastModified = null } = state?.validators ?? {};
  const known = [etag === null ? null : `ETag ${etag}`, lastModified === null ? null : `Last-Modified ${lastModified}`];
  const told = known.filter((each) => each !== null);
  return html`${told.length === 0 ? 'none: it is always sent whole' : foreign(told.join(', '))}`;
}
