/** Erasing somebody, and what somebody is shown of what is held. */
import { beforeEach, describe, expect, it } from 'vitest';
import { feedback } from '../../functions/feedback.ts';
import { confirm } from '../../shared/store/confirmations.ts';
import { choose, preferencesOf, unsubscribe, unsubscribeAll } from '../../shared/store/consents.ts';
import { deliveryOf } from '../../shared/store/deliveries.ts';
import { erase, erasuresOf, replayErasure } from '../../shared/store/erasures.ts';
import { formerId } from '../../shared/store/former-names.ts';
import { heldBehind } from '../../shared/store/held.ts';
import { putRequest } from '../../shared/store/requests.ts';
import {
  confirmByOperator,
  profileOf,
  subscriptionOf,
  suppress,
  suppressionOf,
} from '../../shared/store/subscribers.ts';
import { DAY, HOUR, MINUTE } from '../../shared/time.ts';
import { ann, atOnce, idOf, morning, openTown, signUpTown, textOf } from '../functions/sign-up-town.ts';
import { memoryTable } from '../simulation/memory-table.ts';
import { herald, rss } from '../simulation/small-town.ts';
import { testKeys } from '../simulation/test-keys.ts';

const { digests } = openTown;
let town: ReturnType<typeof signUpTown>;
const now = () => town.clock.now();
const claim = { action: 'preferences', subject: idOf(ann), digest: null, version: 1 } as const;

async function join(wanted = [atOnce.id, morning.id]): Promise<void> {
  await town.signUp(ann, wanted);
  town.advance(MINUTE);
  const link = town.linkOf('confirm');
  expect(link && (await confirm(town.people, link, digests, now()))).toEqual({ digests: wanted });
}

beforeEach(async () => {
  town = signUpTown();
  await join();
});

/** Everything that can stand in the tables about one person. */
async function leaveTraces(): Promise<void> {
  const weekly = { digests: [{ digest: morning.id, when: { kind: 'hourly' } as const }], zone: 'Asia/Tokyo' };
  await choose(
    town.people,
    claim,
    { ...weekly, digests: [...weekly.digests, { digest: atOnce.id, when: null }] },
    digests,
    now(),
  );
  town.origin.publish(herald, rss(now(), { n1: 'Encryption' }));
  await town.live(5 * MINUTE);
  await putRequest(town.people, { kind: 'preferences', address: ann }, testKeys, now());
  const mail = { messageId: 'm', destination: [ann], tags: { letter: ['confirmation'], subscriber: [idOf(ann)] } };
  const event = { eventType: 'Bounce', mail, bounce: { bounceType: 'Transient' } };
  const log = { info: () => {}, error: () => {} };
  await feedback({ ...town, log, configurationSet: null }, JSON.stringify(event));
}

describe('who is erased', () => {
  it('leaves a keyed hash alone: no row holds the address, or any part of it', async () => {
    await leaveTraces();
    const trace = /ann|reader\.example|Tokyo/;
    expect(JSON.stringify(town.people.items())).toMatch(trace);
    expect(await erase(town.people, claim, now())).toBe(true);
    const left = town.people.items().filter((item) => JSON.stringify(item).includes(idOf(ann)));
    expect(left.map(({ pk }) => pk.replace(/#.*/, ''))).toEqual(expect.arrayContaining(['erasures']));
    expect(left.every(({ pk }) => pk === 'erasures' || pk.startsWith('deliveries#'))).toBe(true);
    const others = town.people.items().filter(({ pk }) => !/^(?:editions#|subscriber#)/.test(pk));
    expect(JSON.stringify(others)).not.toMatch(trace);
    expect(JSON.stringify(town.people.items())).not.toContain(ann);
    expect(await erase(town.people, claim, now())).toBe(true);
    expect(await preferencesOf(town.people, claim)).toBeNull();
  });

  it('stays suppressed, and what an older Watchword kept of them goes too', async () => {
    await suppress(town.people, idOf(ann), { cause: 'complained', since: now() });
    await town.people.put({ pk: `subscriber#${formerId(ann)}`, sk: 'profile', address: ann, since: 0 });
    await erase(town.people, claim, now());
    expect(await suppressionOf(town.people, idOf(ann))).toMatchObject({ cause: 'complained' });
    expect(JSON.stringify(town.people.items())).not.toContain(ann);
  });

  it('begins anew by a sign-up alone, and links from before are over', async () => {
    await erase(town.people, claim, now());
    town.advance(HOUR);
    await join([morning.id]);
    expect(await erase(town.people, claim, now())).toBe(false);
    expect(await unsubscribeAll(town.people, claim, now())).toBe(false);
    expect(await subscriptionOf(town.people, idOf(ann), morning.id)).toMatchObject({ state: 'confirmed', version: 2 });
    expect(await preferencesOf(town.people, { ...claim, version: 2 })).toMatchObject({ over: false });
  });

  it('96: while a mail is being sent gets no further one, and the delivery names nobody', async () => {
    const named = openTown.digests.map((digest) => ({ ...digest, to: [ann] }));
    town = signUpTown({ ...openTown, digests: named });
    await join();
    const { send } = town.mailer;
    town.mailer.send = async (mail) => {
      if (mail.tags.issue === undefined) return send(mail);
      await erase(town.people, claim, now());
      await send(mail);
      return { kind: 'unknown', detail: 'timeout' };
    };
    const before = town.mails.length;
    town.origin.publish(herald, rss(now(), { n1: 'Encryption' }));
    await town.live(2 * HOUR);
    const [issue] = await town.issues();
    expect(await deliveryOf(town.people, issue?.id ?? '', idOf(ann))).toMatchObject({
      state: 'DROPPED',
      cause: 'erased',
    });
    expect(town.mails.slice(before).filter(({ to }) => to === ann)).toHaveLength(1);
    expect(JSON.stringify(town.people.items())).not.toContain(ann);
  });

  it('is erased whole, wherever the process died, when it is asked again', async () => {
    for (let call = 1; ; call++) {
      town = signUpTown();
      await join();
      let calls = 0;
      const mortal = new Proxy(town.people, {
        get:
          (target, name) =>
          async (...args: unknown[]) => {
            calls += 1;
            if (calls === call) throw new Error('the process died');
            return (Reflect.get(target, name) as (...all: unknown[]) => Promise<unknown>).apply(target, args);
          },
      });
      const whole = await erase(mortal, claim, now()).catch(() => false);
      expect(await erase(town.people, claim, now())).toBe(true);
      expect(
        town.people
          .items()
          .filter(({ pk }) => /^(?:subscriber|readers)#/.test(pk))
          .filter(({ pk, sk }) => `${pk}${sk}`.includes(idOf(ann))),
      ).toEqual([]);
      if (!whole) continue;
      expect(call).toBeGreaterThan(6);
      return;
    }
  });

  it('104: is erased again when the table comes back from before; who began anew is not', async () => {
    const backup = town.people.items();
    await erase(town.people, claim, now());
    const list = await erasuresOf(town.people);
    const restored = memoryTable();
    for (const item of backup) await restored.put(item);
    expect(await profileOf(restored, idOf(ann))).not.toBeNull();
    for (const erasure of list) expect(await replayErasure(restored, erasure)).toBe(true);
    expect(JSON.stringify(restored.items())).not.toContain(ann);
    for (const erasure of list) expect(await replayErasure(restored, erasure)).toBe(false);
    expect(await erasuresOf(restored)).toEqual(list);
    town.advance(HOUR);
    await join();
    for (const erasure of list) expect(await replayErasure(town.people, erasure)).toBe(false);
    expect(await profileOf(town.people, idOf(ann))).not.toBeNull();
  });
});

describe('an export', () => {
  it('is asked by the preferences page, and goes as a link to the stored address alone', async () => {
    town.advance(HOUR);
    await town.ask({ kind: 'export', subscriber: idOf(ann) });
    expect(town.mails.at(-1)).toMatchObject({ to: ann, tags: { letter: 'export' } });
    const link = town.linkOf('export');
    expect(link).toMatchObject({ subject: idOf(ann), version: now() + DAY });
    expect(textOf(town.mails.at(-1))).toContain('for 24 hours');
    await town.ask({ kind: 'export', subscriber: 'nobody-of-this-id' });
    expect(town.mails).toHaveLength(2);
  });

  it('lists all that is held, for a day', async () => {
    await leaveTraces();
    const link = { action: 'export', subject: idOf(ann), digest: null, version: now() + DAY } as const;
    const held = await heldBehind(town, link, digests, now());
    expect(held).toMatchObject({
      address: ann,
      state: 'confirmed',
      zone: 'Asia/Tokyo',
      subscriptions: [
        { digest: 'At once', state: 'confirmed', by: 'person' },
        { digest: 'Morning', when: 'every hour' },
      ].toSorted((one, other) => (idOfDigest(one.digest) < idOfDigest(other.digest) ? -1 : 1)),
      suppressed: null,
      bounces: [expect.any(String)],
      requests: [{ kind: 'preferences', address: ann }],
    });
    // Every row of the person is in it, under some name.
    const rows = town.people.items().filter(({ pk }) => pk === `subscriber#${idOf(ann)}`);
    expect(rows.map(({ sk }) => sk.replace(/#.*/, ''))).toEqual(['bounces', 'digest', 'digest', 'profile', 'request']);
    expect(await heldBehind(town, link, digests, now() + DAY)).toBeNull();
    await erase(town.people, claim, now());
    expect(await heldBehind(town, link, digests, now())).toBeNull();
  });

  it('lists the mails of the newest issues', async () => {
    await confirmByOperator(town.people, { ...atOnce, to: ['press@reader.example'] }, testKeys, now());
    town.origin.publish(herald, rss(now(), { n1: 'Encryption' }));
    await town.live(5 * MINUTE);
    const link = {
      action: 'export',
      subject: idOf('press@reader.example'),
      digest: null,
      version: now() + DAY,
    } as const;
    expect(await heldBehind(town, link, digests, now())).toMatchObject({
      deliveries: [{ digest: 'At once', state: 'SENT', cause: null, messageId: expect.any(String) }],
    });
  });
});

const idOfDigest = (name: string) => digests.find((digest) => digest.name === name)?.id ?? '';

describe('people of an older Watchword', () => {
  it('who had unsubscribed or complained there stay so under their new name', async () => {
    const [gone, angry] = ['gone@reader.example', 'angry@reader.example'];
    const old = async (address: string, sk: string, item: object) =>
      town.people.put({ pk: `subscriber#${formerId(address)}`, sk, ...item });
    for (const address of [gone, angry]) {
      await old(address, 'profile', { address, since: 1 });
      const state = address === gone ? 'unsubscribed' : 'confirmed';
      await old(address, `digest#${morning.id}`, {
        subscriber: formerId(address),
        digest: morning.id,
        state,
        version: 1,
        since: 1,
      });
    }
    await old(angry, 'suppressed', { cause: 'complained', since: 1 });
    await confirmByOperator(town.people, { ...morning, to: [gone, angry, 'new@reader.example'] }, testKeys, now());
    const subscription = await subscriptionOf(town.people, idOf(gone), morning.id);
    expect(subscription).toMatchObject({
      state: 'unsubscribed',
      by: 'operator',
      edition: morning.id,
      left: [],
      rev: 0,
    });
    expect(await suppressionOf(town.people, idOf(angry))).toMatchObject({ cause: 'complained' });
    expect(await subscriptionOf(town.people, idOf('new@reader.example'), morning.id)).toMatchObject({
      state: 'confirmed',
    });
  });

  it('unsubscribe by a link of then, from what they get now', async () => {
    const address = 'kept@reader.example';
    const old = { subscriber: formerId(address), digest: morning.id, state: 'confirmed', version: 1, since: 1 };
    await town.people.put({ pk: `subscriber#${formerId(address)}`, sk: 'profile', address, since: 1 });
    await town.people.put({ pk: `subscriber#${formerId(address)}`, sk: `digest#${morning.id}`, ...old });
    await confirmByOperator(town.people, { ...morning, to: [address] }, testKeys, now());
    const link = { action: 'unsubscribe', subject: formerId(address), digest: morning.id, version: 1 } as const;
    expect(await unsubscribe(town.people, { ...link, version: 2 }, now())).toBe(false);
    expect(await unsubscribe(town.people, link, now())).toBe(true);
    expect(await subscriptionOf(town.people, idOf(address), morning.id)).toMatchObject({ state: 'unsubscribed' });
  });

  it('lack what was not stored then, and are read and changed all the same', async () => {
    const address = 'old@reader.example';
    const pk = `subscriber#${idOf(address)}`;
    await town.people.put({ pk, sk: 'profile', address, since: 1 });
    await town.people.put({
      pk,
      sk: `digest#${morning.id}`,
      subscriber: idOf(address),
      digest: morning.id,
      state: 'confirmed',
      version: 1,
      since: 1,
    });
    expect(await profileOf(town.people, idOf(address))).toMatchObject({
      state: 'confirmed',
      version: 1,
      zone: null,
      rev: 0,
    });
    expect(await unsubscribeAll(town.people, { ...claim, subject: idOf(address) }, now())).toBe(true);
    expect(await subscriptionOf(town.people, idOf(address), morning.id)).toMatchObject({
      state: 'unsubscribed',
      rev: 1,
    });
  });
});
