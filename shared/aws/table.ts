/** Table, spoken to DynamoDB: a translator without judgement. */
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Condition, Item, Key, QueryPage, WholeTable, Write } from '../world.ts';

type Attributes = Record<string, AttributeValue>;

/** @param name of a table with the string keys pk and sk */
export function dynamoTable(client: DynamoDBClient, name: string): WholeTable {
  return {
    async get(key) {
      const answer = await client.send(
        new GetItemCommand({ TableName: name, Key: marshalled(keyOf(key)), ConsistentRead: true }),
      );
      return answer.Item === undefined ? null : item(answer.Item);
    },

    async put(put) {
      await client.send(new PutItemCommand({ TableName: name, Item: marshalled(put) }));
    },

    async putIf(put, condition) {
      try {
        await client.send(
          new PutItemCommand({ TableName: name, Item: marshalled(put), ...conditionExpression(condition) }),
        );
        return true;
      } catch (fault) {
        if (fault instanceof ConditionalCheckFailedException) return false;
        throw fault;
      }
    },

    async delete(key) {
      await client.send(new DeleteItemCommand({ TableName: name, Key: marshalled(keyOf(key)) }));
    },

    async query(page) {
      const answer = await client.send(new QueryCommand({ TableName: name, ...queryInput(page) }));
      return pageOf(answer);
    },

    async scan(after) {
      const answer = await client.send(
        new ScanCommand({
          TableName: name,
          ConsistentRead: true,
          ...(after !== null && { ExclusiveStartKey: marshalled(keyOf(after)) }),
        }),
      );
      return pageOf(answer);
    },

    async batchGet(keys) {
      const answer = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [name]: { Keys: keys.map((key) => marshalled(keyOf(key))), ConsistentRead: true } },
        }),
      );
      return {
        items: (answer.Responses?.[name] ?? []).map(item),
        unread: (answer.UnprocessedKeys?.[name]?.Keys ?? []).map((key) => keyOf(item(key))),
      };
    },

    async batchWrite(writes) {
      const requests = writes.map((write) =>
        'put' in write
          ? { PutRequest: { Item: marshalled(write.put) } }
          : { DeleteRequest: { Key: marshalled(keyOf(write.delete)) } },
      );
      const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: requests } }));
      const unwritten: Write[] = (answer.UnprocessedItems?.[name] ?? []).map((request) =>
        request.PutRequest?.Item !== undefined
          ? { put: item(request.PutRequest.Item) }
          : { delete: keyOf(item(request.DeleteRequest?.Key ?? {})) },
      );
      return { unwritten };
    },
  };
}

function conditionExpression(condition: Condition) {
  if (condition === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' };
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const clauses = Object.entries(condition).map(([attribute, value], index) => {
    names[`#a${index}`] = attribute;
    if (value === null) return `attribute_not_exists(#a${index})`;
    values[`:v${index}`] = value;
    return `#a${index} = :v${index}`;
  });
  return {
    // An item that does not exist meets no condition on its attributes, not even that one is absent.
    ConditionExpression: ['attribute_exists(pk)', ...clauses].join(' AND '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: marshalled(values) }),
  };
}

function queryInput(page: QueryPage): Omit<QueryCommandInput, 'TableName'> {
  const { pk, prefix, between, descending, limit, after, mayLag } = page;
  const range =
    prefix !== undefined
      ? { clause: ' AND begins_with(sk, :from)', values: { ':from': prefix } }
      : between !== undefined
        ? { clause: ' AND sk BETWEEN :from AND :to', values: { ':from': between[0], ':to': between[1] } }
        : { clause: '', values: {} };
  return {
    KeyConditionExpression: `pk = :pk${range.clause}`,
    ExpressionAttributeValues: marshalled({ ':pk': pk, ...range.values }),
    ConsistentRead: mayLag !== true,
    ScanIndexForward: descending !== true,
    ...(limit !== undefined && { Limit: limit }),
    ...(after !== undefined && { ExclusiveStartKey: marshalled(keyOf(after)) }),
  };
}

function pageOf(answer: {
  readonly Items?: Attributes[] | undefined;
  readonly LastEvaluatedKey?: Attributes | undefined;
}) {
  return {
    items: (answer.Items ?? []).map(item),
    next: answer.LastEvaluatedKey === undefined ? null : keyOf(item(answer.LastEvaluatedKey)),
  };
}

function keyOf({ pk, sk }: Key): Key {
  return { pk, sk };
}

function marshalled(value: Readonly<Record<string, unknown>> | Key): Attributes {
  return marshall(value) as Attributes;
}

function item(attributes: Attributes): Item {
  return unmarshall(attributes) as Item;
}
