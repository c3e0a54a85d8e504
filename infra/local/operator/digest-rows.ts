/** Each digest: when its next issue comes, what waits for it, and what became of the last. */
import { html } from 'hono/html';
import { type Edition, isOwn, shelfOf } from '../../../shared/delivery/edition.ts';
import { count } from '../../../shared/digest/coverage-lines.ts';
import type { Issue } from '../../../shared/digest/issue.ts';
import { latestSlot, nextSlot, zoneOrUtc } from '../../../shared/digest/slot.ts';
import { deliveriesOf } from '../../../shared/store/deliveries.ts';
import { alreadyListed, pendingOf } from '../../../shared/store/hits.ts';
import { lastIssue } from '../../../shared/store/issues.ts';
import type { Instant } from '../../../shared/time.ts';
import { sayWhen } from '../../../shared/watch/when.ts';
import { foreign, type Html } from './frame.ts';
import { distance, momentsIn } from './moments.ts';
import type { OperatorView } from './operator-view.ts';

export const digestColumns = ['Digest', 'Next issue', 'Waiting to be told', 'Last issue'];

/** @param name of the digest that it is an edition of */
export async function digestRow(
  view: OperatorView,
  edition: Edition,
  name: string,
): Promise<readonly (Html | string)[]> {
  const now = view.clock.now();
  const last = await lastIssue(view.news, edition.id);
  const pending = await pendingHits(view, edition, last);
  return [
    isOwn(edition)
      ? foreign(name)
      : html`${foreign(name)}<br><span class="quiet">as readers chose it: ${sayWhen(edition.when)}</span>`,
    nextIssue(edition, last, pending, now),
    pending === 0 ? 'nothing' : count(pending, 'hit'),
    await lastIssueWords(view, edition, last),
  ];
}

/** What no issue lists: a hit may be noted again after it was listed, and a frozen issue may not be settled yet. */
async function pendingHits(view: OperatorView, edition: Edition, last: Issue | null): Promise<number> {
  const noted = await pendingOf(view.news, shelfOf(edition));
  const listed = await alreadyListed(view.news, edition.id, noted);
  const frozen = new Set(
    last === null || last.finished ? [] : last.hits.map(({ entry, watch }) => `${entry} ${watch}`),
  );
  return noted.filter((hit) => !listed(hit) && !frozen.has(`${hit.entry} ${hit.watch}`)).length;
}

function nextIssue({ when, zone }: Edition, last: Issue | null, pending: number, now: Instant): Html {
  if (when.kind === 'at once') return pending > 0 ? html`with the next tick` : html`as soon as there is a hit`;
  const moments = momentsIn(zone, now);
  const latest = latestSlot(when, zone, now);
  if (last !== null && latest.at > last.slotAt) {
    return html`due since ${moments.at(latest.at)}, comes with the next tick`;
  }
  const next = nextSlot(when, zone, now);
  return html`${moments.at(next.at)}, ${distance(next.at, now)}<br><span class="quiet">${zoneOrUtc(zone)}</span>`;
}

async function lastIssueWords(view: OperatorView, { id, zone }: Edition, last: Issue | null): Promise<Html> {
  if (last === null || last.number === 0) return html`none yet`;
  const link = html`<a href="/issues/${id}/${last.number}">No. ${last.number}</a>`;
  const at = momentsIn(zone, view.clock.now()).at(last.frozenAt);
  const words = html`${link}, ${at}: ${last.hits.length === 0 ? 'nothing new' : count(last.hits.length, 'hit')}`;
  if (!last.finished) return html`${words}<br><span class="quiet">being made ready</span>`;
  return html`${words}<br>${await deliveriesWords(view, last)}`;
}

/** How the mails of an issue fare, in numbers. */
export async function deliveriesWords(view: OperatorView, issue: Issue): Promise<Html> {
  if (!issue.sends) return html`<span class="quiet">no mail: there was nothing to tell</span>`;
  const deliveries = await deliveriesOf(view.people, issue.id);
  if (deliveries.length === 0) return html`<span class="quiet">no mail: nobody is subscribed</span>`;
  const of = (...states: readonly string[]) => deliveries.filter(({ state }) => states.includes(state)).length;
  const sent = of('SENT');
  const underway = of('QUEUED', 'SENDING');
  const trouble = of('UNKNOWN', 'DROPPED');
  return html`<span class="quiet">${count(sent, 'mail')} sent${underway > 0 ? `, ${underway} on the way` : ''}</span>${
    trouble > 0 ? html` <span class="alarm">${trouble} dropped or unsure</span>` : ''
  }`;
}
