/** A process that takes a data folder and writes to its table and its queue until it is killed; a line for each that was taken. */

import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { startSqs } from '../../../infra/local/sqs.ts';
import { awsClients } from '../../../shared/aws/clients.ts';
import { createQueues } from '../../../shared/aws/create-queues.ts';
import { createTables } from '../../../shared/aws/create-tables.ts';
import { sqsQueue } from '../../../shared/aws/queue.ts';
import { dynamoTable } from '../../../shared/aws/table.ts';

const folder = await openDataFolder(process.argv[2] ?? '');
await folder.announce('http://127.0.0.1:8600');
const dynamodb = await startDynamoDb({ folder: folder.file('tables') });
const sqs = await startSqs({ folder: folder.file('queues') });
await createTables(dynamodb.endpoint, ['news']);
const { work } = await createQueues(sqs.endpoint, { work: { visibilitySeconds: 30, attempts: 5 } });
const clients = awsClients({ dynamodb: dynamodb.endpoint, sqs: sqs.endpoint, ses: sqs.endpoint });
const table = dynamoTable(clients.dynamodb, 'news');
const queue = sqsQueue(clients.sqs, work.url);

for (let n = 0; ; n += 1) {
  await table.put({ pk: 'hit', sk: String(n), text: 'x'.repeat(1_000) });
  await queue.send([{ body: String(n) }]);
  process.stdout.write(`${n}\n`);
}
