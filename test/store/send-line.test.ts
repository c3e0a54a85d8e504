/** The send rate, kept by workers that know nothing of each other, and none of which waits. */
import { describe, expect, it } from 'vitest';
import { comingBack } from '../../functions/coming-back.ts';
import { turnFor } from '../../functions/deliver.ts';
import { type DeliverJob, readJob } from '../../functions/job.ts';
import { limits } from '../../shared/limits.ts';
import { closeLine, takeTurn } from '../../shared/store/send-line.ts';
import { DAY, type Instant, MINUTE, SECOND } from '../../shared/time.ts';
import { memoryTable } from '../simulation/memory-table.ts';

const start = Date.UTC(2026, 10, 23, 7);
const batch = limits.deliveriesPerMessage;

/** Workers that take what is due from a queue, all at once, and send a batch in no time when it is their turn. */
async function sendAll(options: { mails: number; rate: number; workers: number; skew?: (worker: number) => number }) {
  const { mails, rate, workers, skew = () => 0 } = options;
  const people = memoryTable();
  let now = start;
  const job: DeliverJob = {
    kind: 'deliver',
    digest: 'd',
    number: 1,
    subscribers: Array.from({ length: batch }, () => 's'),
  };
  let waiting: { job: DeliverJob; at: Instant }[] = Array.from({ length: mails / batch }, () => ({ job, at: start }));
  const sent: Instant[] = [];
  let calls = 0;
  let handled = 0;
  const counted = new Proxy(people, {
    get(table, name) {
      calls += 1;
      return Reflect.get(table, name) as unknown;
    },
  });
  while (waiting.length > 0) {
    const due = waiting.filter(({ at }) => at <= now).slice(0, workers);
    waiting = waiting.filter((each) => !due.includes(each));
    await Promise.all(
      due.map(async ({ job }, worker) => {
        handled += 1;
        const clock = now + skew(worker);
        const turn = await turnFor({ people: counted, rate, clock: { now: () => clock } }, job);
        if (turn.at <= clock) {
          sent.push(...job.subscribers.map(() => now));
          return;
        }
        const back = comingBack(job, job.subscribers, turn.at, clock, turn.held ? turn.at : undefined);
        waiting.push({ job: readJob('deliver', back.body), at: now + (back.delaySeconds ?? 0) * SECOND });
      }),
    );
    if (!waiting.some(({ at }) => at <= now) && waiting.length > 0) now = Math.min(...waiting.map(({ at }) => at));
  }
  return { sent: sent.toSorted((a, b) => a - b), tookSeconds: (now - start) / SECOND, calls, handled };
}

/** The most that was sent within any second. */
function peak(sent: readonly Instant[]): number {
  let most = 0;
  let from = 0;
  for (let to = 0; to < sent.length; to++) {
    while ((sent[to] ?? 0) - (sent[from] ?? 0) >= SECOND) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

describe('10,000 mails at a rate', () => {
  it.each([
    [1, 14],
    [2, 14],
    [5, 14],
    [5, 100],
    [10, 3],
  ])(
    'by %i workers, %i a second: never more than that and a batch in any second, all sent in about the time that takes',
    async (workers, rate) => {
      const { sent, tookSeconds, calls, handled } = await sendAll({ mails: 10_000, rate, workers });
      expect(sent).toHaveLength(10_000);
      expect(peak(sent)).toBeLessThanOrEqual(rate + batch);
      expect(tookSeconds).toBeGreaterThan((10_000 - batch) / rate - 2);
      expect(tookSeconds).toBeLessThan((10_000 / rate) * 1.1 + 10);
      expect(calls).toBeLessThanOrEqual(2 * handled);
    },
  );

  it('95: also when the clocks of two workers are five minutes off, if only later', async () => {
    const skew = (worker: number) => [0, 5 * MINUTE, -5 * MINUTE][worker % 3] ?? 0;
    const { sent } = await sendAll({ mails: 1_000, rate: 14, workers: 3, skew });
    expect(sent).toHaveLength(1_000);
  });
});

describe('a turn', () => {
  const at = (now: Instant, rate: number | null = 14) => ({ people: memoryTable(), rate, clock: { now: () => now } });
  const job: DeliverJob = { kind: 'deliver', digest: 'd', number: 1, subscribers: ['s'] };

  it('is nobody’s business where there is no rate', async () => {
    expect(await turnFor(at(start, null), job)).toEqual({ at: 0, held: false });
  });

  it('that was taken is kept, and not taken twice', async () => {
    const world = at(start);
    expect(await turnFor(world, { ...job, turnAt: start - SECOND })).toEqual({ at: start - SECOND, held: true });
    expect(world.people.items()).toEqual([]);
  });

  it('that passed long ago is taken anew: what waited through an outage does not go all at once', async () => {
    const world = at(start);
    await takeTurn(world.people, 140, 14, start);
    expect(await turnFor(world, { ...job, turnAt: start - MINUTE })).toEqual({ at: start + 10 * SECOND, held: true });
  });

  it('that lies beyond the longest delay of a queue is waited for on the way', () => {
    const back = comingBack(job, ['s'], start + DAY, start, start + DAY);
    expect(back.delaySeconds).toBe(limits.queueDelaySecondsMax);
    expect(readJob('deliver', back.body)).toMatchObject({ notBefore: start + DAY, turnAt: start + DAY });
  });

  it('is not had before a closed line opens; who closes it is told so once', async () => {
    const people = memoryTable();
    expect(await closeLine(people, start, start + DAY)).toBe(true);
    expect(await closeLine(people, start + SECOND, start + DAY + SECOND)).toBe(false);
    expect(await takeTurn(people, 1, 14, start + MINUTE)).toBe(start + DAY);
    expect(await closeLine(people, start + DAY, start + 2 * DAY)).toBe(true);
  });
});
