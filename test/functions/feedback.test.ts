/** What the mailer tells of mails, in whatever order and how often: who may no longer be written to, and nothing else. */
import { beforeEach, describe, expect, it } from 'vitest';
import { feedback, serve } from '../../functions/feedback.ts';
import { afterSend, nextStep, queued } from '../../shared/delivery/delivery.ts';
import { deliveryOf, moveDelivery, putQueued } from '../../shared/store/deliveries.ts';
import { confirmByOperator, suppressionOf } from '../../shared/store/subscribers.ts';
import { DAY, HOUR, iso, MINUTE } from '../../shared/time.ts';
import { memoryQueue } from '../simulation/memory-queue.ts';
import { type MemoryTable, memoryTable } from '../simulation/memory-table.ts';
import { testKeys } from '../simulation/test-keys.ts';
import { ann, idOf, morning, signUpTown, start } from './sign-up-town.ts';

interface Told {
  readonly type: string;
  readonly detail?: object;
  readonly at?: number;
  readonly issue?: string;
  readonly to?: string;
  readonly set?: string;
  readonly subscriber?: string;
}

let people: MemoryTable;
let told: object[] = [];
let now = start;
const world = () => ({
  people,
  clock: { now: () => now },
  log: { info: (event: string, fields = {}) => void told.push({ event, ...fields }), error: () => {} },
  configurationSet: 'ours',
});

/** A digest's reader, and mails that were sent to them. */
async function sentTo(...issues: string[]): Promise<void> {
  await confirmByOperator(people, { ...morning, to: [ann] }, testKeys, now);
  for (const issue of issues) {
    await putQueued(people, issue, idOf(ann), now);
    const before = (await deliveryOf(people, issue, idOf(ann))) ?? queued('', issue, idOf(ann), now);
    const step = nextStep(before, 'worker', now);
    if (step.kind !== 'send') throw new Error('a queued delivery is sent');
    await moveDelivery(people, before, step.delivery);
    const sent = afterSend(step.delivery, { kind: 'sent', messageId: `mail-${issue}` }, now);
    await moveDelivery(people, step.delivery, sent.delivery);
  }
}

function body({ type, detail = {}, at = now, issue = 'i1', to = ann, set = 'ours', subscriber = idOf(ann) }: Told) {
  const mail = {
    timestamp: iso(at),
    messageId: `mail-${issue}`,
    destination: [to],
    tags: { issue: [issue], subscriber: [subscriber], 'ses:configuration-set': [set] },
  };
  const name = type.toLowerCase();
  const event = { eventType: type, mail, [name]: { timestamp: iso(at), ...detail } };
  return JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event) });
}

const hear = (event: Told) => feedback(world(), body(event));
const hard: Told = { type: 'Bounce', detail: { bounceType: 'Permanent' } };
const soft: Told = { type: 'Bounce', detail: { bounceType: 'Transient', bounceSubType: 'MailboxFull' } };
const suppressed = async () => (await suppressionOf(people, idOf(ann)))?.cause ?? null;
/** All but the suppression and the counts. */
const others = () => JSON.stringify(people.items().filter(({ sk }) => sk !== 'suppressed' && sk !== 'bounces'));

beforeEach(() => {
  people = memoryTable();
  told = [];
  now = start;
});

function permutations<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length === 0) return [[]];
  return all.flatMap((first, at) => permutations(all.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

describe('notices of one mail', () => {
  const kinds: readonly Told[] = [{ type: 'Send' }, { type: 'Delivery' }, soft, hard, { type: 'Complaint' }];

  it('77: in every order, and doubled, end in the same: suppressed for the complaint, sent, and nothing else', async () => {
    for (const order of permutations(kinds)) {
      people = memoryTable();
      await sentTo('i1');
      const before = others();
      for (const event of [...order, ...order]) await hear(event);
      expect(await suppressed()).toBe('complained');
      expect(others()).toBe(before);
    }
  });

  it('77: that bounced for good and were delivered leave the address alone, whatever came first', async () => {
    for (const order of permutations([{ type: 'Delivery' }, hard, soft])) {
      people = memoryTable();
      await sentTo('i1');
      for (const event of order) await hear(event);
      expect(await suppressed()).toBe('bounced');
    }
  });

  it.each(['Reject', 'Rendering Failure'])('that end in %s are known as not sent, in every order', async (type) => {
    for (const order of permutations([{ type: 'Send' }, { type }, { type: 'DeliveryDelay' }])) {
      people = memoryTable();
      await sentTo('i1');
      for (const event of [...order, ...order]) await hear(event);
      expect(await deliveryOf(people, 'i1', idOf(ann))).toMatchObject({ state: 'DROPPED', cause: 'rejected' });
      expect(await suppressed()).toBeNull();
    }
  });

  it('a rejection of another attempt changes nothing', async () => {
    await sentTo('i1');
    const before = others();
    await feedback(world(), body({ type: 'Reject' }).replaceAll('mail-i1', 'mail-before'));
    expect(others()).toBe(before);
  });

  it('81: a complaint ends all that goes to the address', async () => {
    const town = signUpTown();
    await town.signUp();
    people = town.people;
    await sentTo('i1');
    await hear({ type: 'Complaint' });
    const before = town.mails.length;
    town.advance(HOUR);
    await town.signUp();
    await town.ask({ kind: 'preferences', address: ann });
    expect(town.mails).toHaveLength(before);
  });

  it('that a mailbox’s “not spam” button sends are no complaint', async () => {
    await sentTo('i1');
    await hear({ type: 'Complaint', detail: { complaintFeedbackType: 'not-spam' } });
    expect(await suppressed()).toBeNull();
  });
});

describe('mails that come back for now', () => {
  const issues = ['i1', 'i2', 'i3', 'i4', 'i5', 'i6'];
  const bounceDaily = async (days: readonly number[]) => {
    for (const [index, day] of days.entries())
      await hear({ ...soft, issue: issues[index] ?? '', at: start + day * DAY });
  };
  beforeEach(async () => {
    await sentTo(...issues);
    now = start + 30 * DAY;
  });

  it('78: once, or delayed, leave all as it was', async () => {
    await hear(soft);
    await hear({ type: 'DeliveryDelay' });
    expect(await suppressed()).toBeNull();
  });

  it('78: five over five days are one address that is not to be reached; in any order', async () => {
    await bounceDaily([0, 1, 2, 3]);
    expect(await suppressed()).toBeNull();
    await hear({ ...soft, issue: 'i5', at: start + 5 * DAY });
    expect(await suppressed()).toBe('unreachable');
    people = memoryTable();
    await sentTo(...issues);
    await bounceDaily([5, 2, 3, 0, 1]);
    expect(await suppressed()).toBe('unreachable');
  });

  it('78: a way that is not found counts so too, and not as a mailbox that is gone', async () => {
    const noWay = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: ann, status: '5.4.4' }] };
    for (const [index, issue] of issues.entries()) {
      if (index < 5) expect(await suppressed()).toBeNull();
      await hear({ type: 'Bounce', detail: noWay, issue, at: start + index * 1.5 * DAY });
    }
    expect(await suppressed()).toBe('unreachable');
  });

  it('78: within a day, or of one mail again and again, say nothing', async () => {
    await bounceDaily([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    for (let day = 0; day < 20; day++) await hear({ ...soft, at: start + day * DAY });
    expect(await suppressed()).toBeNull();
  });

  it('78: with one delivered between begin anew', async () => {
    await bounceDaily([0, 1, 2, 3]);
    await hear({ type: 'Delivery', issue: 'i6', at: start + 4 * DAY });
    await hear({ ...soft, issue: 'i5', at: start + 5 * DAY });
    expect(await suppressed()).toBeNull();
    await hear({ ...soft, issue: 'i1', at: start + 2 * DAY });
    expect(people.items().find(({ sk }) => sk === 'bounces')?.mails).toHaveLength(1);
  });

  it('78: end where somebody signs up again and confirms: mail arrives there now', async () => {
    const town = signUpTown();
    people = town.people;
    await sentTo(...issues);
    await bounceDaily([0, 1, 2, 3, 5]);
    expect(await suppressed()).toBe('unreachable');
    await town.signUp();
    expect(town.mails).toHaveLength(1);
  });
});

describe('notices that are not ours', () => {
  const cases: readonly [string, Told, string][] = [
    ['of another configuration set', { ...hard, set: 'theirs' }, 'another configuration set'],
    ['of a delivery that nobody knows', { ...hard, issue: 'i9' }, 'no such delivery'],
    ['of somebody else', { ...hard, subscriber: 'somebody-else-00' }, 'no such delivery'],
    ['to another recipient', { ...hard, to: 'ben@reader.example' }, 'another recipient'],
  ];
  it.each(cases)('79: %s change nothing, and are counted', async (_, event, why) => {
    await sentTo('i1');
    const before = JSON.stringify(people.items());
    await hear(event);
    expect(JSON.stringify(people.items())).toBe(before);
    expect(told).toEqual([{ event: 'notice ignored', why, kind: 'hard bounce' }]);
  });

  it('79: but the case of an address is of no account', async () => {
    await sentTo('i1');
    await hear({ ...hard, to: 'Ann@Reader.example' });
    expect(await suppressed()).toBe('bounced');
  });

  it.each([
    ['no JSON', 'not JSON'],
    ['no event', '{"Type":"Notification","Message":"{}"}'],
    ['a question whether to subscribe', '{"Type":"SubscriptionConfirmation","Message":"You have chosen to subscribe"}'],
    ['more than a queue carries', body({ type: 'Send' }).replace('{', `{"more":"${'x'.repeat(262_144)}",`)],
  ])('80: %s is parked after its attempts, and others proceed', async (_, strange) => {
    await sentTo('i1');
    const clock = { now: () => now };
    const queue = memoryQueue(clock);
    await queue.send([{ body: strange }, { body: body(hard) }]);
    for (let attempt = 0; attempt < 6; attempt++) {
      await queue.drain(serve(world()));
      expect(await suppressed()).toBe('bounced');
      now += 10 * MINUTE;
    }
    expect(queue.dead).toHaveLength(1);
    expect(queue.waiting()).toEqual([]);
  });
});

describe('notices of letters', () => {
  it('a bounce for good of a confirmation keeps us from writing there again, before anybody confirmed', async () => {
    const town = signUpTown();
    await town.signUp();
    people = town.people;
    const mail = { messageId: 'm', destination: [ann] };
    const tags = { letter: ['confirmation'], subscriber: [idOf(ann)], 'ses:configuration-set': ['ours'] };
    const event = { eventType: 'Bounce', mail: { ...mail, tags }, bounce: { bounceType: 'Permanent' } };
    await feedback(world(), JSON.stringify(event));
    expect(await suppressed()).toBe('bounced');
    town.advance(HOUR);
    await town.signUp();
    expect(town.mails).toHaveLength(1);
  });
});
