import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { awsClients } from '../../shared/aws/clients.ts';
import { createTables } from '../../shared/aws/create-tables.ts';
import { dynamoTable } from '../../shared/aws/table.ts';
import { answeredClients } from '../bench/cost/answered-clients.ts';
import { memoryTable } from '../simulation/memory-table.ts';
import { tableConforms } from './table.ts';

tableConforms('in memory', async () => ({ table: memoryTable(), close: async () => {} }));
tableConforms('in memory, pages of two', async () => ({ table: memoryTable(2), close: async () => {} }));
tableConforms('DynamoDB, embedded', async () => {
  const server = await startDynamoDb({ folder: null });
  await createTables(server.endpoint, ['conformance']);
  const { dynamodb } = awsClients({ dynamodb: server.endpoint, sqs: server.endpoint, ses: server.endpoint });
  return { table: dynamoTable(dynamodb, 'conformance'), close: () => server.close() };
});
// What the bench of the costs runs on: the translator, and behind the client a table in memory.
tableConforms('DynamoDB, answered in this process', async () => {
  const tables = { conformance: memoryTable() };
  const { dynamodb } = answeredClients({ tables, queued() {}, mailed: () => '' });
  return { table: dynamoTable(dynamodb, 'conformance'), close: async () => {} };
});
tableConforms('DynamoDB, answered in this process, pages of two', async () => {
  const { dynamodb } = answeredClients({ tables: { conformance: memoryTable(2) }, queued() {}, mailed: () => '' });
  return { table: dynamoTable(dynamodb, 'conformance'), close: async () => {} };
});
