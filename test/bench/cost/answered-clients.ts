/**
 * SDK clients whose requests are answered in this process, before they are written out: fast enough for a day of ten
 * thousand feeds, and with all that stands above them real: translators, middleware, stores, handlers. DynamoDB's tables are
 * those of the simulation; held to `test/conformance/`.
 */
import { type AttributeValue, ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { type AwsClients, awsClients } from '../../../shared/aws/clients.ts';
import type { Condition, Item, Key, WholeTable, Write } from '../../../shared/world.ts';

export interface Answering {
  readonly tables: Readonly<Record<string, WholeTable>>;
  /** Takes the messages of a queue, by the last part of its address. */
  readonly queued: (queue: string, bodies: readonly string[]) => void;
  /** Takes a mail. @returns its name */
  readonly mailed: (mail: {
    readonly to: string;
    readonly raw: Uint8Array;
    readonly tags: Record<string, string>;
  }) => string;
}

type Input = Readonly<Record<string, unknown>>;

const marshalled = (value: object) => marshall(value);
const plain = (attributes: unknown) => unmarshall(attributes as Record<string, AttributeValue>);

const nowhere = 'http://127.0.0.1:9';

export function answeredClients(answering: Answering): AwsClients {
  const clients = awsClients({ dynamodb: nowhere, sqs: nowhere, ses: nowhere });
  const last = { step: 'initialize', priority: 'low', name: 'answer' } as const;
  const response = {};
  clients.dynamodb.middlewareStack.add(
    (_, { commandName = '' }) =>
      async ({ input }) => ({
        output: (await ofTable(answering.tables, commandName, input as Input)) as never,
        response,
      }),
    last,
  );
  clients.sqs.middlewareStack.add(
    () =>
      async ({ input }) => {
        const { QueueUrl, Entries } = input as { QueueUrl: string; Entries: readonly { MessageBody: string }[] };
        answering.queued(
          QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1),
          Entries.map(({ MessageBody }) => MessageBody),
        );
        return { output: { Failed: [], $metadata: {} } as never, response };
      },
    last,
  );
  clients.ses.middlewareStack.add(
    () =>
      async ({ input }) => {
        const { Destinations, RawMessage, Tags } = input as unknown as SesInput;
        const tags = Object.fromEntries(Tags.map(({ Name, Value }) => [Name, Value]));
        const MessageId = answering.mailed({ to: Destinations[0] ?? '', raw: RawMessage.Data, tags });
        return { output: { MessageId, $metadata: {} } as never, response };
      },
    last,
  );
  return clients;
}

interface SesInput {
  readonly Destinations: readonly string[];
  readonly RawMessage: { readonly Data: Uint8Array };
  readonly Tags: readonly { readonly Name: string; readonly Value: string }[];
}

/** A message as Lambda hands it out. */
export function recordOf(id: string, body: string): SQSRecord {
  return { messageId: id, body, attributes: { ApproximateReceiveCount: '1' } } as SQSRecord;
}

async function ofTable(tables: Answering['tables'], command: string, input: Input): Promise<object> {
  const $metadata = {};
  const table = tables[String(input.TableName ?? Object.keys(input.RequestItems ?? {})[0])];
  if (table === undefined) throw new Error('no such table');
  switch (command) {
    case 'GetItemCommand': {
      const item = await table.get(plain(input.Key) as Key);
      return item === null ? { $metadata } : { Item: marshalled(item), $metadata };
    }
    case 'PutItemCommand': {
      const item = plain(input.Item) as Item;
      const condition = conditionOf(input);
      if (condition === null) await table.put(item);
      else if (!(await table.putIf(item, condition))) {
        throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata });
      }
      return { $metadata };
    }
    case 'DeleteItemCommand':
      await table.delete(plain(input.Key) as Key);
      return { $metadata };
    case 'QueryCommand': {
      const { items, next } = await table.query(pageOf(input));
      return { Items: items.map(marshalled), ...(next && { LastEvaluatedKey: marshalled(next) }), $metadata };
    }
    case 'ScanCommand': {
      const { items, next } = await table.scan(
        input.ExclusiveStartKey === undefined ? null : (plain(input.ExclusiveStartKey) as Key),
      );
      return { Items: items.map(marshalled), ...(next && { LastEvaluatedKey: marshalled(next) }), $metadata };
    }
    case 'BatchGetItemCommand': {
      const [name, asked] = Object.entries(input.RequestItems as Record<string, { Keys: readonly object[] }>)[0]!;
      const { items, unread } = await table.batchGet(asked.Keys.map((key) => plain(key) as Key));
      const UnprocessedKeys = unread.length === 0 ? {} : { [name]: { Keys: unread.map(marshalled) } };
      return { Responses: { [name]: items.map(marshalled) }, UnprocessedKeys, $metadata };
    }
    case 'BatchWriteItemCommand': {
      const [name, requests] = Object.entries(input.RequestItems as Record<string, readonly WriteRequest[]>)[0]!;
      const writes = requests.map(
        ({ PutRequest, DeleteRequest }): Write =>
          PutRequest === undefined
            ? { delete: plain(DeleteRequest?.Key) as Key }
            : { put: plain(PutRequest.Item) as Item },
      );
      const { unwritten } = await table.batchWrite(writes);
      const undone = requests.slice(requests.length - unwritten.length);
      return { UnprocessedItems: undone.length === 0 ? {} : { [name]: undone }, $metadata };
    }
    default:
      throw new Error(`${command} is not answered here`);
  }
}

interface WriteRequest {
  readonly PutRequest?: { readonly Item: object };
  readonly DeleteRequest?: { readonly Key: object };
}

function pageOf(input: Input) {
  const values = plain(input.ExpressionAttributeValues) as Record<string, string>;
  const expression = String(input.KeyConditionExpression);
  const { ':pk': pk = '', ':from': from = '', ':to': to = '' } = values;
  return {
    pk,
    ...(expression.includes('begins_with') && { prefix: from }),
    ...(expression.includes('BETWEEN') && { between: [from, to] as const }),
    ...(input.ScanIndexForward === false && { descending: true }),
    ...(input.Limit !== undefined && { limit: Number(input.Limit) }),
    ...(input.ExclusiveStartKey !== undefined && { after: plain(input.ExclusiveStartKey) as Key }),
  };
}

/** The conditions that the translator writes, and no others. */
function conditionOf({ ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues = {} }: Input) {
  if (ConditionExpression === undefined) return null;
  if (ConditionExpression === 'attribute_not_exists(pk)') return 'absent';
  const names = ExpressionAttributeNames as Record<string, string>;
  const values = plain(ExpressionAttributeValues) as Record<string, string | number | boolean>;
  const condition: Record<string, string | number | boolean | null> = {};
  for (const [placeholder, name] of Object.entries(names))
    condition[name] = values[placeholder.replace('#a', ':v')] ?? null;
  return condition satisfies Condition;
}
