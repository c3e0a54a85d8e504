/** One issue to many readers: everybody who may, once, whatever dies, comes twice or changes its mind meanwhile. */
import { describe, expect, it } from 'vitest';
import { deliver, serve } from '../../functions/deliver.ts';
import { fanOut } from '../../functions/fan-out.ts';
import { anyJob, type FanOutJob, writeJob } from '../../functions/job.ts';
import { onMessage, type QueueHandler } from '../../functions/lambda.ts';
import { ownEdition } from '../../shared/delivery/edition.ts';
import { limits } from '../../shared/limits.ts';
import { peopleKeys } from '../../shared/store/keys.ts';
import { readersOf } from '../../shared/store/readers.ts';
import { DAY, HOUR, MINUTE } from '../../shared/time.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { Item } from '../../shared/world.ts';
import { choose, edition, idOfReader, setState } from '../simulation/readers.ts';
import { herald, rss, town } from '../simulation/small-town.ts';
import { type Death, type Meanwhile, type Simulation, simulate } from '../simulation/world.ts';

const start = Date.UTC(2026, 10, 23, 9);
const [atOnce] = town.digests;
if (atOnce === undefined) throw new Error('the town has a digest that comes at once');
const config: Config = { ...town, digests: [{ ...atOnce, to: ['named@reader.example'] }] };
const readers = Array.from({ length: 7 }, (_, n) => `reader${n}@reader.example`);
const everybody = ['named@reader.example', ...readers].sort();
/** Readers asked by one message in these tests. */
const pageMax = 3;

/** An issue is frozen, and its first message waits in the queue. */
async function issued(pageItemsMax?: number, addresses: readonly string[] = readers): Promise<Simulation> {
  const simulation = simulate(config, start, pageItemsMax);
  for (const address of addresses) {
    await choose(simulation.people, address, ownEdition(atOnce as never), start - HOUR);
  }
  simulation.origin.publish(herald, rss(start, { h1: 'Chats were encrypted' }));
  const run = simulation.processes(null);
  await simulation.pass(false, { ...run, deliver: notYet });
  expect(simulation.queues.deliver.waiting()).toHaveLength(1);
  simulation.advance(360_000); // what was taken and not handled is visible again
  return simulation;
}
const notYet: QueueHandler = async ({ Records }) => ({
  batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});

/** The function with small pages, as a process that dies, or beside which something happens, at a port call. */
function small(simulation: Simulation, death: Death | null = null, meanwhile: Meanwhile | null = null) {
  const run = simulation.processes(death, meanwhile);
  const world = run.deliverWorld;
  const handler = onMessage(world, (traced, body, worker) => {
    const job = anyJob(body);
    if (job.kind === 'fan-out') return fanOut(traced, job, pageMax);
    if (job.kind === 'deliver') return deliver(traced, job, worker);
    throw new Error(job.kind);
  });
  return { handler, calls: run.calls };
}

/** Until every message is handled, for two hours at most. */
async function workOff(simulation: Simulation, handler: QueueHandler): Promise<void> {
  for (let minute = 0; minute < 120 && simulation.queues.deliver.waiting().length > 0; minute++) {
    await simulation.queues.deliver.drain(handler);
    simulation.advance(MINUTE);
  }
  expect(simulation.queues.deliver.waiting()).toEqual([]);
  expect(simulation.queues.deliver.dead).toEqual([]);
}

const mailed = (simulation: Simulation) => simulation.mailer.accepted.map(({ to }) => to).sort();
const deliveries = (simulation: Simulation) =>
  simulation.people.items().filter(({ pk }) => pk.startsWith('deliveries#'));
const event = (body: string) =>
  ({ Records: [{ messageId: 'm', body, attributes: { ApproximateReceiveCount: '1' } }] }) as never;
const firstPage = (simulation: Simulation) => anyJob(simulation.queues.deliver.waiting()[0]?.body ?? '') as FanOutJob;

describe('an issue', () => {
  it.each([undefined, 2])('goes to everybody who reads it, once, page by page (row 93: pages of %s)', async (items) => {
    const simulation = await issued(items);
    await workOff(simulation, small(simulation).handler);
    expect(mailed(simulation)).toEqual(everybody);
    expect(deliveries(simulation).every(({ state }) => state === 'SENT')).toBe(true);
    expect(simulation.told.filter(({ event }) => event === 'fanned out')).toHaveLength(3);
  });

  it.each(['before', 'after'] as const)('goes to everybody although a process dies %s any call', async (moment) => {
    const counted = await issued();
    const counting = small(counted);
    await workOff(counted, counting.handler);
    let copies = 0;
    for (let call = 1; call <= counting.calls(); call++) {
      const simulation = await issued();
      await simulation.queues.deliver.drain(small(simulation, { call, moment }).handler);
      await workOff(simulation, small(simulation).handler);
      expect([...new Set(mailed(simulation))], `died ${moment} call ${call}`).toEqual(everybody);
      expect(deliveries(simulation)).toHaveLength(everybody.length);
      expect(deliveries(simulation).every(({ state }) => state === 'SENT')).toBe(true);
      // Between a mail's acceptance and the note of it lies one call: who dies there cannot know.
      expect(mailed(simulation).length - everybody.length).toBeLessThanOrEqual(1);
      copies += mailed(simulation).length - everybody.length;
    }
    expect(copies).toBe(everybody.length);
  });

  it('goes to nobody twice when its messages are handled by two at once', async () => {
    const simulation = await issued();
    for (let minute = 0; minute < 30; minute++) {
      const taken = simulation.queues.deliver.take();
      await Promise.all(
        taken.flatMap(({ body }) => [
          small(simulation).handler(event(body)),
          small(simulation).handler(event(body)),
          small(simulation).handler(event(body)),
        ]),
      );
      simulation.advance(MINUTE);
    }
    expect(mailed(simulation)).toEqual(everybody);
    expect(deliveries(simulation)).toHaveLength(everybody.length);
  });

  it('sends nobody back to work when a page comes again after all was sent', async () => {
    const simulation = await issued();
    const again = writeJob({ ...firstPage(simulation), after: null });
    await workOff(simulation, small(simulation).handler);
    await small(simulation).handler(event(again));
    const jobs = simulation.queues.deliver.waiting().map(({ body }) => anyJob(body).kind);
    expect(jobs).toEqual(['fan-out']); // the page after it
    await workOff(simulation, small(simulation).handler);
    expect(mailed(simulation)).toEqual(everybody);
  });

  it('asks 500 readers a message, and names 25 to the one that sends', async () => {
    const many = Array.from({ length: 520 }, (_, n) => `many${n}@reader.example`);
    const simulation = await issued(undefined, many);
    const { deliver } = simulation.processes(null);
    await deliver(event(simulation.queues.deliver.waiting()[0]?.body ?? ''));
    const jobs = simulation.queues.deliver.waiting().map(({ body }) => anyJob(body));
    expect(deliveries(simulation)).toHaveLength(limits.readersPerPage);
    const sizes = jobs.flatMap((job) => (job.kind === 'deliver' ? [job.subscribers.length] : []));
    expect(sizes).toEqual(Array.from({ length: 20 }, () => limits.deliveriesPerMessage));
  });
});

describe('consent', () => {
  it('is asked when an issue is fanned out: who does not want it has not even a delivery', async () => {
    const simulation = await issued();
    const [a, b, c, d] = readers as [string, string, string, string];
    await setState(simulation.people, a, config.digests[0]?.id ?? '', 'unsubscribed');
    await simulation.people.put({ ...peopleKeys.suppression(idOfReader(b)), cause: 'bounced', since: start });
    for (const { pk, sk } of simulation.people.items()) {
      if (pk === peopleKeys.subscriber(idOfReader(c)).pk) await simulation.people.delete({ pk, sk });
      if (pk === peopleKeys.subscriber(idOfReader(d)).pk && sk === 'profile') {
        const item = (await simulation.people.get({ pk, sk })) as Item;
        await simulation.people.put({ ...item, pausedUntil: start + DAY });
      }
    }
    await workOff(simulation, small(simulation).handler);
    const rest = everybody.filter((address) => ![a, b, c, d].includes(address));
    expect(mailed(simulation)).toEqual(rest);
    expect(deliveries(simulation).map(({ subscriber }) => subscriber)).toEqual(rest.map(idOfReader).sort());
  });

  it.each([
    [
      'unsubscribed',
      (simulation: Simulation) => setState(simulation.people, readers[3] ?? '', atOnce.id, 'unsubscribed'),
    ],
    [
      'bounced',
      (simulation: Simulation) =>
        simulation.people.put({
          ...peopleKeys.suppression(idOfReader(readers[3] ?? '')),
          cause: 'bounced',
          since: start,
        }),
    ],
    [
      'erased (row 96)',
      async (simulation: Simulation) => {
        const { pk } = peopleKeys.subscriber(idOfReader(readers[3] ?? ''));
        for (const item of simulation.people.items()) if (item.pk === pk) await simulation.people.delete(item);
      },
    ],
  ])('that ends by %s at any moment stops every send that has not begun', async (cause, end) => {
    const who = readers[3] ?? '';
    const counted = await issued();
    const counting = small(counted);
    await workOff(counted, counting.handler);
    let mails = 0;
    for (let call = 1; call <= counting.calls(); call++) {
      const simulation = await issued();
      let sending = '';
      let sentBefore = false;
      const act: Meanwhile['act'] = async (port, [mail]) => {
        sentBefore = mailed(simulation).includes(who);
        if (port === 'send' && !Array.isArray(mail)) sending = (mail as { to: string }).to;
        await end(simulation);
      };
      await workOff(simulation, small(simulation, null, { call, act }).handler);
      const isMailed = mailed(simulation).includes(who);
      expect(isMailed, `${cause} at call ${call}`).toBe(sentBefore || sending === who);
      expect(mailed(simulation).filter((to) => to !== who)).toEqual(everybody.filter((to) => to !== who));
      expect(deliveries(simulation).every(({ state }) => state === 'SENT' || state === 'DROPPED')).toBe(true);
      mails += isMailed ? 1 : 0;
    }
    expect(mails).toBeGreaterThan(0);
    expect(mails).toBeLessThan(counting.calls());
  });

  it('by the operator’s word ends with the word: who is no longer named is not mailed', async () => {
    const simulation = await issued();
    const { deliverWorld } = simulation.processes(null);
    await fanOut(deliverWorld, firstPage(simulation));
    const later = serve({ ...deliverWorld, config: { ...config, digests: [{ ...atOnce, to: [] }] } });
    for (const { body } of simulation.queues.deliver.waiting()) await later(event(body));
    expect(mailed(simulation)).toEqual(readers);
    const dropped = deliveries(simulation).filter(({ state }) => state === 'DROPPED');
    expect(dropped).toMatchObject([{ cause: 'no longer named', subscriber: idOfReader('named@reader.example') }]);
  });
});

describe('messages', () => {
  it('92, 105: of an earlier Watchword are handled', async () => {
    const simulation = await issued();
    await fanOut(simulation.processes(null).deliverWorld, firstPage(simulation));
    const subscribers = deliveries(simulation).map(({ subscriber }) => subscriber);
    const body = JSON.stringify({ v: 1, kind: 'deliver', digest: atOnce.id, number: 1, subscribers });
    expect(await simulation.processes(null).deliver(event(body))).toEqual({ batchItemFailures: [] });
    expect(mailed(simulation)).toEqual(everybody);
  });

  it.each([
    ['of a later one', { v: 2, kind: 'deliver' }],
    ['of an unknown kind', { v: 1, kind: 'dance' }],
    ['of another function', { v: 1, kind: 'poll' }],
  ])('92: %s are parked, never dropped, and keep nobody waiting (row 91)', async (_, strange) => {
    const simulation = await issued();
    await simulation.queues.deliver.send([{ body: JSON.stringify(strange) }]);
    await simulation.live(HOUR);
    expect(simulation.queues.deliver.dead.map(({ body }) => JSON.parse(body))).toEqual([strange]);
    expect(mailed(simulation)).toEqual(everybody);
  });
});

describe('the row of a reader', () => {
  it('who left long ago goes with the next issue; of who left just now it stays', async () => {
    const simulation = await issued();
    const [longAgo, now, stays] = readers.map(idOfReader) as [string, string, string];
    const hourly = edition(atOnce, 'every hour');
    await choose(simulation.people, readers[0] ?? '', hourly, start - MINUTE);
    simulation.advance(6 * DAY);
    await choose(simulation.people, readers[1] ?? '', hourly, simulation.clock.now());
    await workOff(simulation, small(simulation).handler);
    const page = await readersOf(simulation.people, atOnce.id, null, 100);
    const rows = page.readers.map(({ subscriber }) => subscriber);
    expect(rows).not.toContain(longAgo);
    expect(rows).toEqual(expect.arrayContaining([now, stays]));
  });
});
