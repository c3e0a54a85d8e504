/** One glance: does it work, and what comes next. */
import { html } from 'hono/html';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { limits } from '../../../shared/limits.ts';
import { isFailing } from '../../../shared/poll/health.ts';
import { articles } from './articles.ts';
import { digestColumns, digestRow } from './digest-rows.ts';
import { allEditions } from './edition-list.ts';
import { type FeedReport, feedReports, isRead } from './feed-health.ts';
import { healthWords } from './feeds-page.ts';
import { foreign, frame, type Html, more, table } from './frame.ts';
import { wholeHits } from './hits-export.ts';
import { beingRead, noHits } from './hits-page.ts';
import { type LastLook, lastLook } from './last-look.ts';
import { mailTable, newestMails } from './mail-list.ts';
import { distance, type Moments, momentsIn } from './moments.ts';
import type { OperatorView } from './operator-view.ts';
import { verdict } from './verdict.ts';

export async function overviewPage(view: OperatorView): Promise<Html> {
  const now = view.clock.now();
  const { watches, deliver } = view.config;
  const moments = momentsIn(deliver.zone, now);
  const reports = await feedReports(view);
  const look = await lastLook(view.news, reports, now);
  const isWhole = await view.hits.isWhole();
  const lines = view.hits.lines();
  const newest = await Array.fromAsync(wholeHits(view.news, lines.slice(0, limits.overviewRowsMax)));
  const { headline, details, alarm } = verdict(reports, look, now);
  return frame(
    '/',
    'Overview',
    html`<h1>${headline}</h1>
${alarm ? html`<p class="alarm">${details.join(' ')}</p>` : html`<p>${details.join(' ')}</p>`}
${facts(reports, look, isWhole ? lines.length : null, view, moments)}
${failingFeeds(reports, moments)}
<h2>Digests</h2>
${await digests(view)}
<h2>Newest mails</h2>
${await mails(view, moments)}
<h2>Newest hits</h2>
${isWhole ? '' : beingRead(lines.length)}
${lines.length === 0 ? html`<p>${noHits(undefined)}</p>` : articles(newest, watches, moments)}
${lines.length > newest.length ? html`<p><a href="/hits">All ${count(lines.length, 'hit')}</a> · <a href="/figures">Hits over time</a></p>` : ''}`,
  );
}

function facts(
  reports: readonly FeedReport[],
  look: LastLook | null,
  hits: number | null,
  view: OperatorView,
  moments: Moments,
): Html {
  const scanned = reports.reduce((sum, { state }) => sum + (state?.scanned ?? 0), 0);
  return html`<dl class="facts">
<div><dt>Feeds read</dt><dd><a href="/feeds">${reports.filter(isRead).length} of ${reports.length}</a></dd></div>
<div><dt>Last look ended</dt><dd>${look === null ? '–' : moments.at(look.endedAt)}</dd>${
    look === null ? '' : html`<dd>${distance(look.endedAt, moments.now)}</dd>`
  }</div>
<div><dt>Entries scanned</dt><dd>${scanned.toLocaleString('en-GB')}</dd><dd>against ${count(view.config.watches.length, 'watch', 'watches')}</dd></div>
<div><dt>Hits</dt><dd><a href="/hits">${hits?.toLocaleString('en-GB') ?? 'being read'}</a></dd></div>
<div><dt>Mails</dt><dd><a href="/mails">${view.mails().length.toLocaleString('en-GB')}</a></dd><dd>kept on this machine</dd></div>
</dl>`;
}

function failingFeeds(reports: readonly FeedReport[], moments: Moments): Html {
  const failing = reports.filter(({ state }) => isFailing(state));
  if (failing.length === 0) return html``;
  const shown = failing.slice(0, limits.overviewRowsMax);
  return html`<h2>Feeds that cannot be read</h2>
${table(
  'They are tried again, more seldom the longer they fail. Every digest says which they are.',
  ['Outlet', 'State'],
  shown.map((report) => [
    html`<a href="/feeds/${report.feed.id}">${foreign(report.feed.name)}</a>`,
    healthWords(report, moments),
  ]),
)}
${more(failing.length, shown.length)}`;
}

async function digests(view: OperatorView): Promise<Html> {
  const all = view.config.digests;
  if (all.length === 0) {
    return html`<p>The watch file has no digest: hits are kept, and no mail goes out. Add one under <code>digests:</code>.</p>`;
  }
  const editions = await allEditions(view.people, all);
  const shown = editions.slice(0, limits.operatorRowsMax);
  const nameOf = (digest: string) => all.find(({ id }) => id === digest)?.name ?? digest;
  const rows = await Promise.all(shown.map((edition) => digestRow(view, edition, nameOf(edition.digest))));
  return html`${table('Times in the zone of each digest.', digestColumns, rows)}
${more(editions.length, shown.length)}
<p>${view.config.deliver.signup.kind === 'closed' ? html`Nobody can sign up: <code>signup:</code> says so.` : html`People sign up at <a href="/subscribe">/subscribe</a>.`} Who gets what: <a href="/subscribers">subscribers</a>.</p>`;
}

async function mails(view: OperatorView, moments: Moments): Promise<Html> {
  const total = view.mails().length;
  if (total === 0) return html`<p>No mail is kept here yet. The first comes with the next issue of a digest.</p>`;
  const newest = newestMails(view, limits.overviewRowsMax);
  return html`${await mailTable(view, newest, `The newest first. Times in ${view.config.deliver.zone}.`, moments)}
${total > newest.length ? html`<p><a href="/mails">All ${count(total, 'mail')}</a></p>` : ''}`;
}
