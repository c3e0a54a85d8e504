/** States that are read before the last writes of them arrived: work is done again, and nothing is lost, told twice or asked too soon. */
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../shared/time.ts';
import type { Table } from '../../shared/world.ts';
import { courier, herald, rss, town } from './small-town.ts';
import { type Simulation, simulate } from './world.ts';

const start = Date.UTC(2026, 10, 23, 9);

/** Every answer that may lag is the one before it: a whole poll behind, where real replicas are a second behind. */
function lagging(query: Table['query']): Table['query'] {
  const before = new Map<string, Awaited<ReturnType<Table['query']>>>();
  return async (page) => {
    const answer = await query(page);
    if (!page.mayLag) return answer;
    const last = before.get(page.pk) ?? { items: [], next: null };
    before.set(page.pk, answer);
    return last;
  };
}

async function hoursOfNews(lags: boolean): Promise<Simulation> {
  const simulation = simulate(town, start);
  if (lags) simulation.news.query = lagging(simulation.news.query);
  const headlines: Record<string, string> = {};
  for (let n = 0; n < 12; n++) {
    headlines[`n${n}`] = n % 3 === 0 ? `Encryption, part ${n}` : `Fair number ${n} opens`;
    simulation.origin.publish(herald, rss(simulation.clock.now(), headlines));
    if (n % 4 === 0)
      simulation.origin.publish(courier, rss(simulation.clock.now(), { [`f${n}`]: `Flood warning ${n}` }));
    await simulation.live(10 * MINUTE);
  }
  await simulation.live(HOUR);
  return simulation;
}

describe('states that lag', () => {
  it('lead to the same hits, the same issues and the same number of looks', async () => {
    const [prompt, late] = [await hoursOfNews(false), await hoursOfNews(true)];
    const hits = (simulation: Simulation) =>
      simulation.news.items().flatMap(({ pk, sk }) => (pk.startsWith('hit#') ? [`${pk} ${sk}`] : []));
    expect(hits(prompt).length).toBe(7);
    expect(hits(late)).toEqual(hits(prompt));
    for (const digest of town.digests) {
      const listed = (await late.issues())
        .filter((issue) => issue.digest === digest.id)
        .flatMap((issue) => issue.hits.map(({ entry, watch }) => `hit#${watch} ${entry}`));
      const pending = late.news.items().filter(({ pk }) => pk === `pending#${digest.id}`);
      expect(listed.length + pending.length, digest.name).toBe(7);
      expect(new Set(listed).size, digest.name).toBe(listed.length);
    }
    expect(late.origin.asked.length).toBe(prompt.origin.asked.length);
  });
});
