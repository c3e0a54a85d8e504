/** One issue: what it froze, and the receipt that went with it. */
import { html } from 'hono/html';
import { count, coverageLines } from '../../../shared/digest/coverage-lines.ts';
import { localTime } from '../../../shared/digest/local-time.ts';
import { zoneOrUtc } from '../../../shared/digest/slot.ts';
import { limits } from '../../../shared/limits.ts';
import { getHits } from '../../../shared/store/hits.ts';
import { issueNumbered } from '../../../shared/store/issues.ts';
import { sayWhen } from '../../../shared/watch/when.ts';
import { articles } from './articles.ts';
import { deliveriesWords } from './digest-rows.ts';
import { allEditions } from './edition-list.ts';
import { foreign, frame, type Html, more, table } from './frame.ts';
import { momentsIn } from './moments.ts';
import type { OperatorView } from './operator-view.ts';

/**
 * @param editionId as the address has it
 * @returns null when there is no such issue
 */
export async function issuePage(view: OperatorView, editionId: string, number: number): Promise<Html | null> {
  const issue = await issueNumbered(view.news, editionId, number);
  const digest = view.config.digests.find(({ id }) => id === issue?.digest);
  // Number 0 only marks where a digest starts.
  if (digest === undefined || issue === null || issue.number === 0) return null;
  const edition = (await allEditions(view.people, [digest])).find(({ id }) => id === editionId);
  const { when, zone } = edition ?? digest;
  const time = localTime(zone, issue.slotAt);
  const listed = issue.hits.slice(0, limits.operatorRowsMax);
  const hits = [...(await getHits(view.news, listed))].sort((a, b) => b.foundAt - a.foundAt);
  const lines = coverageLines(issue.receipt, time);
  const { failing, unread } = lines;
  return frame(
    null,
    `${digest.name}, No. ${issue.number}`,
    html`<h1>${foreign(digest.name)}, No. ${issue.number}</h1>
<p class="quiet">${sayWhen(when)}: ${time.full(issue.slotAt)} (${zoneOrUtc(zone)}), frozen ${time.nearSlot(issue.frozenAt)}${issue.finished ? '' : ', being made ready'}</p>
<p>${count(issue.hits.length, 'hit')}. ${lines.feeds}. ${await deliveriesWords(view, issue)}</p>
<h2>Hits</h2>
${
  hits.length === 0
    ? html`<p>This issue lists none.</p>`
    : articles(hits, view.config.watches, momentsIn(zone, view.clock.now()))
}
${more(issue.hits.length, listed.length)}
<h2>Coverage</h2>
${table(
  lines.span,
  ['What', 'How many'],
  lines.facts.map(({ name, value }) => [name, value]),
)}
${
  failing.length === 0
    ? ''
    : table(
        'Could not be read',
        ['Outlet', 'Why'],
        failing.map(({ name, text }) => [foreign(name), foreign(text, limits.mailTitleCharsMax * 2)]),
      )
}
${unread.length === 0 ? '' : html`<p>Not looked at: ${unread.join(', ')}.</p>`}
${table(
  'Found for each watch',
  ['Watch', 'Found'],
  lines.watches.map(({ name, found }) => [foreign(name), found]),
)}`,
  );
}
