/** Tables for an embedded DynamoDB. On AWS the stack makes them. */
import { CreateTableCommand, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import { awsClients } from './clients.ts';

/**
 * Makes the tables that are not there: on demand, keyed by the texts `pk` and `sk`.
 *
 * @param endpoint of the embedded server
 */
export async function createTables(endpoint: string, names: readonly string[]): Promise<void> {
  const { dynamodb } = awsClients({ dynamodb: endpoint, sqs: endpoint, ses: endpoint });
  try {
    for (const name of names) {
      await dynamodb.send(tableNamed(name)).catch((fault: unknown) => {
        if (!(fault instanceof ResourceInUseException)) throw fault;
      });
    }
  } finally {
    dynamodb.destroy();
  }
}

function tableNamed(name: string): CreateTableCommand {
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });
}
