/** How many read what, and who they are: of an address no more is shown than its reader would know it by. */
import { html } from 'hono/html';
import { unreachable } from '../../../shared/assert.ts';
import { maskedAddress } from '../../../shared/delivery/consent.ts';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { zoneOrUtc } from '../../../shared/digest/slot.ts';
import { limits } from '../../../shared/limits.ts';
import type { Signup } from '../../../shared/watch/config.ts';
import { sayWhen } from '../../../shared/watch/when.ts';
import { foreign, frame, type Html, more, table } from './frame.ts';
import { type Moments, momentsIn } from './moments.ts';
import type { OperatorView } from './operator-view.ts';
import { type ReaderOfEdition, type SubscriberList, subscriberList } from './subscriber-list.ts';

export async function subscribersPage(view: OperatorView): Promise<Html> {
  const { config, people } = view;
  const moments = momentsIn(config.deliver.zone, view.clock.now());
  const list = await subscriberList(people, config, moments.now);
  const persons = new Set(list.readers.map(({ subscriber }) => subscriber)).size;
  const nameOf = (digest: string) => config.digests.find(({ id }) => id === digest)?.name ?? digest;
  return frame(
    '/subscribers',
    'Subscribers',
    html`<h1>${count(persons, 'subscriber')}</h1>
<p>${signupWords(config.deliver.signup)} <a href="/subscribe">The page where people subscribe</a></p>
${list.isCut ? html`<p class="alarm">There are more: only the first ${count(limits.operatorReadersMax, 'subscription')} are counted here.</p>` : ''}
${list.editions.length === 0 ? html`<p>The watch file has no digest to subscribe to.</p>` : editions(list, nameOf)}
<p class="quiet">Sign-ups that wait for their confirmation are not counted here; <code>npx watchword subscribers</code> lists them, while nothing else runs on the data.</p>
${list.readers.length === 0 ? '' : html`<h2>Newest subscriptions</h2>${newest(list.readers, nameOf, moments)}`}`,
  );
}

function signupWords(signup: Signup): string {
  switch (signup.kind) {
    case 'open':
      return 'Everybody may subscribe.';
    case 'domains':
      return `People at ${signup.domains.join(', ')} may subscribe.`;
    case 'closed':
      return 'Nobody may subscribe by themselves: “signup:” in the watch file says so.';
    default:
      return unreachable(signup);
  }
}

const silent = ['paused', 'unsubscribed'];

function editions({ editions: all, readers }: SubscriberList, nameOf: (digest: string) => string): Html {
  const shown = all.slice(0, limits.operatorRowsMax);
  const rows = shown.map((edition) => {
    const of = readers.filter((reader) => reader.edition.id === edition.id).map(({ state }) => state);
    const those = (is: (state: string) => boolean) => number(of.filter(is).length);
    return [
      foreign(nameOf(edition.digest)),
      html`${sayWhen(edition.when)}<br><span class="quiet">${zoneOrUtc(edition.zone)}</span>`,
      those((state) => state === 'confirmed'),
      those((state) => state === 'paused'),
      those((state) => state === 'unsubscribed'),
      those((state) => state !== 'confirmed' && !silent.includes(state)),
    ];
  });
  const columns = ['Digest', 'Comes', 'Mailed', 'Paused', 'Left lately', 'Bounced or complained'];
  return html`${table('Each digest, and each time at which people chose to have it.', columns, rows)}
${more(all.length, shown.length)}`;
}

function newest(readers: readonly ReaderOfEdition[], nameOf: (digest: string) => string, moments: Moments): Html {
  const shown = readers.toSorted((a, b) => b.since - a.since).slice(0, limits.operatorRowsMax);
  return html`${table(
    'Addresses are masked.',
    ['Reader', 'Digest', 'Comes', 'State', 'Since', 'By'],
    shown.map(({ address, edition, state, since, by }) => [
      foreign(maskedAddress(address)),
      foreign(nameOf(edition.digest)),
      sayWhen(edition.when),
      state === 'confirmed' || silent.includes(state) ? state : html`<span class="alarm">${state}</span>`,
      moments.at(since),
      by === 'operator' ? 'the watch file' : 'themselves',
    ]),
  )}
${more(readers.length, shown.length)}`;
}

const number = (value: number): Html => html`<span class="number">${value.toLocaleString('en-GB')}</span>`;
