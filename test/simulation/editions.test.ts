/** Whoever chooses an edition, at whatever moment, gets every hit from then on, once; whoever leaves one loses none. */
import { describe, expect, it } from 'vitest';
import { ownEdition, shelfOf } from '../../shared/delivery/edition.ts';
import { chosenEditions } from '../../shared/store/editions.ts';
import { knownEditions } from '../../shared/store/known-editions.ts';
import { DAY, HOUR, MINUTE } from '../../shared/time.ts';
import type { Config } from '../../shared/watch/config.ts';
import { choose, edition, setState } from './readers.ts';
import { courier, herald, rss, town } from './small-town.ts';
import { type Death, type Meanwhile, type Simulation, simulate, toldTo } from './world.ts';

const [, morningOfTown] = town.digests;
if (morningOfTown === undefined) throw new Error('the town has a digest in the morning');
const morning = { ...morningOfTown, to: ['policy@reader.example'], empty: 'skip' as const };
const config: Config = { ...town, digests: [morning] };
const hourly = edition(morning, 'every hour');
const anna = 'anna@reader.example';
const bela = 'bela@reader.example';
const seven = Date.UTC(2026, 10, 23, 7);

function publish(simulation: Simulation, part: 1 | 2 | 3): void {
  const at = seven - HOUR;
  const first = { h1: 'Ministers ask why chats were encrypted', h2: 'Council buys a bus' };
  const second = { h3: 'Encryption and floods meet' };
  const third = { h4: 'Floods once more' };
  simulation.origin.publish(herald, rss(at, { ...(part > 2 && third), ...(part > 1 && second), ...first }));
  simulation.origin.publish(courier, rss(at, { c1: 'Flood warning', ...(part > 1 && { c2: 'Floods again' }) }));
}

const allHits = (simulation: Simulation) =>
  simulation.news.items().flatMap(({ pk, sk }) => (pk.startsWith('hit#') ? [`${sk} ${pk.slice(4)}`] : []));

/** Hits that the digest's own edition has told, or has frozen to tell. */
async function frozen(simulation: Simulation): Promise<readonly string[]> {
  const issues = (await simulation.issues()).filter((issue) => issue.edition === morning.id);
  return issues.flatMap(({ hits }) => hits.map(({ entry, watch }) => `${entry} ${watch}`));
}

async function toldIn(simulation: Simulation, address: string, id: string): Promise<readonly string[]> {
  const told = await toldTo(simulation, address);
  return told.filter((each) => each.startsWith(`${id} `)).map((each) => each.slice(id.length + 1));
}

/**
 * Until just after seven, in whose pass something may happen and new articles are found; then two days more.
 *
 * @param prepare before that pass
 */
async function throughSeven(
  prepare: (simulation: Simulation) => Promise<void>,
  death: Death | null,
  meanwhile: ((simulation: Simulation) => Meanwhile) | null,
) {
  const simulation = simulate(config, seven - 8 * MINUTE, death === null ? undefined : 2);
  await simulation.pass(false); // timed editions start here
  publish(simulation, 1);
  simulation.advance(5 * MINUTE);
  await simulation.pass(false);
  await prepare(simulation);
  simulation.advance(5 * MINUTE);
  publish(simulation, 2);
  const run = simulation.processes(death, meanwhile?.(simulation) ?? null);
  await simulation.pass(false, run);
  await simulation.live(20 * MINUTE);
  publish(simulation, 3);
  await simulation.live(HOUR);
  simulation.advance(seven + DAY - 5 * MINUTE - simulation.clock.now());
  await simulation.live(20 * MINUTE);
  return { simulation, calls: run.calls() };
}
const nothing = async () => {};

describe('an edition that is chosen at any moment of a pass', () => {
  it('brings all that was waiting then, and all that was found later, once', async () => {
    const { calls } = await throughSeven(nothing, null, null);
    expect(calls).toBeGreaterThan(40);
    for (let call = 1; call <= calls; call++) {
      let toldBefore: readonly string[] = [];
      const { simulation } = await throughSeven(nothing, null, (town) => ({
        call,
        async act() {
          toldBefore = await frozen(town);
          await choose(town.people, anna, hourly, town.clock.now());
        },
      }));
      const told = await toldIn(simulation, anna, hourly.id);
      expect(new Set(told).size, `nothing twice, chosen at call ${call}`).toBe(told.length);
      const owed = allHits(simulation).filter((hit) => !toldBefore.includes(hit));
      expect(
        owed.filter((hit) => !told.includes(hit)),
        `owed when chosen at call ${call}`,
      ).toEqual([]);
      expect(owed.length).toBeGreaterThan(0);
    }
  }, 60_000);

  it.each(['before', 'after'] as const)(
    'also when the process dies %s any of its calls, right after it was chosen',
    async (moment) => {
      const chooses = (simulation: Simulation) => choose(simulation.people, anna, hourly, simulation.clock.now());
      const { calls } = await throughSeven(chooses, null, null);
      for (let call = 1; call <= calls; call++) {
        const { simulation } = await throughSeven(chooses, { call, moment }, null);
        for (const [address, id] of [
          [anna, hourly.id],
          ['policy@reader.example', morning.id],
        ] as const) {
          const told = await toldIn(simulation, address, id);
          const mails = simulation.mailer.accepted.filter(({ to }) => to === address).map(({ tags }) => tags.issue);
          // A mail whose answer died with the process is sent once more, and lists the same.
          const copies = mails.length - new Set(mails).size;
          expect(copies, `died ${moment} call ${call}`).toBeLessThanOrEqual(1);
          expect([...new Set(told)].sort(), `died ${moment} call ${call}`).toEqual([...allHits(simulation)].sort());
          if (copies === 0) expect(new Set(told).size, `died ${moment} call ${call}`).toBe(told.length);
        }
        expect(simulation.queues.deliver.dead).toEqual([]);
        expect(simulation.news.items().filter(({ pk }) => pk.startsWith('pending#'))).toEqual([]);
      }
    },
    120_000,
  );
});

describe('somebody who goes from one edition to another at any moment', () => {
  it('misses nothing, gets one issue more of the one that they left, and none after it', async () => {
    const prepare = async (simulation: Simulation) => {
      await choose(simulation.people, bela, hourly, simulation.clock.now());
      await choose(simulation.people, anna, ownEdition(morning), simulation.clock.now());
    };
    const { calls } = await throughSeven(prepare, null, null);
    const counts = new Set<number>();
    for (let call = 1; call <= calls; call += 1) {
      let leftAt = 0;
      const { simulation } = await throughSeven(prepare, null, (town) => ({
        call,
        async act() {
          town.advance(1); // so that no two things are of the same instant
          leftAt = town.clock.now();
          await choose(town.people, anna, hourly, town.clock.now());
          town.advance(1);
        },
      }));
      const [left, now] = [await toldIn(simulation, anna, morning.id), await toldIn(simulation, anna, hourly.id)];
      expect(new Set(left).size).toBe(left.length);
      expect(new Set(now).size).toBe(now.length);
      const missed = allHits(simulation).filter((hit) => !left.includes(hit) && !now.includes(hit));
      expect(missed, `left at call ${call}`).toEqual([]);
      const issues = (await simulation.issues()).filter((issue) => issue.edition === morning.id);
      const sending = issues.filter(({ sends }) => sends);
      expect(sending).toHaveLength(2);
      const mailed = simulation.mailer.accepted.filter(({ to }) => to === anna).map(({ tags }) => tags.issue);
      const last = issues.find(({ frozenAt }) => frozenAt > leftAt);
      const owed = sending.filter(({ number }) => number <= (last?.number ?? 0));
      expect(sending.filter(({ id }) => mailed.includes(id))).toEqual(owed);
      counts.add(owed.length);
    }
    expect([...counts].sort()).toEqual([1, 2]); // left before the issue of seven froze, and after
  }, 60_000);
});

describe('an edition that nobody reads any more', () => {
  async function unread() {
    const simulation = simulate(config, seven - 8 * MINUTE);
    await choose(simulation.people, anna, hourly, simulation.clock.now());
    publish(simulation, 1);
    await simulation.live(2 * HOUR);
    await setState(simulation.people, anna, morning.id, 'unsubscribed');
    simulation.advance(6 * DAY);
    publish(simulation, 2);
    await simulation.pass(false); // told to nobody, and its reader's row goes
    publish(simulation, 3);
    simulation.advance(HOUR);
    return simulation;
  }

  it('ends: nothing is noted for it any more, and what was is cleared away', async () => {
    const simulation = await unread();
    expect((await knownEditions(simulation.news, morning.id)).editions).toHaveLength(1);
    await simulation.live(30 * MINUTE);
    expect(await chosenEditions(simulation.people, morning.id)).toEqual([]);
    expect(await knownEditions(simulation.news, morning.id)).toMatchObject({ editions: [], leaving: [] });
    const noted = () => simulation.news.items().filter(({ pk }) => pk.startsWith(`pending#${hourly.id}`));
    expect(noted()).toEqual([]);
    expect(simulation.told.filter(({ event }) => event === 'edition ended')).toHaveLength(1);
  });

  it('lives on, or begins anew, for who chooses it at any moment of the pass that ends it, and of a tick that comes twice (row 82)', async () => {
    const quiet = await unread();
    const counting = quiet.processes(null);
    const tickTwice = async (simulation: Simulation, run: typeof counting) => {
      await simulation.pass(false, run);
      await run.digest({ time: new Date(simulation.clock.now()).toISOString(), detail: {} });
    };
    await tickTwice(quiet, counting);
    let begunAnew = 0;
    for (let call = 1; call <= counting.calls(); call++) {
      const simulation = await unread();
      let toldBefore: readonly string[] = [];
      const run = simulation.processes(null, {
        call,
        async act() {
          toldBefore = [
            ...(await frozen(simulation)),
            ...(await simulation.issues())
              .filter((issue) => issue.edition === hourly.id)
              .flatMap(({ hits }) => hits.map(({ entry, watch }) => `${entry} ${watch}`)),
          ];
          await choose(simulation.people, bela, hourly, simulation.clock.now());
        },
      });
      await tickTwice(simulation, run);
      await simulation.live(3 * HOUR);
      const [chosen] = await chosenEditions(simulation.people, morning.id);
      expect(chosen).toMatchObject({ id: hourly.id });
      if (chosen !== undefined && shelfOf(chosen) !== hourly.id) begunAnew += 1;
      const told = await toldIn(simulation, bela, hourly.id);
      const owed = allHits(simulation).filter((hit) => !toldBefore.includes(hit));
      expect(
        owed.filter((hit) => !told.includes(hit)),
        `chosen at call ${call}`,
      ).toEqual([]);
      expect(new Set(told).size).toBe(told.length);
    }
    expect(begunAnew).toBeGreaterThan(0);
    expect(begunAnew).toBeLessThan(counting.calls());
  }, 60_000);

  it('is never the digest’s own: that waits for readers', async () => {
    const simulation = simulate({ ...config, digests: [{ ...morning, to: [] }] }, seven - 8 * MINUTE);
    publish(simulation, 1);
    await simulation.live(DAY);
    expect((await simulation.issues()).map(({ sends, finished }) => [sends, finished])).toContainEqual([true, true]);
    expect(simulation.mailer.accepted).toEqual([]);
    expect(simulation.queues.deliver.dead).toEqual([]);
  });
});
