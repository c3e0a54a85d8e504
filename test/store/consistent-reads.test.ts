import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoTable } from '../../shared/aws/table.ts';

it('94: no read can be stale: all ask for what was written last, and none an index', async () => {
  const asked: Record<string, unknown>[] = [];
  const client = {
    async send({ input }: { readonly input: Record<string, unknown> }) {
      asked.push(input);
      return { Items: [], Responses: {} };
    },
  };
  const table = dynamoTable(client as unknown as DynamoDBClient, 'people');
  await table.get({ pk: 'a', sk: 'b' });
  await table.query({ pk: 'a', prefix: 'b' });
  await table.batchGet([{ pk: 'a', sk: 'b' }]);
  const [get, query, batch] = asked;
  expect([get, query]).toMatchObject([{ ConsistentRead: true }, { ConsistentRead: true }]);
  expect(batch).toMatchObject({ RequestItems: { people: { ConsistentRead: true } } });
  expect(JSON.stringify(asked)).not.toContain('IndexName');
});
