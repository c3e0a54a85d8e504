/** A process that dies at any single port call loses no hit, makes no second one, and lists each in exactly one issue. */
import { describe, expect, it } from 'vitest';
import { idOf } from '../../shared/id.ts';
import { replayOf } from '../../shared/poll/replay.ts';
import { unpackScanned } from '../../shared/poll/scanned.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';
import { courier, herald, rss, town } from './small-town.ts';
import { type Death, type Simulation, simulate } from './world.ts';

const start = Date.UTC(2026, 10, 23, 9);

/** What the town's feeds say on the first look, and what is new in the second. */
function publish(town: Simulation, edition: 1 | 2): void {
  const now = town.clock.now();
  const first = { h1: 'Ministers ask why chats were encrypted', h2: 'Council buys a bus', h3: 'Flooded roads close' };
  town.origin.publish(herald, rss(start, edition === 1 ? first : { h4: 'Encryption and floods meet', ...first }));
  town.origin.publish(
    courier,
    rss(edition === 1 ? start : now, { c1: 'Flood warning', ...(edition === 2 && { c2: 'Floods again' }) }),
  );
}

const expectedHits = 6; // h1, h3, c1; then h4 for both watches, c2

function hitsIn(town: Simulation): readonly string[] {
  return town.news.items().flatMap(({ pk, sk }) => (pk.startsWith('hit#') ? [`${sk} ${pk}`] : []));
}

/** Every entry that a feed's state has counted as held against the watches is in the history, and gives the same hits. */
function judgeHistory({ news, history }: Simulation): void {
  const scanned = [...history.days.values()].flat().flatMap(unpackScanned);
  for (const { id } of town.feeds) {
    const ids = scanned.filter(({ feed }) => feed === id).map(({ entry }) => entry.id);
    const state = news.items().find(({ pk, sk }) => pk.startsWith('shard#') && sk === id);
    expect(new Set(ids).size).toBe(state?.scanned);
  }
  const replay = replayOf(town, null, '2026-11-01');
  for (const each of scanned) replay.take(each);
  const hits = news.items().filter(({ pk }) => pk.startsWith('hit#'));
  for (const { watch, total } of replay.report().watches) {
    expect(total.kept, watch).toBe(hits.filter((hit) => hit.watch === idOf('watch', watch)).length);
  }
}

/** Everything that must hold once time has gone on long enough without faults. */
async function judgeAll(simulation: Simulation): Promise<void> {
  const hits = [...hitsIn(simulation)].sort();
  expect(hits).toHaveLength(expectedHits);
  const issues = await simulation.issues();
  for (const digest of town.digests) {
    const ofDigest = issues.filter((issue) => issue.digest === digest.id);
    const listed = ofDigest.flatMap((issue) => issue.hits.map(({ entry, watch }) => `${entry} hit#${watch}`));
    expect(listed.sort()).toEqual(hits);
  }
  expect(simulation.news.items().filter(({ pk }) => pk.startsWith('pending#'))).toEqual([]);
  expect(simulation.queues.poll.dead).toEqual([]);
  expect(simulation.queues.deliver.dead).toEqual([]);
  const deliveries = simulation.people.items().filter(({ pk }) => pk.startsWith('deliveries#'));
  expect(deliveries.filter(({ state }) => state !== 'SENT')).toEqual([]);
  // Each issue that sends reached each of its readers,
  const sending = issues.filter(({ sends }) => sends);
  const readers = sending.flatMap(({ id, digest }) =>
    (town.digests.find((each) => each.id === digest)?.to ?? []).map((to) => `${id} ${to}`),
  );
  expect([...new Set(mailsOf(simulation))].sort()).toEqual(readers.sort());
  // and what readers see is what the publishers wrote: a hit that is listed but not shown would be lost all the same.
  for (const { to } of town.digests) {
    for (const reader of to) {
      const texts = simulation.mailer.accepted.filter((mail) => mail.to === reader).map(textOf);
      for (const headline of ['chats were', 'roads close', 'warning', 'meet', 'again']) {
        expect(
          texts.some((text) => text.includes(headline)),
          `${reader}: ${headline}`,
        ).toBe(true);
      }
    }
  }
  judgeHistory(simulation);
}

function textOf({ raw }: { readonly raw: Uint8Array }): string {
  return Buffer.from(raw).toString();
}

function mailsOf(simulation: Simulation): readonly string[] {
  return simulation.mailer.accepted.map(({ tags, to }) => `${tags.issue} ${to}`);
}

/** The first look without fault, then the second with a death in it, then a day of peace. */
async function dayWith(death: Death | null, pageItemsMax?: number): Promise<{ simulation: Simulation; calls: number }> {
  const simulation = simulate(town, start, pageItemsMax);
  await simulation.pass(false); // timed digests start here
  publish(simulation, 1);
  simulation.advance(5 * MINUTE);
  const run = simulation.processes(death);
  await simulation.pass(false, run);
  simulation.advance(5 * MINUTE);
  publish(simulation, 2);
  await simulation.live(HOUR); // longer than a hidden message and a send of unknown fate wait
  simulation.advance(Date.UTC(2026, 10, 24, 6, 50) - simulation.clock.now());
  await simulation.live(HOUR); // over the slot of the morning
  return { simulation, calls: run.calls() };
}

describe('a death at a port call', () => {
  it('does not happen, and all is as it should be', async () => {
    const { simulation, calls } = await dayWith(null);
    await judgeAll(simulation);
    expect(calls).toBeGreaterThan(30);
    expect(new Set(mailsOf(simulation)).size).toBe(mailsOf(simulation).length);
  });

  it.each(['before', 'after'] as const)(
    '%s any call in turn: nothing lost, nothing twice',
    async (moment) => {
      const { calls } = await dayWith(null);
      let sentTwice = 0;
      for (let call = 1; call <= calls; call++) {
        const { simulation } = await dayWith({ call, moment });
        try {
          await judgeAll(simulation);
        } catch (fault) {
          throw new Error(`the process died ${moment} call ${call}`, { cause: fault });
        }
        const copies = mailsOf(simulation).length - new Set(mailsOf(simulation)).size;
        expect(copies, `the process died ${moment} call ${call}`).toBeLessThanOrEqual(1);
        sentTwice += copies;
      }
      // One mail goes out in the pass with the death. Between its acceptance and the note of it lies one call: who dies
      // there cannot know, so one copy more is right, and nowhere else.
      expect(sentTwice).toBe(1);
    },
    120_000,
  );

  it('93: with pages and batches of two, all the same', async () => {
    const { simulation } = await dayWith(null, 2);
    await judgeAll(simulation);
  });
});
