/** Many editions of one digest: bounded in number, each at its own time in its own zone, none kept waiting by the others. */
import { describe, expect, it } from 'vitest';
import { emptyOf, ownEdition } from '../../shared/delivery/edition.ts';
import { limits } from '../../shared/limits.ts';
import { chosenEditions, joinEdition } from '../../shared/store/editions.ts';
import { putPending } from '../../shared/store/hits.ts';
import { DAY, iso, MINUTE, SECOND } from '../../shared/time.ts';
import type { Config } from '../../shared/watch/config.ts';
import { choose, edition } from './readers.ts';
import { herald, rss, town } from './small-town.ts';
import { simulate } from './world.ts';

const [atOnce, morning] = town.digests;
if (atOnce === undefined || morning === undefined) throw new Error('the town has two digests');
const config: Config = { ...town, digests: [{ ...morning, to: ['policy@reader.example'], empty: 'send' }] };
const start = Date.UTC(2027, 2, 26, 12);
const clockTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

describe('an edition', () => {
  it('is the digest’s own when the choice comes to the same', () => {
    expect(edition(morning, 'every day at 07:00', 'Europe/London')).toEqual(ownEdition(morning));
    expect(edition(morning, null, null)).toEqual(ownEdition(morning));
    const ids = ['every hour', 'at once', 'every day at 08:00'].map((said) => edition(morning, said).id);
    expect(new Set([...ids, morning.id, edition(morning, null, 'Asia/Tokyo').id]).size).toBe(5);
  });

  it('tells of nothing only as often as a digest does', () => {
    expect(emptyOf(edition(morning, 'every hour'), morning)).toBe('skip');
    expect(emptyOf(edition(morning, 'every day at 09:00'), morning)).toBe('send');
  });

  it('97, 98, 99: comes once on each day of its own zone, whatever its clocks do', async () => {
    const simulation = simulate(config, start);
    const chosen = [
      ['Europe/London', '01:30', '2027-03-28T01:00:00Z'],
      ['Asia/Beirut', '00:00', '2027-03-27T22:00:00Z'],
      ['Asia/Tokyo', '07:00', '2027-03-27T22:00:00Z'],
      ['Australia/Lord_Howe', '07:00', '2027-03-27T20:00:00Z'],
    ] as const;
    for (const [zone, time] of chosen) {
      const to = edition(morning, `every day at ${time}`, zone);
      await choose(simulation.people, `${to.id}@reader.example`, to, start);
    }
    for (; simulation.clock.now() < start + 3 * DAY; simulation.advance(30 * MINUTE)) await simulation.pass(false);
    const issues = await simulation.issues();
    for (const [zone, time, at] of chosen) {
      const { id } = edition(morning, `every day at ${time}`, zone);
      const own = issues.filter((issue) => issue.edition === id && issue.number > 0);
      expect(own.map(({ slot }) => slot.slice(0, 10)).sort()).toEqual([
        ...new Set(own.map(({ slot }) => slot.slice(0, 10))),
      ]);
      expect(own.find(({ slot }) => slot === `2027-03-28T${time}`)?.slotAt, zone).toBe(Date.parse(at));
      expect(simulation.mailer.accepted.filter(({ to }) => to === `${id}@reader.example`)).toHaveLength(own.length);
    }
  });

  it('101: in a zone that is no longer known comes by UTC', async () => {
    const simulation = simulate(config, start);
    const lost = edition(morning, 'every day at 07:00', 'Atlantis/Centre');
    await choose(simulation.people, 'anna@reader.example', lost, start);
    for (; simulation.clock.now() < start + DAY; simulation.advance(30 * MINUTE)) await simulation.pass(false);
    const issue = (await simulation.issues()).find((each) => each.edition === lost.id && each.number === 1);
    expect(iso(issue?.slotAt ?? 0)).toBe('2027-03-27T07:00:00Z');
  });
});

describe('of one digest', () => {
  it('there are so many editions at most; who wants another is told, and those that are there stay open', async () => {
    const { people } = simulate(config, start);
    const join = (said: string, address: string) => {
      const to = edition(morning, said);
      const after = { subscriber: address, digest: morning.id, state: 'confirmed', by: 'person', version: 1 } as const;
      return joinEdition(
        people,
        to,
        { before: null, after: { ...after, since: start, edition: to.id, left: [], when: to.when, rev: 1 } },
        start,
      );
    };
    for (let n = 0; n < limits.editionsPerDigestMax; n++) {
      expect(await join(`every day at ${clockTime(n * 10 + 5)}`, `s${n}`)).toBe('joined');
    }
    expect(await join('every hour', 'late')).toBe('full');
    expect(await join('every day at 00:15', 'late')).toBe('joined');
    expect(await chosenEditions(people, morning.id)).toHaveLength(limits.editionsPerDigestMax);
    const rows = people.items().filter(({ pk }) => pk === `readers#${edition(morning, 'every hour').id}`);
    expect(rows).toEqual([]);
  });

  it('each gets its issue, and the digest’s own comes first, although no tick has time for all', async () => {
    const many = Array.from({ length: 40 }, (_, n) =>
      edition(morning, `every day at ${clockTime(7 * 60 + (n % 2))}`, zones[n % 20]),
    );
    const simulation = simulate(config, Date.UTC(2027, 0, 10, 12));
    for (const [n, each] of many.entries()) {
      await choose(simulation.people, `s${n}@reader.example`, each, simulation.clock.now());
    }
    simulation.origin.publish(herald, rss(simulation.clock.now(), { h1: 'Floods' }));
    await simulation.live(20 * MINUTE);
    simulation.advance(Date.UTC(2027, 0, 11, 7, 2) - simulation.clock.now());
    const { putIf } = simulation.news;
    const run = simulation.processes(null);
    const order: string[] = [];
    simulation.news.putIf = async (item, condition) => {
      if (item.pk.startsWith('issues#')) {
        order.push(item.pk.slice('issues#'.length));
        simulation.advance(4 * SECOND); // each issue takes its time
      }
      return putIf(item, condition);
    };
    for (let tick = 0; tick < 8; tick++) {
      const startedAt = simulation.clock.now();
      const left = () => startedAt + 60 * SECOND - simulation.clock.now();
      await run.digest({ time: iso(startedAt), detail: {} }, { awsRequestId: 'r', getRemainingTimeInMillis: left });
      expect(simulation.clock.now() - startedAt).toBeLessThan(60 * SECOND);
      simulation.advance(startedAt + 5 * MINUTE - simulation.clock.now());
    }
    expect(order[0]).toBe(morning.id);
    expect(new Set(order).size).toBe(new Set(many.map(({ id }) => id)).size + 1);
  });
});

describe('a poll', () => {
  it('asks which editions there are once, and only when it has found something', async () => {
    const simulation = simulate(config, start);
    await choose(simulation.people, 'anna@reader.example', edition(morning, 'every hour'), start);
    simulation.origin.publish(herald, rss(start, { h1: 'Floods', h2: 'Encryption', h3: 'Floods and encryption' }));
    let asked = 0;
    const run = simulation.processes(null);
    const { get } = simulation.news;
    simulation.news.get = (key) => {
      if (key.pk === 'editions') asked += 1;
      return get(key);
    };
    const poll = () => run.dispatch({ time: iso(simulation.clock.now()), detail: {} });
    await poll();
    await simulation.queues.poll.drain(run.poll);
    expect(asked).toBe(1);
    simulation.advance(5 * MINUTE);
    await poll();
    await simulation.queues.poll.drain(run.poll);
    expect(asked).toBe(1);
    expect(simulation.origin.asked.length).toBeGreaterThan(2);
  });
});

describe('where there is never time for all', () => {
  it('nobody is always the last', async () => {
    const simulation = simulate(config, start);
    const many = zones.map((zone) => edition(morning, 'at once', zone));
    for (const [n, each] of many.entries()) await choose(simulation.people, `s${n}@reader.example`, each, start);
    const { putIf } = simulation.news;
    simulation.news.putIf = async (item, condition) => {
      if (item.pk.startsWith('issues#')) simulation.advance(10 * SECOND);
      return putIf(item, condition);
    };
    const run = simulation.processes(null);
    for (let tick = 0; tick < 30; tick++) {
      const at = simulation.clock.now();
      const hit = { entry: `e${tick}`, watch: town.watches[0]?.id ?? '' };
      await putPending(
        simulation.news,
        many.map(({ id }) => ({ digest: id, hit })),
      );
      const left = () => at + 60 * SECOND - simulation.clock.now();
      await run.digest({ time: iso(at), detail: {} }, { awsRequestId: 'r', getRemainingTimeInMillis: left });
      simulation.advance(at + 5 * MINUTE - simulation.clock.now());
    }
    const issues = await simulation.issues();
    const counts = many.map(({ id }) => issues.filter((issue) => issue.edition === id).length);
    expect(Math.min(...counts)).toBeGreaterThan(2);
    expect(Math.max(...counts)).toBeLessThan(15);
  });
});

/** Where it is seven in the morning some time before noon in London, in winter. */
const zones = [
  'Europe/Paris',
  'Europe/Berlin',
  'Europe/Madrid',
  'Europe/Rome',
  'Europe/Vienna',
  'Europe/Warsaw',
  'Europe/Athens',
  'Europe/Helsinki',
  'Africa/Cairo',
  'Africa/Lagos',
  'Africa/Nairobi',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Asia/Seoul',
  'Australia/Perth',
];
