/** Two workers at once, publishers that eat the time, tables and queues that take only part, configs that change. */
import { describe, expect, it } from 'vitest';
import { writeJob } from '../../functions/job.ts';
import type { QueueHandler } from '../../functions/lambda.ts';
import { idOf } from '../../shared/id.ts';
import { shardOf } from '../../shared/poll/due.ts';
import { putPending } from '../../shared/store/hits.ts';
import { lastIssue } from '../../shared/store/issues.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/time.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { HttpAnswer, Item } from '../../shared/world.ts';
import { courier, herald, rss, town } from './small-town.ts';
import { type Simulation, simulate } from './world.ts';

const start = Date.UTC(2026, 10, 23, 9);

function published(config: Config = town): Simulation {
  const simulation = simulate(config, start);
  simulation.origin.publish(herald, rss(start, { h1: 'Chats were encrypted', h2: 'A bus' }));
  simulation.origin.publish(courier, rss(start, { c1: 'Floods', c2: 'A train' }));
  return simulation;
}
const event = (body: string, count = 1) =>
  ({ Records: [{ messageId: 'm', body, attributes: { ApproximateReceiveCount: String(count) } }] }) as never;
const invocation = (left: number) => ({ awsRequestId: 'r', getRemainingTimeInMillis: () => left });
const job = (simulation: Simulation) =>
  writeJob({ kind: 'poll', shard: 0, shards: 1, tickAt: simulation.clock.now(), whole: false });

describe('two workers at once', () => {
  it('2: freeze one issue of a number, whatever they had in mind', async () => {
    const simulation = published();
    await simulation.pass(false);
    const [one, other] = [simulation.processes(null), simulation.processes(null)];
    simulation.advance(DAY);
    const tick = { time: new Date(simulation.clock.now()).toISOString(), detail: {} };
    await Promise.all([one.digest(tick), other.digest(tick)]);
    const numbers = (await simulation.issues()).map(({ digest, number }) => `${digest} ${number}`);
    expect(new Set(numbers).size).toBe(numbers.length);
    await simulation.queues.deliver.drain(one.deliver);
    const mails = simulation.mailer.accepted.map(({ tags, to }) => `${tags.issue} ${to}`);
    expect(new Set(mails).size).toBe(mails.length);
  });

  it('84: poll one shard: each hit once, each entry scanned once', async () => {
    const simulation = published();
    const [one, other] = [simulation.processes(null), simulation.processes(null)];
    await Promise.all([one.poll(event(job(simulation))), other.poll(event(job(simulation)))]);
    await simulation.live(DAY);
    const states = simulation.news.items().filter(({ scanned }) => scanned !== undefined && scanned !== null);
    expect(states.map(({ scanned }) => scanned)).toEqual([2, 2]);
    const listed = (await simulation.issues()).flatMap(({ digest, hits }) =>
      hits.map((hit) => [digest, hit.entry, hit.watch].join()),
    );
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed).toHaveLength(4);
  });

  it('90: deliver one message: one mail', async () => {
    const simulation = published();
    const run = simulation.processes(null);
    const fanOutOnly: QueueHandler = async (sqs) =>
      sqs.Records.some(({ body }) => body.includes('"fan-out"')) ? run.deliver(sqs) : { batchItemFailures: [] };
    await simulation.pass(false, { ...run, deliver: fanOutOnly });
    simulation.advance(5 * MINUTE);
    await simulation.pass(false, { ...run, deliver: fanOutOnly });
    const [atOnce] = town.digests;
    const issue = await lastIssue(simulation.news, atOnce?.id ?? '');
    const [queued] = simulation.people.items().filter(({ pk }) => pk.startsWith('deliveries#'));
    const body = writeJob({
      kind: 'deliver',
      digest: atOnce?.id ?? '',
      number: issue?.number ?? 0,
      subscribers: [String(queued?.subscriber)],
    });
    await Promise.all([
      simulation.processes(null).deliver(event(body)),
      simulation.processes(null).deliver(event(body, 2)),
    ]);
    expect(simulation.mailer.accepted).toHaveLength(1);
  });
});

describe('a tick', () => {
  const tick = (simulation: Simulation) => ({ time: new Date(simulation.clock.now()).toISOString(), detail: {} });

  it.each([
    ['twice at once', 0, true],
    ['again half a minute later', 30 * SECOND, false],
    ['three hours late', 3 * HOUR, false],
  ])('82: that comes %s makes one issue of a slot', async (_, wait, together) => {
    const simulation = published();
    await simulation.live(HOUR);
    simulation.advance(Date.UTC(2026, 10, 24, 7, 2) - simulation.clock.now());
    const [one, other] = [simulation.processes(null), simulation.processes(null)];
    if (together) await Promise.all([one.digest(tick(simulation)), other.digest(tick(simulation))]);
    else {
      await one.digest(tick(simulation));
      simulation.advance(wait);
      await other.digest(tick(simulation));
    }
    await simulation.live(10 * MINUTE);
    const slots = (await simulation.issues()).map(({ edition, slot }) => `${edition} ${slot}`);
    expect(new Set(slots).size).toBe(slots.length);
    const mails = simulation.mailer.accepted.map(({ tags, to }) => `${tags.issue} ${to}`);
    expect(new Set(mails).size).toBe(mails.length);
    expect(slots.filter((slot) => slot.endsWith('2026-11-24T07:00'))).toHaveLength(1);
  });

  it('86: leaves a hit that is stored right after the issue froze to the next', async () => {
    const simulation = published();
    await simulation.pass(false);
    const [atOnce] = town.digests;
    const hit = { entry: 'e', watch: town.watches[0]?.id ?? '' };
    const { putIf } = simulation.news;
    let frozen = 0;
    simulation.news.putIf = async (item, condition) => {
      const isStored = await putIf(item, condition);
      if (item.pk === `issues#${atOnce?.id}` && frozen++ === 0) {
        simulation.advance(1);
        await putPending(simulation.news, [{ digest: atOnce?.id ?? '', hit }]);
      }
      return isStored;
    };
    simulation.origin.publish(herald, rss(start, { h7: 'Encryption again' }));
    await simulation.live(15 * MINUTE);
    const issues = (await simulation.issues()).filter(({ edition }) => edition === atOnce?.id);
    expect(issues.map(({ hits }) => hits.some(({ entry }) => entry === 'e')).filter((has) => has)).toHaveLength(1);
    expect(issues.at(-1)?.hits).toEqual([hit]);
    expect(issues.length).toBeGreaterThan(1);
  });
});

describe('time that runs out', () => {
  /** Every look takes ten seconds. */
  function slow(simulation: Simulation): void {
    const { get } = simulation.origin;
    simulation.origin.get = (request) => {
      simulation.advance(10 * SECOND);
      return get(request);
    };
  }
  const oneHost: Config = {
    ...town,
    feeds: Array.from({ length: 12 }, (_, n) => {
      const url = `https://host.example/${n}`;
      return { ...(town.feeds[0] as Config['feeds'][number]), id: idOf('feed', url), url, name: `Feed ${n}` };
    }),
  };

  it('leaves feeds for the next poll, says so, and takes them first then', async () => {
    const simulation = simulate(oneHost, start);
    for (const { url } of oneHost.feeds) simulation.origin.publish(url, rss(start, { a: 'News' }));
    slow(simulation);
    const { poll } = simulation.processes(null);
    const asked = () => simulation.origin.asked.map(({ url }) => url);
    await poll(event(job(simulation)), invocation(60 * SECOND));
    const first = asked();
    expect(first.length).toBe(5);
    const look = simulation.news.items().find(({ sk }) => sk === '#last-look') as Item;
    expect(look.missed).toHaveLength(7);
    simulation.advance(5 * MINUTE);
    await poll(event(job(simulation)), invocation(60 * SECOND));
    expect(
      asked()
        .slice(5, 10)
        .filter((url) => first.includes(url)),
    ).toEqual([]);
  });

  it('starves nobody, though there is never time for all', async () => {
    const many: Config = {
      ...oneHost,
      feeds: Array.from({ length: 40 }, (_, n) => {
        const url = `https://host.example/many/${n}`;
        return { ...(town.feeds[0] as Config['feeds'][number]), id: idOf('feed', url), url, name: `Feed ${n}` };
      }),
    };
    const simulation = simulate(many, start);
    for (const { url } of many.feeds) simulation.origin.publish(url, rss(start, { a: 'News' }));
    slow(simulation);
    const { poll } = simulation.processes(null);
    for (let n = 0; n < 32; n++) {
      await poll(event(job(simulation)), invocation(60 * SECOND));
      simulation.advance(5 * MINUTE);
    }
    const looks = many.feeds.map(({ url }) => simulation.origin.asked.filter((asked) => asked.url === url).length);
    expect(Math.max(...looks) - Math.min(...looks)).toBeLessThanOrEqual(1);
  });

  it('leaves deliveries for a message of their own', async () => {
    const readers = Array.from({ length: 10 }, (_, n) => `reader${n}@reader.example`);
    const simulation = published({
      ...town,
      digests: town.digests.slice(0, 1).map((digest) => ({ ...digest, to: readers })),
    });
    const { send } = simulation.mailer;
    simulation.mailer.send = (mail) => {
      simulation.advance(10 * SECOND);
      return send(mail);
    };
    const run = simulation.processes(null);
    await simulation.pass(false, { ...run, deliver: (sqs) => run.deliver(sqs, invocation(60 * SECOND)) });
    for (let n = 0; n < 6; n++) {
      simulation.advance(5 * MINUTE);
      await simulation.pass(false, { ...run, deliver: (sqs) => run.deliver(sqs, invocation(60 * SECOND)) });
    }
    expect(simulation.mailer.accepted.map(({ to }) => to).sort()).toEqual([...readers].sort());
    expect(simulation.queues.deliver.dead).toEqual([]);
  });
});

describe('parts that fail', () => {
  it('83: messages that the queue did not take are sent again, or the tick fails and the next one does it', async () => {
    const simulation = published();
    const { send } = simulation.queues.deliver;
    let refuse = 3;
    simulation.queues.deliver.send = async (messages) => {
      if (refuse === 0) return send(messages);
      refuse -= 1;
      return { failed: messages.map((_, index) => index) };
    };
    await simulation.live(HOUR);
    expect(refuse).toBe(0);
    expect(simulation.mailer.accepted).toHaveLength(1);
  });

  it('9: one feed whose memory cannot be written keeps no other from being read, and is tried again', async () => {
    const simulation = published();
    const { putIf } = simulation.news;
    const [first] = town.feeds;
    let broken = true;
    simulation.news.putIf = (item, condition) => {
      if (broken && item.sk === first?.id) throw new Error('the item is refused');
      return putIf(item, condition);
    };
    await simulation.pass(false);
    expect(simulation.news.items().find(({ sk }) => sk === '#last-look')).toMatchObject({ missed: [first?.id] });
    broken = false;
    const asked = simulation.origin.asked.length;
    simulation.advance(5 * MINUTE);
    await simulation.pass(false);
    expect(simulation.origin.asked.slice(asked).map(({ url }) => url)).toContain(herald);
    expect(simulation.news.items().find(({ sk }) => sk === '#last-look')).toMatchObject({ missed: [] });
  });

  it('a wish for everything that waited since an interrupted pass, and a new one, are one look', async () => {
    const simulation = published();
    const run = simulation.processes(null);
    const wish = () => run.dispatch({ time: new Date(simulation.clock.now()).toISOString(), detail: { asked: true } });
    await wish();
    simulation.advance(MINUTE);
    await wish();
    await simulation.queues.poll.drain(run.poll);
    expect(simulation.origin.asked).toHaveLength(2);
  });

  it('95: a clock that was a week ahead once silences nobody', async () => {
    const simulation = published();
    simulation.advance(7 * DAY);
    await simulation.pass(false);
    simulation.advance(-7 * DAY);
    const asked = simulation.origin.asked.length;
    await simulation.live(HOUR);
    expect(simulation.origin.asked.length - asked).toBe(2 * 12);
  });

  it('95: nor where a publisher asked meanwhile not to be called for an hour', async () => {
    const simulation = published();
    const later = { kind: 'answer', status: 503, headers: { 'retry-after': '3600' }, body: new Uint8Array() } as const;
    simulation.origin.answer(herald, later);
    simulation.advance(7 * DAY);
    await simulation.pass(false);
    simulation.advance(-7 * DAY);
    simulation.origin.publish(herald, rss(start, { h1: 'Chats were encrypted' }));
    const asked = simulation.origin.asked.length;
    await simulation.live(HOUR);
    expect(simulation.origin.asked.slice(asked).filter(({ url }) => url === herald).length).toBeGreaterThan(0);
  });

  it('issues go out although the news were lost and begin again', async () => {
    const simulation = published();
    await simulation.live(10 * MINUTE);
    expect(simulation.mailer.accepted).toHaveLength(1);
    for (const { pk, sk } of simulation.news.items()) await simulation.news.delete({ pk, sk });
    await simulation.live(10 * MINUTE);
    expect(simulation.mailer.accepted).toHaveLength(2);
  });

  it('a day without polls is one look, not three hundred', async () => {
    const simulation = published();
    await simulation.pass(false);
    const asked = simulation.origin.asked.length;
    const run = simulation.processes(null);
    for (let n = 0; n < 288; n++) {
      simulation.advance(5 * MINUTE);
      await run.dispatch({ time: new Date(simulation.clock.now()).toISOString(), detail: {} });
    }
    await simulation.queues.poll.drain(run.poll);
    expect(simulation.origin.asked.length - asked).toBeLessThanOrEqual(2 * 2);
  });
});

describe('a config that changes', () => {
  /** The same memory under another config. */
  async function under(simulation: Simulation, config: Config): Promise<Simulation> {
    const next = simulate(config, simulation.clock.now());
    for (const item of simulation.news.items()) await next.news.put(item);
    for (const item of simulation.people.items()) await next.people.put(item);
    return next;
  }

  it('101: another zone of a digest swallows no issue', async () => {
    const zoned = (zone: string): Config => ({
      ...town,
      digests: town.digests.slice(1).map((digest) => ({ ...digest, zone, empty: 'skip' as const })),
    });
    const tokyo = published(zoned('Asia/Tokyo'));
    await tokyo.live(14 * HOUR); // 07:00 in Tokyo is 22:00 here
    expect(tokyo.mailer.accepted).toHaveLength(2);
    const london = await under(tokyo, zoned('Europe/London'));
    london.origin.publish(herald, rss(london.clock.now(), { h9: 'Encryption again' }));
    await london.live(9 * HOUR);
    expect(london.mailer.accepted).toHaveLength(2);
  });

  it('comes at seven in its own zone, not in ours', async () => {
    const kathmandu = published({
      ...town,
      digests: town.digests.slice(1).map((digest) => ({ ...digest, zone: 'Asia/Kathmandu' })),
    });
    await kathmandu.live(DAY);
    const slots = (await kathmandu.issues()).filter(({ sends }) => sends).map(({ slot, slotAt }) => [slot, slotAt]);
    expect(slots).toEqual([['2026-11-24T07:00', Date.UTC(2026, 10, 24, 1, 15)]]);
  });

  it('a feed finds its memory again when there are more shards, and its entries are no news', async () => {
    const simulation = published();
    await simulation.live(10 * MINUTE);
    const states = simulation.news.items().filter(({ sk }) => town.feeds.some(({ id }) => id === sk));
    const { poll } = simulation.processes(null);
    const hits = () => simulation.news.items().filter(({ pk }) => pk.startsWith('pending#')).length;
    const before = hits();
    for (const shard of new Set(town.feeds.map((feed) => shardOf(feed, 4)))) {
      simulation.advance(5 * MINUTE);
      await poll(event(writeJob({ kind: 'poll', shard, shards: 4, tickAt: simulation.clock.now(), whole: true })));
    }
    expect(hits()).toBe(before);
    expect(states).toHaveLength(2);
  });
});

describe('a receipt', () => {
  const forbidden: HttpAnswer = { kind: 'answer', status: 403, headers: {}, body: new Uint8Array() };

  it('counts a feed whose turn did not come in its time as read, and one whose turn passed as not looked at', async () => {
    const hourly: Config = {
      ...town,
      feeds: town.feeds.map((feed, n) => ({ ...feed, everyMinutes: n === 0 ? 5 : 60 })),
    };
    const simulation = published(hourly);
    await simulation.live(2 * HOUR);
    simulation.origin.publish(herald, rss(start, { h5: 'Encryption once more' }));
    await simulation.live(10 * MINUTE);
    const last = (await simulation.issues()).findLast(({ sends }) => sends);
    expect(last?.receipt.feeds).toMatchObject({ watched: 2, read: 2, unreadCount: 0 });
  });

  it('says of a time in which nobody looked that nobody looked', async () => {
    const simulation = published();
    await simulation.live(HOUR);
    simulation.advance(Date.UTC(2026, 10, 24, 7) - simulation.clock.now());
    const { digest } = simulation.processes(null);
    await digest({ time: new Date(simulation.clock.now()).toISOString(), detail: {} });
    const last = (await simulation.issues()).findLast(({ sends }) => sends);
    expect(last?.receipt.feeds).toMatchObject({ watched: 2, read: 0, unreadCount: 2 });
  });

  it('24: is not made sooner by an operator: a publisher that said “not before” is left alone', async () => {
    const simulation = published();
    simulation.origin.answer(courier, { ...forbidden, status: 429, headers: { 'retry-after': '7200' } });
    for (let n = 0; n < 5; n++) {
      await simulation.pass(true);
      simulation.advance(MINUTE);
    }
    expect(simulation.origin.asked.filter(({ url }) => url === courier)).toHaveLength(1);
  });
});
