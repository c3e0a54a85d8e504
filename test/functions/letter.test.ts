/** What comes of a sign-up: letters, and no more of them than there may be. */
import { beforeEach, describe, expect, it } from 'vitest';
import { writeJob } from '../../functions/job.ts';
import { tokenOf } from '../../shared/delivery/token.ts';
import { limits } from '../../shared/limits.ts';
import { confirm, confirmable } from '../../shared/store/confirmations.ts';
import { choose, pause, preferencesOf, unsubscribe, unsubscribeAll } from '../../shared/store/consents.ts';
import { erase } from '../../shared/store/erasures.ts';
import { putRequest } from '../../shared/store/requests.ts';
import { confirmByOperator, profileOf, subscriptionOf, suppress } from '../../shared/store/subscribers.ts';
import { takeTurn } from '../../shared/store/turns.ts';
import { DAY, HOUR, MINUTE } from '../../shared/time.ts';
import { testKeys } from '../simulation/test-keys.ts';
import { ann, atOnce, idOf, morning, openTown, signUpTown, textOf } from './sign-up-town.ts';

let town: ReturnType<typeof signUpTown>;
beforeEach(() => {
  town = signUpTown();
});

const now = () => town.clock.now();
const digests = openTown.digests;

/** Signs up and confirms, a minute each. */
async function join(address = ann, wanted = [morning.id]): Promise<void> {
  await town.signUp(address, wanted);
  town.advance(MINUTE);
  const claim = town.linkOf('confirm');
  expect(claim && (await confirm(town.people, claim, digests, now()))).toMatchObject({ digests: wanted });
}

const preferencesClaim = (version = 1, address = ann) =>
  ({ action: 'preferences', subject: idOf(address), digest: null, version }) as const;
const state = async (digest = morning.id, address = ann) =>
  (await subscriptionOf(town.people, idOf(address), digest))?.state;

describe('a sign-up', () => {
  it('gets one letter to the address alone, and nothing is subscribed before its link says so', async () => {
    await town.signUp();
    expect(town.mails).toMatchObject([{ to: ann, tags: { letter: 'confirmation', subscriber: idOf(ann) } }]);
    expect(await state()).toBeUndefined();
    const text = textOf(town.mails[0]);
    expect(text).toContain('Morning: every day at 07:00 (Europe/London)');
    expect(text).not.toMatch(/^List-Unsubscribe/m);
    const claim = town.linkOf('confirm');
    expect(claim && (await confirmable(town.people, claim, digests, now()))).toEqual({ digests: [morning.id] });
    expect(await state()).toBeUndefined();
  });

  it('67: ten thousand for one address are one letter within 15 minutes', async () => {
    for (let n = 0; n < 10_000; n++) {
      const digestsAsked = [[morning.id], [atOnce.id], [morning.id, atOnce.id]][n % 3];
      await town.signUp(
        n % 2 === 0 ? ann : ann.toUpperCase().replace('READER.EXAMPLE', 'reader.example'),
        digestsAsked,
      );
      town.advance(50);
    }
    expect(town.mails).toHaveLength(1);
    expect(town.queues.deliver.waiting()).toEqual([]);
  });

  it('67: day after day it is three letters in 30 days, and as many in the next', async () => {
    for (let day = 0; day < 30; day++) {
      await town.signUp();
      town.advance(DAY);
    }
    expect(town.mails).toHaveLength(3);
    await town.signUp();
    expect(town.mails).toHaveLength(4);
  });

  it('67: of two thousand addresses within an hour as many get a letter as the cap allows, and the log tells once', async () => {
    const before = town.told.length;
    for (let n = 0; n < 2_000; n++) await town.signUp(`victim${n}@reader.example`);
    expect(town.mails).toHaveLength(limits.lettersPerHourMax);
    expect(town.told.slice(before).filter(({ event }) => event === 'limit reached')).toHaveLength(1);
    town.advance(HOUR);
    await town.signUp('late@reader.example');
    expect(town.mails).toHaveLength(limits.lettersPerHourMax + 1);
  });

  it('67: from one source may be asked so often within an hour, then no more is written', async () => {
    let allowed = 0;
    for (let n = 0; n < 10_000; n++) if (await takeTurn(town.people, '203.0.113.9', testKeys, now())) allowed += 1;
    expect(allowed).toBe(limits.asksPerSourcePerHourMax);
    const before = JSON.stringify(town.people.items());
    expect(before).not.toContain('203.0.113.9');
    expect(await takeTurn(town.people, '203.0.113.9', testKeys, now())).toBe(false);
    expect(JSON.stringify(town.people.items())).toBe(before);
    expect(await takeTurn(town.people, '203.0.113.10', testKeys, now())).toBe(true);
    town.advance(HOUR);
    expect(await takeTurn(town.people, '203.0.113.9', testKeys, now())).toBe(true);
  });

  it('67: who has a network of IPv6 is one source, however its addresses are written', async () => {
    for (let n = 0; n < limits.asksPerSourcePerHourMax; n++) {
      expect(await takeTurn(town.people, `2001:db8:0:7::${n.toString(16)}`, testKeys, now())).toBe(true);
    }
    expect(await takeTurn(town.people, '2001:0DB8::7:1:2:3:4', testKeys, now())).toBe(false);
    expect(await takeTurn(town.people, '2001:db8:0:8::1', testKeys, now())).toBe(true);
  });

  it('69: does the same work at once for an address that is known, pending, suppressed, erased or none of them', async () => {
    await join('known@reader.example');
    await town.signUp('pending@reader.example');
    await join('complained@reader.example');
    await suppress(town.people, idOf('complained@reader.example'), { cause: 'complained', since: now() });
    await join('erased@reader.example');
    await erase(town.people, preferencesClaim(1, 'erased@reader.example'), now());
    const letters: Record<string, number> = {};
    town.advance(HOUR);
    for (const who of ['nobody', 'known', 'pending', 'complained', 'erased']) {
      const before = town.mails.length;
      await town.signUp(`${who}@reader.example`);
      letters[who] = town.mails.length - before;
    }
    expect(letters).toEqual({ nobody: 1, known: 1, pending: 1, complained: 0, erased: 1 });
    expect(town.people.items().filter(({ sk }) => sk.startsWith('request#'))).toEqual([]);
  });

  it('of somebody who is subscribed gets a link to the preferences, and what is new waits for a yes', async () => {
    await join();
    town.advance(HOUR);
    await town.signUp('ANN@reader.example', [atOnce.id, morning.id]);
    expect(town.mails.at(-1)).toMatchObject({ to: ann, tags: { letter: 'preferences' } });
    expect(town.linkOf('preferences')).toEqual(preferencesClaim());
    expect(await state(atOnce.id)).toBeUndefined();
    const claim = town.linkOf('confirm');
    expect(claim && (await confirm(town.people, claim, digests, now()))).toEqual({ digests: [atOnce.id] });
    expect([await state(morning.id), await state(atOnce.id)]).toEqual(['confirmed', 'confirmed']);
    expect(await preferencesOf(town.people, preferencesClaim())).toMatchObject({ over: false });
  });

  it('of a foreign domain, or where nobody may, gets nothing', async () => {
    const domains = signUpTown({
      ...openTown,
      deliver: { ...openTown.deliver, signup: { kind: 'domains', domains: ['office.example'] } },
    });
    await domains.signUp('eve@evil-office.example');
    await domains.signUp('eve@office.example.evil.example');
    expect(domains.mails).toEqual([]);
    await domains.signUp('ann@office.example');
    expect(domains.mails).toHaveLength(1);
    const closed = signUpTown({ ...openTown, deliver: { ...openTown.deliver, signup: { kind: 'closed' } } });
    await closed.signUp();
    expect(closed.mails).toEqual([]);
    expect(closed.people.items()).toEqual([]);
  });

  it('mails nothing that a visitor typed, but for the name of a zone that there is', async () => {
    await town.signUp(ann, [atOnce.id, 'Buy now https://evil.example'], { zone: 'Evil/Buy_now' });
    expect(textOf(town.mails[0])).not.toMatch(/evil|buy/i);
    town.advance(HOUR);
    await town.signUp(ann, [morning.id], { zone: 'Pacific/Apia' });
    expect(textOf(town.mails[1])).toContain('Pacific/Apia');
  });

  it('whose mailer says not now is answered later; whose mailer says nothing is not sent again', async () => {
    const { send } = town.mailer;
    let answers = 0;
    town.mailer.send = async (mail) => {
      answers += 1;
      return answers < 3 ? { kind: 'later', detail: 'Throttling' } : send(mail);
    };
    await town.signUp();
    for (let minute = 0; minute < 5; minute++) {
      town.advance(MINUTE);
      await town.queues.deliver.drain(town.letters);
    }
    expect([answers, town.mails.length]).toEqual([3, 1]);
    expect(town.people.items().find(({ pk }) => pk === 'turns#letters')).toMatchObject({ count: 1 });
    expect(town.people.items().filter(({ sk }) => sk.startsWith('request#'))).toEqual([]);
    town.advance(HOUR);
    town.mailer.send = async () => ({ kind: 'unknown', detail: 'timeout' });
    await town.signUp('ben@reader.example');
    town.mailer.send = send;
    await town.queues.deliver.send([]);
    town.advance(10 * MINUTE);
    await town.queues.deliver.drain(town.letters);
    expect(town.mails).toHaveLength(1);
  });
});

it('67: two workers that answer the same person at the same moment send one letter', async () => {
  const asked = { kind: 'sign-up', address: ann, when: null, zone: null } as const;
  for (const digest of [atOnce, morning]) {
    const request = await putRequest(town.people, { ...asked, digests: [digest.id] }, testKeys, now());
    await town.queues.deliver.send([{ body: writeJob({ kind: 'letter', request }) }]);
  }
  const workers = [1, 2].map(() => town.queues.deliver.drain(town.processes(null).deliver));
  await Promise.all(workers);
  expect(town.mails).toHaveLength(1);
});

describe('a confirmation', () => {
  it('63: twice, or in two tabs at once, is one subscription and the same answer', async () => {
    await town.signUp();
    const claim = town.linkOf('confirm');
    if (claim === null) throw new Error('the letter has a link');
    const twice = [confirm(town.people, claim, digests, now()), confirm(town.people, claim, digests, now())];
    expect(await Promise.all(twice)).toEqual([{ digests: [morning.id] }, { digests: [morning.id] }]);
    town.advance(DAY);
    expect(await confirm(town.people, claim, digests, now())).toEqual({ digests: [morning.id] });
    expect(await subscriptionOf(town.people, idOf(ann), morning.id)).toMatchObject({ state: 'confirmed', version: 1 });
    expect(town.people.items().filter(({ pk }) => pk === `readers#${morning.id}`)).toHaveLength(1);
  });

  it('62: may be looked at as often as one likes before', async () => {
    await town.signUp();
    const claim = town.linkOf('confirm');
    const before = JSON.stringify(town.people.items());
    for (const _look of [1, 2, 3])
      expect(claim && (await confirmable(town.people, claim, digests, now()))).not.toBeNull();
    expect(JSON.stringify(town.people.items())).toBe(before);
    expect(claim && (await confirm(town.people, claim, digests, now()))).not.toBeNull();
  });

  it('65: from before an unsubscription does not bring the digest back, nor does an old link end a new consent', async () => {
    await join();
    const oldConfirm = town.linkOf('confirm');
    const oldEnd = { action: 'unsubscribe', subject: idOf(ann), digest: morning.id, version: 1 } as const;
    town.advance(MINUTE);
    expect(await unsubscribe(town.people, oldEnd, now())).toBe(true);
    expect(oldConfirm && (await confirm(town.people, oldConfirm, digests, now()))).toBeNull();
    expect(await state()).toBe('unsubscribed');
    town.advance(HOUR);
    await join();
    expect(await state()).toBe('confirmed');
    expect(await unsubscribe(town.people, oldEnd, now())).toBe(false);
    expect(await state()).toBe('confirmed');
    expect(await unsubscribe(town.people, { ...oldEnd, version: 2 }, now())).toBe(true);
  });

  it('of a link from before a newer letter, or after 30 days, has no use', async () => {
    await town.signUp();
    const first = town.linkOf('confirm');
    town.advance(HOUR);
    await town.signUp(ann, [atOnce.id]);
    expect(first && (await confirm(town.people, first, digests, now()))).toBeNull();
    const second = town.linkOf('confirm');
    town.advance(limits.confirmDays * DAY + 1);
    expect(second && (await confirm(town.people, second, digests, now()))).toBeNull();
    expect(await state(atOnce.id)).toBeUndefined();
  });

  it('does not begin what was ended after it was asked for', async () => {
    await join(ann, [atOnce.id]);
    town.advance(HOUR);
    await town.signUp(ann, [morning.id]);
    const claim = town.linkOf('confirm');
    town.advance(MINUTE);
    const both = [atOnce.id, morning.id].map((digest) => ({ digest, when: null }));
    expect(await choose(town.people, preferencesClaim(), { digests: both, zone: null }, digests, now())).toBe(true);
    await unsubscribe(
      town.people,
      { action: 'unsubscribe', subject: idOf(ann), digest: morning.id, version: 1 },
      now(),
    );
    expect(claim && (await confirm(town.people, claim, digests, now()))).toBeNull();
    expect([await state(atOnce.id), await state(morning.id)]).toEqual(['confirmed', 'unsubscribed']);
  });

  it('is over with all else when somebody ends everything', async () => {
    await join(ann, [atOnce.id]);
    town.advance(HOUR);
    await town.signUp(ann, [morning.id]);
    const claim = town.linkOf('confirm');
    await unsubscribeAll(town.people, preferencesClaim(), now());
    expect(claim && (await confirm(town.people, claim, digests, now()))).toBeNull();
    expect(await state()).toBeUndefined();
  });

  it('leaves a half only where its process died, and doing it again makes it whole', async () => {
    for (let call = 1; ; call++) {
      town = signUpTown();
      await town.signUp(ann, [atOnce.id, morning.id]);
      const claim = town.linkOf('confirm');
      if (claim === null) throw new Error('the letter has a link');
      let calls = 0;
      const mortal = new Proxy(town.people, {
        get: (target, name) => {
          const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
          return async (...args: unknown[]) => {
            calls += 1;
            if (calls === call) throw new Error('the process died');
            return method.apply(target, args);
          };
        },
      });
      const whole = await confirm(mortal, claim, digests, now()).catch(() => null);
      if (whole !== null) {
        expect(call).toBeGreaterThan(8);
        return;
      }
      expect(await confirm(town.people, claim, digests, now())).toEqual({ digests: [atOnce.id, morning.id] });
      expect([await state(morning.id), await state(atOnce.id)]).toEqual(['confirmed', 'confirmed']);
    }
  });
});

describe('preferences', () => {
  beforeEach(() => join(ann, [atOnce.id, morning.id]));

  it('76: show enough of the address for its owner, and too little for a stranger', async () => {
    const shown = await preferencesOf(town.people, preferencesClaim());
    expect(shown?.maskedAddress).toBe('a…@r….example');
    expect(JSON.stringify(shown)).not.toMatch(/ann|reader\.example/);
  });

  it('choose when each digest comes: the edition changes, and the one that was left is known', async () => {
    const when = { kind: 'times', days: [1], times: ['08:30'] } as const;
    const wanted = {
      digests: [
        { digest: morning.id, when },
        { digest: atOnce.id, when: null },
      ],
      zone: 'Asia/Tokyo',
    };
    expect(await choose(town.people, preferencesClaim(), wanted, digests, now())).toBe(true);
    const subscription = await subscriptionOf(town.people, idOf(ann), morning.id);
    expect(subscription).toMatchObject({
      state: 'confirmed',
      version: 1,
      when,
      left: [{ edition: morning.id, at: now() }],
    });
    const edition = subscription?.edition ?? '';
    const rows = town.people.items();
    expect(rows.find(({ pk, sk }) => pk === `editions#${morning.id}` && sk === edition)).toMatchObject({
      when,
      zone: 'Asia/Tokyo',
    });
    expect(rows.some(({ pk, sk }) => pk === `readers#${edition}` && sk === idOf(ann))).toBe(true);
    expect(await preferencesOf(town.people, preferencesClaim())).toMatchObject({ zone: 'Asia/Tokyo' });
    const back = { digests: [{ digest: morning.id, when: null }], zone: null };
    expect(await choose(town.people, preferencesClaim(), back, digests, now())).toBe(true);
    expect(await subscriptionOf(town.people, idOf(ann), morning.id)).toMatchObject({
      edition: morning.id,
      left: [{ edition, at: now() }],
    });
    expect(await state(atOnce.id)).toBe('unsubscribed');
  });

  it('add a digest again without a second letter while there is any, and never once all has ended (row 76)', async () => {
    const only = (digest: string) => ({ digests: [{ digest, when: null }], zone: null });
    expect(await choose(town.people, preferencesClaim(), only(atOnce.id), digests, now())).toBe(true);
    town.advance(MINUTE);
    expect(await choose(town.people, preferencesClaim(), only(morning.id), digests, now())).toBe(true);
    expect([await state(morning.id), await state(atOnce.id)]).toEqual(['confirmed', 'unsubscribed']);
    expect(await unsubscribeAll(town.people, preferencesClaim(), now())).toBe(true);
    expect(await choose(town.people, preferencesClaim(), only(morning.id), digests, now())).toBe(false);
    expect(await state()).toBe('unsubscribed');
    expect(await preferencesOf(town.people, preferencesClaim())).toMatchObject({ over: true, subscriptions: [] });
    town.advance(HOUR);
    await join();
    expect(await preferencesOf(town.people, preferencesClaim())).toBeNull();
    expect(await unsubscribeAll(town.people, preferencesClaim(), now())).toBe(false);
    expect(await erase(town.people, preferencesClaim(), now())).toBe(false);
    const version = (await profileOf(town.people, idOf(ann)))?.version ?? 0;
    expect(await preferencesOf(town.people, preferencesClaim(version))).toMatchObject({ over: false });
  });

  it('pause until an instant, and end the pause', async () => {
    expect(await pause(town.people, preferencesClaim(), now() + DAY, now())).toBe(true);
    expect(await preferencesOf(town.people, preferencesClaim())).toMatchObject({ pausedUntil: now() + DAY });
    expect(await pause(town.people, preferencesClaim(), now() - DAY, now())).toBe(true);
    expect(await preferencesOf(town.people, preferencesClaim())).toMatchObject({ pausedUntil: null });
  });

  it('are mailed as a link to who is known, whatever they still get, and to nobody else', async () => {
    town.advance(HOUR);
    await town.ask({ kind: 'preferences', address: 'nobody@reader.example' });
    await town.signUp('pending@reader.example');
    town.advance(HOUR);
    const before = town.mails.length;
    await town.ask({ kind: 'preferences', address: 'pending@reader.example' });
    expect(town.mails).toHaveLength(before);
    await town.ask({ kind: 'preferences', address: ann });
    expect(town.linkOf('preferences')).toEqual(preferencesClaim());
    await unsubscribeAll(town.people, preferencesClaim(), now());
    town.advance(HOUR);
    await town.ask({ kind: 'preferences', address: ann });
    expect(town.mails).toHaveLength(before + 2);
    expect(textOf(town.mails.at(-1))).toContain('You get no digest from watchword.example at present');
  });
});

describe('the operator’s word', () => {
  it('does not bring back who has unsubscribed, nor who was erased', async () => {
    await join();
    await unsubscribeAll(town.people, preferencesClaim(), now());
    await join('ben@reader.example');
    await erase(town.people, preferencesClaim(1, 'ben@reader.example'), now());
    const named = { ...morning, to: [ann, 'ben@reader.example', 'press@reader.example'] };
    await confirmByOperator(town.people, named, testKeys, now());
    expect([await state(), await state(morning.id, 'ben@reader.example')]).toEqual(['unsubscribed', undefined]);
    expect(await state(morning.id, 'press@reader.example')).toBe('confirmed');
    expect(await profileOf(town.people, idOf('ben@reader.example'))).toBeNull();
  });

  it('confirms an address that only waited for its confirmation', async () => {
    await town.signUp();
    await confirmByOperator(town.people, { ...morning, to: [ann] }, testKeys, now());
    expect(await profileOf(town.people, idOf(ann))).toMatchObject({ state: 'confirmed' });
    expect(await state()).toBe('confirmed');
  });
});

it('a link of one person or one action is of no use for another', async () => {
  await join();
  const foreign = { ...preferencesClaim(), subject: idOf('ben@reader.example') };
  expect(await preferencesOf(town.people, foreign)).toBeNull();
  expect(await choose(town.people, foreign, { digests: [], zone: null }, digests, now())).toBe(false);
  expect(await unsubscribeAll(town.people, { ...preferencesClaim(), digest: morning.id }, now())).toBe(false);
  expect(tokenOf(preferencesClaim(), testKeys)).not.toBe(
    tokenOf({ ...preferencesClaim(), action: 'confirm' }, testKeys),
  );
});
