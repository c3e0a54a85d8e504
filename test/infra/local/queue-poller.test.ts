import type { SQSEvent } from 'aws-lambda';
import { expect, it, onTestFinished } from 'vitest';
import type { QueueHandler } from '../../../functions/lambda.ts';
import { drainQueue, pollQueue, type QueueWork } from '../../../infra/local/queue-poller.ts';
import { startSqs } from '../../../infra/local/sqs.ts';
import { awsClients } from '../../../shared/aws/clients.ts';
import { createQueues, type QueueShape } from '../../../shared/aws/create-queues.ts';
import { jsonLog } from '../../../shared/aws/log.ts';
import { sqsQueue } from '../../../shared/aws/queue.ts';
import { openReceiver } from '../../../shared/aws/receive.ts';

const patient: QueueShape = { visibilitySeconds: 60, attempts: 5 };
const all = { batchItemFailures: [] };

async function open(shape: QueueShape = patient) {
  const server = await startSqs({ folder: null });
  onTestFinished(() => server.close());
  const { work } = await createQueues(server.endpoint, { work: shape });
  const { sqs } = awsClients({ dynamodb: server.endpoint, sqs: server.endpoint, ses: server.endpoint });
  const dead = openReceiver(work.deadLettersUrl);
  onTestFinished(() => dead.close());
  const log: string[] = [];
  return {
    queue: sqsQueue(sqs, work.url),
    /** What the dead letters hold. */
    parked: async () => (await dead.receive({ max: 10, waitSeconds: 0 })).map(({ body }) => body),
    log,
    server,
    workOf: (handler: QueueHandler, more: Partial<QueueWork> = {}): QueueWork => ({
      url: work.url,
      batchSize: 10,
      atOnceMax: 2,
      handler,
      log: jsonLog((line) => void log.push(line)),
      ...more,
    }),
  };
}

const bodiesOf = ({ Records }: SQSEvent) => Records.map(({ body }) => body);
const named = (count: number) => Array.from({ length: count }, (_, n) => ({ body: `message ${n}` }));

it('a drain handles all that is there, in batches of at most the size asked for, and ends', async () => {
  const { queue, workOf } = await open();
  await queue.send(named(9));
  const batches: string[][] = [];
  const work = workOf(
    async (event) => {
      batches.push(bodiesOf(event));
      return all;
    },
    { batchSize: 4 },
  );
  expect(await drainQueue(work)).toEqual({ processed: 9, failed: 0 });
  expect(batches.flat().sort()).toEqual(named(9).map(({ body }) => body));
  expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(4);
  expect(await drainQueue(work)).toEqual({ processed: 0, failed: 0 });
});

it('a drain also handles what its handlers send, even while nothing else is visible', async () => {
  const { queue, workOf } = await open();
  await queue.send([{ body: 'parent' }]);
  const seen: string[] = [];
  const handler: QueueHandler = async (event) => {
    seen.push(...bodiesOf(event));
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (bodiesOf(event).includes('parent')) await queue.send([{ body: 'child' }]);
    return all;
  };
  await drainQueue(workOf(handler));
  expect(seen).toEqual(['parent', 'child']);
});

it('a drain does not wait for delayed messages', async () => {
  const { queue, workOf } = await open();
  await queue.send([{ body: 'later', delaySeconds: 60 }]);
  expect(await drainQueue(workOf(async () => all))).toEqual({ processed: 0, failed: 0 });
});

it('91: only the messages that a handler names come again, and are parked after the last attempt', async () => {
  const { queue, workOf, parked } = await open({ visibilitySeconds: 0, attempts: 3 });
  await queue.send([{ body: 'good 1' }, { body: 'poison' }, { body: 'good 2' }]);
  const seen: string[] = [];
  const counts = await drainQueue(
    workOf(
      async (event) => {
        seen.push(...bodiesOf(event));
        const poisoned = event.Records.filter(({ body }) => body === 'poison');
        return { batchItemFailures: poisoned.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      },
      { atOnceMax: 1 },
    ),
  );
  expect(seen.sort()).toEqual(['good 1', 'good 2', 'poison', 'poison', 'poison']);
  expect(counts).toEqual({ processed: 2, failed: 3 });
  expect(await parked()).toEqual(['poison']);
});

const failures: readonly [string, QueueHandler][] = [
  ['throws', () => Promise.reject(new Error('table not reached'))],
  ['names a message that it was not given', async () => ({ batchItemFailures: [{ itemIdentifier: 'other' }] })],
];
it.each(failures)('a handler that %s keeps its whole batch', async (_, handler) => {
  const { queue, workOf, parked } = await open({ visibilitySeconds: 0, attempts: 1 });
  await queue.send(named(3));
  expect(await drainQueue(workOf(handler))).toEqual({ processed: 0, failed: 3 });
  expect((await parked()).sort()).toEqual(named(3).map(({ body }) => body));
});

it('what a handler throws is logged with the queue', async () => {
  const { queue, workOf, log } = await open();
  await queue.send(named(1));
  await drainQueue(workOf(() => Promise.reject(new Error('table not reached'))));
  expect(log).toEqual([expect.stringMatching(/"event":"batch failed".*\/work".*table not reached/)]);
});

it('never more handlers at once than allowed', async () => {
  const { queue, workOf } = await open();
  await queue.send(named(8));
  let now = 0;
  let most = 0;
  const handler: QueueHandler = async () => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, 30));
    now -= 1;
    return all;
  };
  await drainQueue(workOf(handler, { batchSize: 1, atOnceMax: 3 }));
  expect(most).toBe(3);
});

it('a poller hands out what comes, and after its close nothing more', async () => {
  const { queue, workOf } = await open();
  const seen: string[] = [];
  const arrived = Promise.withResolvers<void>();
  const poller = pollQueue(
    workOf(async (event) => {
      seen.push(...bodiesOf(event));
      arrived.resolve();
      return all;
    }),
  );
  await queue.send([{ body: 'first' }]);
  await arrived.promise;
  await poller.close();
  expect(poller.handled()).toEqual({ processed: 1, failed: 0 });
  await queue.send([{ body: 'second' }]);
  expect(seen).toEqual(['first']);
  expect((await drainQueue(workOf(async () => all))).processed, 'was not lost to a waiting poller').toBe(1);
});

it('a close lets the running handler finish', async () => {
  const { queue, workOf } = await open();
  const begun = Promise.withResolvers<void>();
  const poller = pollQueue(
    workOf(async () => {
      begun.resolve();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return all;
    }),
  );
  await queue.send(named(1));
  await begun.promise;
  await poller.close();
  expect(poller.handled()).toEqual({ processed: 1, failed: 0 });
});

it('a close does not wait for a handler that never ends', async () => {
  const { queue, workOf } = await open();
  const begun = Promise.withResolvers<void>();
  const poller = pollQueue(
    workOf(() => {
      begun.resolve();
      return new Promise(() => {});
    }),
  );
  await queue.send(named(1));
  await begun.promise;
  const before = performance.now();
  await poller.close();
  expect(performance.now() - before).toBeLessThan(2_000);
});

it('a poller outlives a queue that is not reached, and says so', async () => {
  const { server, workOf, log } = await open();
  await server.close();
  const poller = pollQueue(workOf(async () => all));
  await expect.poll(() => log[0], { timeout: 5_000 }).toMatch('queue not reached');
  await poller.close();
});
