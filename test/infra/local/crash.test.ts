import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { DataFolderBusy } from '../../../infra/local/host-problem.ts';
import { drainQueue } from '../../../infra/local/queue-poller.ts';
import { startSqs } from '../../../infra/local/sqs.ts';
import { awsClients } from '../../../shared/aws/clients.ts';
import { createQueues } from '../../../shared/aws/create-queues.ts';
import { jsonLog } from '../../../shared/aws/log.ts';
import { dynamoTable } from '../../../shared/aws/table.ts';
import { temporaryFolder } from './temporary-folder.ts';

it('a second host is refused while the first lives; after kill -9 it finds all that was acknowledged', async () => {
  const path = temporaryFolder();
  const first = spawn(process.execPath, [fileURLToPath(new URL('writing-host.ts', import.meta.url)), path]);
  onTestFinished(() => void first.kill('SIGKILL'));
  first.stderr.pipe(process.stderr);
  const acknowledged: string[] = [];
  let refused = 0;
  for await (const line of createInterface({ input: first.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === 50) {
      await expect(openDataFolder(path)).rejects.toThrow(
        `Another Watchword (process ${first.pid}, at http://127.0.0.1:8600) is using the data in ${path}: stop it first, or choose another folder.`,
      );
      await expect(startDynamoDb({ folder: `${path}/tables` })).rejects.toThrow(DataFolderBusy);
      refused += 1;
    }
    if (acknowledged.length === 150) first.kill('SIGKILL');
  }
  if (first.exitCode === null && first.signalCode === null) await once(first, 'exit');
  expect([first.signalCode, refused]).toEqual(['SIGKILL', 1]);

  const folder = await openDataFolder(path);
  onTestFinished(() => folder.close());
  const dynamodb = await startDynamoDb({ folder: folder.file('tables') });
  onTestFinished(() => dynamodb.close());
  const sqs = await startSqs({ folder: folder.file('queues') });
  onTestFinished(() => sqs.close());
  const clients = awsClients({ dynamodb: dynamodb.endpoint, sqs: sqs.endpoint, ses: sqs.endpoint });
  const table = dynamoTable(clients.dynamodb, 'news');
  const { work } = await createQueues(sqs.endpoint, { work: { visibilitySeconds: 30, attempts: 5 } });

  const { items } = await table.query({ pk: 'hit' });
  const bodies: string[] = [];
  await drainQueue({
    url: work.url,
    batchSize: 10,
    atOnceMax: 1,
    log: jsonLog((line) => expect.fail(line)),
    handler: async ({ Records }) => {
      bodies.push(...Records.map(({ body }) => body));
      return { batchItemFailures: [] };
    },
  });
  expect(items.map(({ sk }) => sk)).toEqual(expect.arrayContaining(acknowledged));
  expect(bodies).toEqual(expect.arrayContaining(acknowledged));
});
