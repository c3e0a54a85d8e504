/** What the meter counts, held against what a server says that it used, and against rules where servers say nothing. */
import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createMeter,
  meteredInvocation,
  meteredLog,
  meterNetwork,
  packetHeaderBytes,
  requestsOf,
  usageOf,
} from '../../../infra/cost/meter.ts';
import { meterClients } from '../../../infra/cost/meter-clients.ts';
import { GB } from '../../../infra/cost/usage.ts';
import { startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { listenOnLoopback } from '../../../infra/local/loopback.ts';
import { type AwsClients, awsClients } from '../../../shared/aws/clients.ts';
import { createTables } from '../../../shared/aws/create-tables.ts';
import { sesMailer } from '../../../shared/aws/mailer.ts';
import { sqsQueue } from '../../../shared/aws/queue.ts';
import { dynamoTable } from '../../../shared/aws/table.ts';
import type { WholeTable } from '../../../shared/world.ts';
import { answeredClients } from '../../bench/cost/answered-clients.ts';
import { capacityTold, everyRequest } from './every-request.ts';

describe('capacity', () => {
  let clients: AwsClients;
  let table: WholeTable;
  let close: () => Promise<void>;
  const meter = createMeter();
  const told = { readUnits: 0, writeUnits: 0 };

  beforeAll(async () => {
    const server = await startDynamoDb({ folder: null });
    await createTables(server.endpoint, ['news']);
    clients = awsClients({ dynamodb: server.endpoint, sqs: server.endpoint, ses: server.endpoint });
    capacityTold(clients.dynamodb, told);
    meterClients(clients, meter);
    table = dynamoTable(clients.dynamodb, 'news');
    close = server.close;
  });
  afterAll(() => close());
  beforeEach(() => {
    meter.reset();
    Object.assign(told, { readUnits: 0, writeUnits: 0 });
  });

  it.each(everyRequest)('is what the embedded server says: %s', async (_, prepare, request) => {
    await prepare?.(table);
    meter.reset();
    Object.assign(told, { readUnits: 0, writeUnits: 0 });
    await request(table);
    const { readUnits = 0, writeUnits = 0 } = meter.counts();
    expect({ readUnits, writeUnits }).toEqual(told);
  });

  it('is taken by a put whose condition fails, as large as the larger of both items', async () => {
    await table.put({ pk: 'a', sk: 'cond', text: 'x'.repeat(2_500) });
    meter.reset();
    expect(await table.putIf({ pk: 'a', sk: 'cond' }, 'absent')).toBe(false);
    expect(meter.counts()).toMatchObject({ writeUnits: 3, 'DynamoDB.PutItem': 1 });
  });

  it('is taken by what finds nothing', async () => {
    await table.query({ pk: 'nobody' });
    await table.batchGet([
      { pk: 'nobody', sk: 'a' },
      { pk: 'nobody', sk: 'b' },
    ]);
    expect(meter.counts().readUnits).toBe(3);
  });

  it('is half for a query that may lag, and a query is rounded once for all its items', async () => {
    for (let n = 0; n < 8; n++) await table.put({ pk: 'page', sk: `${n}`, text: 'x'.repeat(700) });
    meter.reset();
    await table.query({ pk: 'page' });
    expect(meter.counts().readUnits).toBe(2);
    meter.reset();
    await table.query({ pk: 'page', mayLag: true });
    expect(meter.counts().readUnits).toBe(1);
    meter.reset();
    await table.scan(null);
    expect(meter.counts().readUnits).toBeGreaterThan(2);
  });

  it('is not counted for what the server left undone', async () => {
    await expect(table.get({ pk: '', sk: '' })).rejects.toThrow();
    expect(meter.counts().readUnits).toBeUndefined();
  });
});

describe('messages, mails and lines of a log', () => {
  const meter = createMeter();
  beforeEach(() => meter.reset());
  const clients = answeredClients({ tables: {}, queued() {}, mailed: () => 'm' });
  meterClients(clients, meter);

  it('are requests to a queue for each 64 kB', async () => {
    const queue = sqsQueue(clients.sqs, 'http://127.0.0.1/q');
    await queue.send([{ body: 'x' }, { body: 'y' }]);
    expect(meter.counts()).toMatchObject({ queueRequests: 1, 'SQS.SendMessageBatch': 1 });
    await queue.send([{ body: 'x'.repeat(65_537) }]);
    expect(meter.counts().queueRequests).toBe(3);
    expect([0, 65_536, 65_537].map(requestsOf)).toEqual([1, 1, 2]);
  });

  it('are mails by their recipients, with their bytes', async () => {
    const raw = new Uint8Array(900);
    await sesMailer(clients.ses, null).send({ from: 'a@b.example', to: 'c@d.example', raw, tags: {} });
    expect(meter.counts()).toMatchObject({ mails: 1, mailBytes: 900 });
  });

  it('are bytes of a log, with 26 for each line', async () => {
    meteredLog(meter).info('polled', {});
    expect(meter.counts()).toMatchObject({
      logLines: 1,
      logBytes: '{"level":"info","event":"polled"}'.length + 26,
    });
  });

  it('come with an invocation, which is counted when it fails, too', async () => {
    await expect(
      meteredInvocation(meter, async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(meter.counts()).toMatchObject({ invocations: 1, wallMs: expect.any(Number), cpuMs: expect.any(Number) });
    expect(meter.counts().logBytes).toBeGreaterThan(300);
  });
});

describe('a line to a publisher', () => {
  it('is counted when it closes, headers of packets by their number and only where asked for', async () => {
    const server = net.createServer((socket) => socket.resume().end('x'.repeat(5_000)));
    const { port, close } = await listenOnLoopback(server, 0);
    const meter = createMeter();
    const network = { addressesOf: async () => [], connect: () => net.connect({ host: '127.0.0.1', port }) };
    const socket = meterNetwork(network, meter).connect('9.9.9.9', 443);
    socket.end('hello').resume();
    await once(socket, 'close');
    expect(meter.counts()).toMatchObject({ connections: 1, sentBytes: 5, receivedBytes: 5_000, sentPackets: 9 });
    expect((usageOf(meter.counts(), false).sentGb ?? 0) * GB).toBeCloseTo(5);
    expect((usageOf(meter.counts(), true).sentGb ?? 0) * GB).toBeCloseTo(5 + 9 * packetHeaderBytes);
    await close();
  });
});
