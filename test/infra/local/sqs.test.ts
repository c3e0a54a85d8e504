import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { HostProblem } from '../../../infra/local/host-problem.ts';
import { type EmbeddedSqs, startSqs } from '../../../infra/local/sqs.ts';
import { awsClients } from '../../../shared/aws/clients.ts';
import { createQueues } from '../../../shared/aws/create-queues.ts';
import { sqsQueue } from '../../../shared/aws/queue.ts';
import { openReceiver } from '../../../shared/aws/receive.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function start(folder: string | null): Promise<EmbeddedSqs> {
  const server = await startSqs({ folder });
  onTestFinished(() => server.close());
  return server;
}

function sender(server: EmbeddedSqs, url: string) {
  return sqsQueue(awsClients({ dynamodb: server.endpoint, sqs: server.endpoint, ses: server.endpoint }).sqs, url);
}

function receiver(url: string) {
  const opened = openReceiver(url);
  onTestFinished(() => opened.close());
  return opened;
}

it('messages outlive the server and a change of the queue’s shape', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  const before = await createQueues(first.endpoint, { poll: { visibilitySeconds: 30, attempts: 5 } });
  await sender(first, before.poll.url).send([{ body: 'shard 1' }]);
  await first.close();

  const second = await start(folder);
  const after = await createQueues(second.endpoint, { poll: { visibilitySeconds: 1, attempts: 2 } });
  const { receive } = receiver(after.poll.url);
  expect(await receive({ max: 10, waitSeconds: 0 })).toMatchObject([{ body: 'shard 1' }]);
  expect(await receive({ max: 10, waitSeconds: 0 }), 'hidden while somebody handles it').toEqual([]);
  expect(await receive({ max: 10, waitSeconds: 2 }), 'comes again').toMatchObject([
    { body: 'shard 1', attributes: { ApproximateReceiveCount: '2' } },
  ]);
});

it('91: a message that failed as often as its queue allows is parked in the dead letters', async () => {
  const server = await start(temporaryFolder());
  const { poll } = await createQueues(server.endpoint, { poll: { visibilitySeconds: 0, attempts: 2 } });
  await sender(server, poll.url).send([{ body: 'poison' }]);
  const { receive } = receiver(poll.url);
  const bodies = [];
  for (let n = 0; n < 4; n += 1) bodies.push(...(await receive({ max: 10, waitSeconds: 0 })).map(({ body }) => body));
  expect(bodies).toEqual(['poison', 'poison']);
  expect(await receiver(poll.deadLettersUrl).receive({ max: 10, waitSeconds: 0 })).toMatchObject([{ body: 'poison' }]);
});

it('a record has what Lambda gives a handler', async () => {
  const server = await start(null);
  const { poll } = await createQueues(server.endpoint, { poll: { visibilitySeconds: 30, attempts: 2 } });
  await sender(server, poll.url).send([{ body: '{"shard":1}' }]);
  expect(await receiver(poll.url).receive({ max: 1, waitSeconds: 0 })).toEqual([
    {
      messageId: expect.stringMatching(/./),
      receiptHandle: expect.stringMatching(/./),
      body: '{"shard":1}',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d+$/),
        SenderId: expect.stringMatching(/./),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d+$/),
      },
      messageAttributes: {},
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: 'aws:sqs',
      eventSourceARN: expect.stringMatching(/^arn:aws:sqs:.*:poll$/),
      awsRegion: expect.stringMatching(/./),
    },
  ]);
});

it('a deleted message does not come again', async () => {
  const server = await start(null);
  const { poll } = await createQueues(server.endpoint, { poll: { visibilitySeconds: 0, attempts: 9 } });
  await sender(server, poll.url).send([{ body: 'once' }]);
  const reading = receiver(poll.url);
  const records = await reading.receive({ max: 1, waitSeconds: 0 });
  await reading.delete(records);
  expect(await reading.receive({ max: 1, waitSeconds: 0 })).toEqual([]);
});

it('only this machine can reach it', async (test) => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((at) => at && !at.internal && at.family === 'IPv4');
  if (outside === undefined) return test.skip('this machine has no other address');
  const server = await start(null);
  const answer = await new Promise((resolve) => {
    const socket = connect(Number(new URL(server.endpoint).port), outside.address);
    socket.once('connect', () => resolve('connected'));
    socket.once('error', () => resolve('refused'));
    socket.once('close', () => socket.destroy());
  });
  expect(answer).toBe('refused');
});

it('closes at once while somebody waits for a message', async () => {
  const server = await start(temporaryFolder());
  const { poll } = await createQueues(server.endpoint, { poll: { visibilitySeconds: 30, attempts: 2 } });
  const waiting = receiver(poll.url)
    .receive({ max: 1, waitSeconds: 20 })
    .catch(() => 'cut off');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const before = performance.now();
  await server.close();
  expect(performance.now() - before).toBeLessThan(2_000);
  expect([[], 'cut off']).toContainEqual(await waiting);
});

it('a folder that cannot be one is told in a sentence', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(startSqs({ folder: file })).rejects.toThrow(HostProblem);
});
