/** A process that lives on reads of a changed feed only what is new, and nobody can tell it from one that was just born. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJob } from '../../functions/job.ts';
import { parseFeed } from '../../shared/feed/parse.ts';
import { unsliced } from '../../shared/feed/slices.ts';
import { MINUTE } from '../../shared/time.ts';
import { changingFeed } from '../poll/changing-feed.ts';
import { courier, herald, rss, town } from './small-town.ts';
import { type Simulation, simulate } from './world.ts';

const start = Date.UTC(2026, 10, 23, 9);
const first = { h1: 'Ministers ask why chats were encrypted', h2: 'Council buys a bus' };
const second = { h3: 'Flooded roads close', ...first };

/** All that anybody can see of a town. */
const seen = ({ news, people, history, told, mailer }: Simulation) => ({
  news: news.items(),
  people: people.items(),
  history: history.days,
  told,
  mails: mailer.accepted.map(({ to, raw }) => [to, Buffer.from(raw).toString()]),
});

const hitsIn = ({ news }: Simulation) => news.items().filter(({ pk }) => pk.startsWith('hit#'));

const stateIn = ({ news }: Simulation) => news.items().find(({ sk }) => sk === town.feeds[0]!.id)!;

/** The herald's first edition was read by a process that lives on; the second is out. */
async function warmTown() {
  const simulation = simulate(town, start);
  const run = simulation.processes(null);
  simulation.origin.publish(herald, rss(start, first));
  simulation.origin.publish(courier, rss(start, { c1: 'A train' }));
  await simulation.pass(true, run);
  simulation.advance(5 * MINUTE);
  simulation.origin.publish(herald, rss(start, second));
  const remembered = () => run.slices.of(herald).marks.size;
  return { simulation, run, remembered };
}

describe('a warm process', () => {
  it('stores, tells and mails what a cold one does, however the feed changes', async () => {
    await fc.assert(
      fc.asyncProperty(changingFeed(start), async (documents) => {
        const [warm, cold] = [simulate(town, start), simulate(town, start)];
        for (const document of documents) {
          for (const each of [warm, cold]) {
            each.origin.publish(herald, document);
            each.advance(5 * MINUTE);
          }
          await warm.pass(true);
          await cold.pass(true, cold.processes(null));
        }
        expect(seen(warm)).toEqual(seen(cold));
      }),
      { numRuns: 40 },
    );
  });

  it('passes over what it remembers', async () => {
    const { simulation, run } = await warmTown();
    const { base, marks } = run.slices.of(herald);
    // Were it told that the entries of another document are those that it knows, it would not read them.
    const other = rss(start, { h1: 'Chats', h2: 'Floods' });
    const told = await parseFeed(Buffer.from(other), null, herald, unsliced);
    if (told.kind !== 'feed') throw new Error(told.message);
    const known = [...marks.values()];
    const wrong = [...told.slices.marks.keys()].map((fingerprint, entry) => [fingerprint, known[entry]!] as const);
    run.slices.keep(herald, { base, marks: new Map(wrong) });
    simulation.origin.publish(herald, other);
    await simulation.pass(true, run);
    expect(hitsIn(simulation)).toHaveLength(1);
  });

  it('remembers a document once its state is stored, and finds at the next look what it could not store', async () => {
    const { simulation, run, remembered } = await warmTown();
    const { putIf } = simulation.news;
    simulation.news.putIf = async () => {
      throw new Error('throttled');
    };
    await simulation.pass(true, run);
    expect([hitsIn(simulation).length, remembered()]).toEqual([1, 2]);
    simulation.news.putIf = putIf;
    await simulation.pass(true, run);
    expect([hitsIn(simulation).length, remembered()]).toEqual([2, 3]);
  });

  it('finds everything once where polls overlap', async () => {
    const { simulation, run, remembered } = await warmTown();
    const body = writeJob({ kind: 'poll', shard: 0, shards: 1, tickAt: simulation.clock.now(), whole: true });
    const event = { Records: [{ messageId: 'm', body, attributes: { ApproximateReceiveCount: '1' } }] } as never;
    await Promise.all([run.poll(event), run.poll(event), run.poll(event)]);
    expect([hitsIn(simulation).length, remembered()]).toEqual([2, 3]);
    expect(stateIn(simulation)).toMatchObject({ scanned: 3 });
  });

  it('reads what it remembers where the stored state does not know it', async () => {
    const { simulation, run, remembered } = await warmTown();
    const older = stateIn(simulation);
    await simulation.pass(true, run);
    expect(remembered()).toBe(3);
    // As if another process had written the state, and had seen the first edition only.
    await simulation.news.put({ ...older, rev: 9 });
    for (const hit of hitsIn(simulation)) await simulation.news.delete(hit);
    simulation.advance(5 * MINUTE);
    simulation.origin.publish(herald, rss(start, { ...second, h0: 'A fair' }));
    await simulation.pass(true, run);
    expect(hitsIn(simulation)).toMatchObject([{ title: { text: 'Flooded roads close' } }]);
  });
});
