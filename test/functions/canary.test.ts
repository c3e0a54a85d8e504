/**
 * A person whose every word is known goes the whole way, through every fault there is on it: nothing of them stands in
 * what is logged or parked. What a dependency says in a fault of its own is taken out at the log's one door.
 */
import { expect, it } from 'vitest';
import { sesEvent } from '../../infra/local/ses-event.ts';
import { tokenOf } from '../../shared/delivery/token.ts';
import { confirm } from '../../shared/store/confirmations.ts';
import { choose, preferencesOf, unsubscribeAll } from '../../shared/store/consents.ts';
import { erase } from '../../shared/store/erasures.ts';
import { takeTurn } from '../../shared/store/turns.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';
import type { SendOutcome } from '../../shared/world.ts';
import { herald, rss } from '../simulation/small-town.ts';
import { testKeys } from '../simulation/test-keys.ts';
import { atOnce, idOf, morning, openTown, signUpTown, textOf } from './sign-up-town.ts';

const canary = 'king.fisher+seed@cage.example';
const source = '198.51.100.77';

it('no log line and no dead letter holds an address, a token or a source (P19)', async () => {
  const town = signUpTown();
  const { digests } = openTown;
  const now = () => town.clock.now();
  const { send } = town.mailer;
  const outcomes: readonly SendOutcome[] = [
    { kind: 'later', detail: 'Throttling' },
    { kind: 'refused', detail: 'MessageRejected' },
    { kind: 'unknown', detail: 'timeout' },
  ];
  await takeTurn(town.people, source, testKeys, now());
  for (const outcome of [...outcomes, null]) {
    town.mailer.send = async (mail) => outcome ?? send(mail);
    await town.signUp(canary, [atOnce.id, morning.id]);
    await town.live(HOUR);
    town.advance(31 * 24 * HOUR);
  }
  await town.signUp(canary, [atOnce.id, morning.id]);
  const link = town.linkOf('confirm');
  if (link === null) throw new Error('a letter came through');
  expect(await confirm(town.people, link, digests, now())).not.toBeNull();
  const claim = { action: 'preferences', subject: idOf(canary), digest: null, version: 1 } as const;
  await choose(town.people, claim, { digests: [{ digest: atOnce.id, when: null }], zone: null }, digests, now());
  for (const [index, outcome] of [...outcomes, null].entries()) {
    town.mailer.send = async (mail) => outcome ?? send(mail);
    town.origin.publish(herald, rss(now(), { [`n${index}`]: `Encryption ${index}` }));
    await town.live(2 * HOUR);
  }
  const mail = town.mails.at(-1);
  expect(mail).toMatchObject({ to: canary, tags: { issue: expect.any(String) } });
  expect(textOf(mail)).toContain('/u/u2.1.');
  const kept = {
    source: '',
    destinations: [canary],
    tags: mail?.tags ?? {},
    configurationSet: null,
    receivedAt: now(),
    file: '',
    messageId: 'm',
  };
  const strange = { ...kept, destinations: ['somebody@else.example'] };
  await town.queues.notices.send([
    { body: sesEvent('Bounce', strange, now()) },
    { body: sesEvent('Complaint', kept, now()) },
    { body: `not a notice of ${canary}` },
    { body: sesEvent('Bounce', { ...kept, tags: {} }, now()) },
  ]);
  await town.queues.deliver.send([{ body: '{"v":1,"kind":"letter","request":"nobody.nothing"}' }]);
  // A table that fails wherever a person is read or written.
  const { people } = town;
  const { get, putIf } = people;
  const fails = async () => Promise.reject(new Error('the table is not to be had'));
  Object.assign(people, { get: fails, putIf: fails });
  await town.signUp(canary);
  await town.live(10 * MINUTE);
  Object.assign(people, { get, putIf });
  await town.live(2 * HOUR);
  expect(await unsubscribeAll(people, claim, now())).toBe(true);
  expect(await preferencesOf(people, claim)).toMatchObject({ over: true });
  expect(await erase(people, claim, now())).toBe(true);

  const told = JSON.stringify(town.told.map(({ event, fields }) => [event, ...Object.values(fields).map(said)]));
  const events = [...new Set(town.told.map(({ event }) => event))];
  const ofEveryWay = ['fanned out', 'delivered', 'not sent', 'letter', 'notice ignored', 'message failed'];
  expect(events).toEqual(expect.arrayContaining(ofEveryWay));
  expect(town.queues.notices.dead).toHaveLength(1); // what somebody else wrote, as they wrote it
  const parked = JSON.stringify([town.queues.deliver.dead, town.queues.poll.dead]);
  for (const secret of ['king.fisher', 'cage.example', source, tokenOf(claim, testKeys), tokenOf(link, testKeys)]) {
    for (const said of [told, parked, JSON.stringify(people.items())])
      expect(said.includes(secret), secret).toBe(false);
  }
  // Nor any token at all.
  expect(told.match(/\b[cpuxi]2\.[a-z0-9]{1,4}\.[\w-]+\.[\w-]*\.\d+\.[\w-]{22}/)).toBeNull();
});

function said(value: unknown): unknown {
  return value instanceof Error ? [value.message, value.stack, said(value.cause)] : value;
}
