/** A process that lives on reads of a changed feed only what is new, and nobody can tell it from one that was just born. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJob } from '../../functions/job.ts';
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

/** The herald's first edition was read by a process that lives on. */
async function warmTown() {
  const simulation = simulate(town, start);
  simulation.origin.publish(herald, rss(start, first));
  simulation.origin.publish(courier, rss(start, { c1: 'A train' }));
  await simulation.pass(true);
  simulation.advance(5 * MINUTE);
  simulation.origin.publish(herald, rss(start, second));
  return simulation;
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
      { numRuns: 60 },
    );
  });

  it('finds what a look could not store at the next look', async () => {
    const simulation = await warmTown();
    const { putIf } = simulation.news;
    simulation.news.putIf = async () => {
      throw new Error('throttled');
    };
    await simulation.pass(true);
    expect(hitsIn(simulation)).toHaveLength(1);
    simulation.news.putIf = putIf;
    await simulation.pass(true);
    expect(hitsIn(simulation)).toHaveLength(2);
  });

  it('finds everything once where two polls overlap', async () => {
    const simulation = await warmTown();
    const { poll } = simulation.processes(null);
    const body = writeJob({ kind: 'poll', shard: 0, shards: 1, tickAt: simulation.clock.now(), whole: true });
    const event = { Records: [{ messageId: 'm', body, attributes: { ApproximateReceiveCount: '1' } }] } as never;
    await Promise.all([poll(event), poll(event), poll(event)]);
    expect(hitsIn(simulation)).toHaveLength(2);
    const state = simulation.news.items().find(({ sk }) => sk === town.feeds[0]!.id);
    expect(state).toMatchObject({ scanned: 3 });
  });

  it('does not take for known what another process wrote anew', async () => {
    const simulation = await warmTown();
    await simulation.pass(true); // knows three
    const [state] = simulation.news.items().filter(({ sk }) => sk === town.feeds[0]!.id);
    // As if the state had been lost and written by a process that saw the first edition only.
    const other = await warmTown();
    const [older] = other.news.items().filter(({ sk }) => sk === town.feeds[0]!.id);
    await simulation.news.put({ ...older!, rev: Number(state!.rev) + 1 });
    for (const hit of hitsIn(simulation)) await simulation.news.delete(hit);
    simulation.advance(5 * MINUTE);
    simulation.origin.publish(herald, rss(start, { ...second, h0: 'A fair' }));
    await simulation.pass(true);
    expect(hitsIn(simulation)).toMatchObject([{ title: { text: 'Flooded roads close' } }]);
  });
});
