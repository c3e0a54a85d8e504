/** What the log of a deployment tells: one line for what was done, and an id that leads from a tick to its mails. */
import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { writeJob } from '../../functions/job.ts';
import { iso, MINUTE } from '../../shared/time.ts';
import { herald, rss, town } from '../simulation/small-town.ts';
import { simulate } from '../simulation/world.ts';

const start = Date.UTC(2026, 10, 23, 9);
const invocation = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => MINUTE };

function published() {
  const simulation = simulate(town, start);
  simulation.origin.publish(herald, rss(start, { h1: 'Chats were encrypted' }));
  return simulation;
}

describe('the log of a deployment', () => {
  it('leads from a tick to the mails of its issues by one trace', async () => {
    const simulation = published();
    const run = simulation.processes(null);
    await run.dispatch({ time: iso(start), detail: {} });
    await simulation.queues.poll.drain(run.poll);
    await run.digest({ time: iso(start + 2 * MINUTE), detail: {} });
    await simulation.queues.deliver.drain(run.deliver);
    const lines = simulation.told.map(({ event, fields }) => `${event}: ${fields.trace}`);
    expect(lines).toContain('dispatched: tick-2026-11-23T09:00:00Z');
    expect(lines).toContain('polled: tick-2026-11-23T09:00:00Z');
    expect(lines).toContain('issued: tick-2026-11-23T09:02:00Z');
    expect(lines).toContain('delivered: tick-2026-11-23T09:02:00Z');
    expect(simulation.mailer.accepted.length).toBeGreaterThan(0);
  });

  it('says of what an operator asked for that it was asked for', async () => {
    const simulation = published();
    await simulation.pass(true);
    expect(simulation.told.length).toBeGreaterThan(3);
    for (const { event, fields } of simulation.told)
      expect(fields, event).toHaveProperty('trace', expect.stringMatching(/^asked-/));
  });

  it('keeps the trace when what is left over is sent on for later', async () => {
    const simulation = published();
    const run = simulation.processes(null);
    await run.dispatch({ time: iso(start), detail: {} });
    await simulation.queues.poll.drain(run.poll);
    await run.digest({ time: iso(start), detail: {} });
    const [message] = simulation.queues.deliver.take();
    const outOfTime = { ...invocation, getRemainingTimeInMillis: () => 0 };
    await run.deliver(recordsOf(message?.body ?? ''), outOfTime);
    const left = simulation.queues.deliver.waiting().map(({ body }) => JSON.parse(body));
    expect(left).toContainEqual(expect.objectContaining({ kind: 'deliver', trace: 'tick-2026-11-23T09:00:00Z' }));
    expect(left).toHaveLength(2);
  });

  it('names the request, and a new process only once', async () => {
    const simulation = published();
    const run = simulation.processes(null);
    await run.dispatch({ time: iso(start), detail: {} }, invocation);
    await run.dispatch({ time: iso(start + 5 * MINUTE), detail: {} }, { ...invocation, awsRequestId: 'r-2' });
    expect(simulation.told.map(({ fields: { request, coldStart } }) => ({ request, coldStart }))).toEqual([
      { request: 'r-1', coldStart: true },
      { request: 'r-2', coldStart: undefined },
    ]);
  });

  it.each([
    ['without a trace, as the code before wrote it', {}],
    ['with a trace that is none', { trace: 'ann@example.org\n' }],
  ])('reads a message %s, and names it by the message (rows 92, 105)', async (_, trace) => {
    const simulation = published();
    const run = simulation.processes(null);
    const body = writeJob({ kind: 'poll', shard: 0, shards: 1, tickAt: start, whole: true });
    expect(await run.poll(recordsOf(JSON.stringify({ ...JSON.parse(body), ...trace })))).toEqual({
      batchItemFailures: [],
    });
    expect(simulation.told.map(({ event, fields }) => `${event}: ${fields.trace}`)).toEqual(['polled: message-m-1']);
  });

  it('has no line for a tick in which nothing was due', async () => {
    const simulation = published();
    await simulation.pass(false);
    const before = simulation.told.length;
    simulation.advance(MINUTE);
    await simulation.pass(false);
    expect(simulation.told.slice(before).map(({ event }) => event)).toEqual(['dispatched']);
  });
});

function recordsOf(body: string) {
  const record = { messageId: 'm-1', body, attributes: { ApproximateReceiveCount: '1' } };
  return { Records: [record] } as unknown as SQSEvent;
}
