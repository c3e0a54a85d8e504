/** Deliveries when the mailer, the reader or the network says something else than yes. */
import { beforeEach, describe, expect, it } from 'vitest';
import * as web from '../../functions/web.ts';
import { sesEvent } from '../../infra/local/ses-event.ts';
import { tokenOf } from '../../shared/delivery/token.ts';
import { subscriberId } from '../../shared/store/subscribers.ts';
import { DAY, HOUR, MINUTE } from '../../shared/time.ts';
import type { OutgoingMail, SendOutcome } from '../../shared/world.ts';
import { herald, rss, town } from '../simulation/small-town.ts';
import { testKeys } from '../simulation/test-keys.ts';
import { type Simulation, simulate } from '../simulation/world.ts';

const start = Date.UTC(2026, 10, 23, 9);
let simulation: Simulation;
/** What the mailer will answer next, the last one from then on; null lets it send. */
let answers: (SendOutcome | null)[];
let headlines = 0;

beforeEach(() => {
  simulation = simulate(town, start);
  answers = [];
  const { send } = simulation.mailer;
  simulation.mailer.send = async (mail: OutgoingMail) => {
    const answer = answers.shift() ?? null;
    // "Unknown" in these tests means: it was taken, and the answer was lost.
    if (answer === null || answer.kind === 'unknown') await send(mail);
    return answer ?? { kind: 'sent', messageId: simulation.mailer.accepted.at(-1)?.messageId ?? '' };
  };
});

/** A story that the digest "At once" mails to its one reader. */
async function tellSomething(): Promise<void> {
  headlines += 1;
  simulation.origin.publish(herald, rss(simulation.clock.now(), { [`n${headlines}`]: `Encryption ${headlines}` }));
  await simulation.live(5 * MINUTE);
}

const deliveries = () => simulation.people.items().filter(({ pk }) => pk.startsWith('deliveries#'));
const mails = () => simulation.mailer.accepted.length;
const unknown = { kind: 'unknown', detail: 'timeout' } as const;

/** The notice that SES would send of the mail that was taken last. */
function noticeOfLast(kind: 'Send' | 'Bounce' | 'Complaint'): string {
  const mail = simulation.mailer.accepted.at(-1);
  if (mail === undefined) throw new Error('no mail was taken');
  const stored = {
    ...mail,
    source: mail.from,
    destinations: [mail.to],
    configurationSet: null,
    receivedAt: start,
    file: '',
  };
  return sesEvent(kind, stored, start);
}

describe('a mail', () => {
  it('is sent once, and known as sent', async () => {
    await tellSomething();
    await simulation.live(HOUR);
    expect(mails()).toBe(1);
    expect(deliveries()).toMatchObject([{ state: 'SENT', attempt: 1 }]);
  });

  it('88: whose answer was lost is known as sent by its notice, and not sent again', async () => {
    answers = [unknown];
    await tellSomething();
    expect(deliveries()).toMatchObject([{ state: 'UNKNOWN' }]);
    await simulation.queues.notices.send([{ body: noticeOfLast('Send') }]);
    await simulation.live(2 * HOUR);
    expect(mails()).toBe(1);
    expect(deliveries()).toMatchObject([{ state: 'SENT', attempt: 1 }]);
  });

  it('88: whose answer and notice were lost is sent once more, not before 15 minutes', async () => {
    answers = [unknown];
    await tellSomething();
    await simulation.live(10 * MINUTE);
    expect(mails()).toBe(1);
    await simulation.live(20 * MINUTE);
    expect(mails()).toBe(2);
    expect(deliveries()).toMatchObject([{ state: 'SENT', attempt: 2 }]);
  });

  it('of unknown fate is tried three times at most, then dropped with its cause', async () => {
    answers = [unknown, unknown, unknown];
    await tellSomething();
    await simulation.live(DAY / 2);
    expect(mails()).toBe(3);
    expect(deliveries()).toMatchObject([{ state: 'DROPPED', cause: 'unconfirmed', attempt: 3 }]);
  });

  it('89: waits while the mailer says not now, for as long as it does', async () => {
    answers = Array.from({ length: 12 }, () => ({ kind: 'later', detail: 'Throttling' }) as const);
    await tellSomething();
    await simulation.live(30 * MINUTE);
    expect(mails()).toBe(0);
    await simulation.live(2 * HOUR);
    expect(mails()).toBe(1);
    expect(deliveries()).toMatchObject([{ state: 'SENT', attempt: 1 }]);
  });

  it('89: waits some seconds when the mailer says not so fast', async () => {
    answers = [{ kind: 'later', why: 'rate', detail: 'Throttling' }];
    await tellSomething();
    await simulation.live(5 * MINUTE);
    expect(deliveries()).toMatchObject([{ state: 'SENT', attempt: 1 }]);
  });

  it('89: waits until the next day when the mailer takes no more today, which is told once and is no attempt', async () => {
    answers = Array.from({ length: 12 }, () => ({ kind: 'later', why: 'quota', detail: 'Throttling' }) as const);
    await tellSomething();
    const issue = deliveries()[0]?.issue;
    const asked = answers.length;
    await simulation.live(20 * HOUR);
    expect(answers.length).toBe(asked); // nobody asked the mailer meanwhile
    expect(deliveries()).toMatchObject([{ state: 'QUEUED', attempt: 0 }]);
    answers = [];
    await simulation.live(5 * HOUR);
    expect(simulation.mailer.accepted.filter(({ tags }) => tags.issue === issue)).toHaveLength(1);
    expect(deliveries().find((delivery) => delivery.issue === issue)).toMatchObject({ state: 'SENT', attempt: 1 });
    expect(simulation.told.filter(({ event }) => event === 'quota reached')).toHaveLength(1);
  });

  it.each([
    ['sandbox', 'sandbox: the mailer writes to verified addresses only'],
    ['suppressed', 'suppressed by the mailer'],
  ] as const)(
    '89: to a reader whom the mailer does not write to (%s) is dropped with that cause',
    async (why, cause) => {
      answers = [{ kind: 'refused', why, detail: 'MessageRejected' }];
      await tellSomething();
      await simulation.live(HOUR);
      expect(mails()).toBe(0);
      expect(deliveries()).toMatchObject([{ state: 'DROPPED', cause }]);
    },
  );

  it('90: whose worker loses its lease while it sends is known as sent by whoever hears of it, and not sent again', async () => {
    const { send } = simulation.mailer;
    let slow = true;
    simulation.mailer.send = async (mail) => {
      const outcome = await send(mail);
      if (!slow) return outcome;
      slow = false;
      // Its message is visible again to another worker, whose lease this is not; then the answer comes.
      simulation.advance(7 * MINUTE);
      await simulation.queues.deliver.drain(simulation.processes(null).deliver);
      return outcome;
    };
    await tellSomething();
    await simulation.live(HOUR);
    expect(mails()).toBe(1);
    expect(deliveries()).toMatchObject([{ state: 'SENT', attempt: 1 }]);
  });

  it('89: that is refused is dropped with what the mailer said', async () => {
    answers = [{ kind: 'refused', detail: 'MessageRejected' }];
    await tellSomething();
    await simulation.live(HOUR);
    expect(mails()).toBe(0);
    expect(deliveries()).toMatchObject([{ state: 'DROPPED', cause: 'refused: MessageRejected' }]);
  });
});

describe('a reader', () => {
  const press = subscriberId('press@reader.example', testKeys);
  const [atOnce] = town.digests;
  const claim = { action: 'unsubscribe', subject: press, digest: atOnce?.id ?? '', version: 1 } as const;
  const link = `/u/${tokenOf(claim, testKeys)}`;
  const pages = () =>
    web.serve({
      clock: simulation.clock,
      log: { info: () => {}, error: () => {} },
      news: simulation.news,
      people: simulation.people,
      deliverQueue: simulation.queues.deliver,
      config: town,
      links: { base: 'https://watchword.example', keys: testKeys },
    });

  it('who unsubscribed after the issue froze, and before the send, gets no mail', async () => {
    answers = [{ kind: 'later', detail: 'Throttling' }];
    await tellSomething();
    await pages().request(link, { method: 'POST' });
    await simulation.live(HOUR);
    expect(mails()).toBe(0);
    expect(deliveries()).toMatchObject([{ state: 'DROPPED', cause: 'unsubscribed' }]);
  });

  it.each(['Bounce', 'Complaint'] as const)('is not mailed again after a %s', async (kind) => {
    await tellSomething();
    await simulation.queues.notices.send([{ body: noticeOfLast(kind) }, { body: noticeOfLast(kind) }]);
    await simulation.live(5 * MINUTE);
    await tellSomething();
    await tellSomething();
    expect(mails()).toBe(1);
  });

  it('79: is not touched by a notice of a mail that is not ours', async () => {
    await tellSomething();
    const before = JSON.stringify(simulation.people.items());
    const foreign = noticeOfLast('Bounce').replaceAll(press, 'somebody-else-00');
    await simulation.queues.notices.send([{ body: foreign }]);
    await simulation.live(5 * MINUTE);
    expect(JSON.stringify(simulation.people.items())).toBe(before);
    expect(simulation.queues.notices.waiting()).toEqual([]);
  });

  it('80: and what is no notice is parked, not dropped', async () => {
    await simulation.queues.notices.send([{ body: 'not JSON' }]);
    await simulation.live(HOUR);
    expect(simulation.queues.notices.dead).toHaveLength(1);
  });
});
