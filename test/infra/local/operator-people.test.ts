/** Readers and their mails as the operator sees them: who gets what, and what became of it. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { MailState } from '../../../infra/local/operator/mail-states.ts';
import { drop } from '../../../shared/delivery/delivery.ts';
import { editionFor } from '../../../shared/delivery/edition.ts';
import { freeze, type Issue } from '../../../shared/digest/issue.ts';
import { deliveryOf, moveDelivery, putQueued } from '../../../shared/store/deliveries.ts';
import { putIssue } from '../../../shared/store/issues.ts';
import { peopleKeys } from '../../../shared/store/keys.ts';
import { confirmByOperator, subscriberId, suppress } from '../../../shared/store/subscribers.ts';
import { HOUR, MINUTE } from '../../../shared/time.ts';
import { receipt } from '../../digest/sample.ts';
import { town } from '../../simulation/small-town.ts';
import { testKeys } from '../../simulation/test-keys.ts';
import { askOf, now, operatorView, saidBy, type TownView } from './operator-town.ts';

const [atOnce, morning] = town.digests;
if (!atOnce || !morning) throw new Error('the town has two digests');
const idOf = (address: string) => subscriberId(address, testKeys);

let view: TownView;

beforeEach(() => {
  view = operatorView();
});

/** Of the digest “Morning”. */
async function change(subscriber: string, part: Readonly<Record<string, string>>): Promise<void> {
  const key = peopleKeys.subscription(subscriber, morning?.id ?? '');
  await view.people.put({ ...(await view.people.get(key)), ...key, ...part });
}

const read = async (path: string) => saidBy(await (await askOf(view)(path)).text());

describe('the subscribers', () => {
  it('are counted by digest, by when it comes, and by state', async () => {
    const to = ['ada@reader.example', 'bea@reader.example', 'cleo@reader.example', 'dan@reader.example'];
    await confirmByOperator(view.people, { ...morning, to }, testKeys, now - HOUR);
    await confirmByOperator(view.people, { ...atOnce, to: ['ada@reader.example'] }, testKeys, now - HOUR);
    await change(idOf('bea@reader.example'), { state: 'unsubscribed' });
    await suppress(view.people, idOf('cleo@reader.example'), { cause: 'bounced', since: now });
    const page = await read('/subscribers');
    expect(page).toContain('4 subscribers');
    expect(page).toMatch(/At once at once Europe\/London 1 0 0 0/);
    expect(page).toMatch(/Morning every day at 07:00 Europe\/London 2 0 1 1/);
    expect(page).toContain('Nobody may subscribe by themselves');
  });

  it('of an edition that people chose have a line of their own, once they read it', async () => {
    const chosen = editionFor(morning, { kind: 'hourly' }, 'Asia/Tokyo');
    const to = ['ada@reader.example'];
    await confirmByOperator(view.people, { ...morning, to }, testKeys, now);
    const ada = idOf('ada@reader.example');
    await view.people.put({ ...peopleKeys.reader(chosen.id, ada), since: now, rev: 1 });
    const row = { when: { kind: 'hourly' }, zone: chosen.zone, since: now, rev: 1 };
    await view.people.put({ ...peopleKeys.edition(morning.id, chosen.id), ...row });
    expect(await read('/subscribers')).toMatch(/Morning every hour Asia\/Tokyo 0 0 0 0/);
    await change(ada, { edition: chosen.id });
    const page = await read('/subscribers');
    expect(page).toMatch(/Morning every hour Asia\/Tokyo 1 0 0 0/);
    expect(page).toMatch(/Morning every day at 07:00 Europe\/London 0 0 0 0/);
  });

  it('are shown by no more of their address than a mask', async () => {
    const to = ['ada.lovelace@reader.example'];
    await confirmByOperator(view.people, { ...morning, to }, testKeys, now);
    for (const path of ['/subscribers', '/mails?state=sent']) {
      const page = await (await askOf(view)(path)).text();
      expect(page).not.toMatch(/lovelace|reader\.example/);
    }
    expect(await read('/subscribers')).toContain('a…@r….example');
  });

  it('find the page where people subscribe, and hear who may', async () => {
    view = operatorView({ ...town, deliver: { ...town.deliver, signup: { kind: 'domains', domains: ['a.example'] } } });
    const page = await (await askOf(view)('/subscribers')).text();
    expect(page).toContain('href="/subscribe"');
    expect(page).toContain('People at a.example may subscribe.');
  });
});

describe('the mails', () => {
  /** An issue of the digest whose deliveries are in these states. */
  async function anIssueIn(number: number, states: Readonly<Record<string, MailState>>): Promise<Issue> {
    const slot = { id: `2026-11-${number}T07:00`, at: Date.UTC(2026, 10, number, 7) };
    const found = { hits: [], receipt: receipt(), scanned: {} };
    const issue = freeze(morning!, { kind: 'freeze', slot, number }, found, slot.at + MINUTE);
    await putIssue(view.news, issue);
    const to = Object.keys(states);
    await confirmByOperator(view.people, { ...morning!, to }, testKeys, slot.at);
    for (const [address, state] of Object.entries(states)) {
      const subscriber = idOf(address);
      await putQueued(view.people, issue.id, subscriber, slot.at);
      if (state === 'waiting') continue;
      const delivery = await deliveryOf(view.people, issue.id, subscriber);
      const after = drop(delivery!, state === 'dropped' ? 'unsubscribed' : 'x', slot.at + 2 * MINUTE);
      const told = state === 'dropped' ? {} : { state: state === 'unknown' ? ('UNKNOWN' as const) : ('SENT' as const) };
      await moveDelivery(view.people, delivery!, { ...after, ...told });
      const cause = state === 'bounced' ? 'bounced' : 'complained';
      if (state === cause) await suppress(view.people, subscriber, { cause, since: slot.at + 3 * MINUTE });
    }
    return issue;
  }

  const states = {
    'ada@reader.example': 'waiting',
    'bea@reader.example': 'sent',
    'cleo@reader.example': 'unknown',
    'dan@reader.example': 'dropped',
    'eve@reader.example': 'bounced',
    'fay@reader.example': 'complained',
  } as const;

  it.each(Object.entries(states))('of %s alone are %s', async (address, state) => {
    await anIssueIn(23, states);
    const page = await read(`/mails?state=${state}`);
    expect(page).toMatch(/waiting 1 sent 1 unknown 1 dropped 1 bounced 1 complained 1/);
    expect(page).toContain('1 mail of the newest issues');
    expect(page).toContain(`Morning, No. 23 ${address.slice(0, 1)}…@r….example`);
    expect(page.match(/Morning, No\. 23/g)).toHaveLength(1);
  });

  it('that were sent before a reader came to be left alone count as sent, later ones as come back', async () => {
    await anIssueIn(21, { 'eve@reader.example': 'sent' });
    await anIssueIn(23, { 'eve@reader.example': 'bounced' });
    // Which of the two came back is not stored; both went out before, and the newer stands first.
    expect(await read('/mails?state=bounced')).toMatch(/2 mails of the newest issues.* No\. 23 .* No\. 21 /);
    await anIssueIn(24, { 'eve@reader.example': 'sent' });
    expect(await read('/mails?state=sent')).toContain('1 mail of the newest issues');
  });

  it('lead to the mail where it is kept, and to the issue', async () => {
    const issue = await anIssueIn(23, { 'bea@reader.example': 'sent' });
    const tags = { issue: issue.id, subscriber: idOf('bea@reader.example') };
    const mail = { id: 'mail-1', subject: 'S', to: ['bea@reader.example'], at: now, path: '/data/1.eml', tags };
    view.mailbox.push({ mail, bytes: null });
    const page = await (await askOf(view)('/mails?state=sent')).text();
    expect(page).toContain('href="/mails/mail-1"');
    expect(page).toContain(`href="/issues/${morning.id}/23"`);
  });

  it('in a state that there is not are all that are kept', async () => {
    expect(await read('/mails?state=lost')).toContain('No mail is kept here yet.');
  });

  it('that are letters are called so', async () => {
    const mail = {
      id: 'm',
      subject: 'Please confirm',
      to: ['a@b.example'],
      at: now,
      path: '/m.eml',
      tags: { letter: 'confirmation' },
    };
    view.mailbox.push({ mail, bytes: null });
    expect(await read('/mails')).toContain('letter: confirmation');
  });
});
