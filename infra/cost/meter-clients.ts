/** Meters SDK clients: a middleware on each counts what it is asked, in AWS's units where that is what is billed. */
import type { AwsClients } from '../../shared/aws/clients.ts';
import { type Attributes, itemBytes, readUnits, writeUnits } from './capacity.ts';
import { type Meter, requestsOf } from './meter.ts';

/** Counts all that these clients are asked from now on. Requests that fail by a fault are not billed and not counted. */
export function meterClients({ dynamodb, sqs, ses }: AwsClients, meter: Meter): void {
  const first = { step: 'initialize', priority: 'high', name: 'meter' } as const;
  const capacity = capacityMeter(meter);
  dynamodb.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, '');
        meter.add(`DynamoDB.${operation}`, 1);
        try {
          const answer = await next(args);
          capacity(operation, args.input as Request, answer.output as Answer);
          return answer;
        } catch (fault) {
          if (fault instanceof Error && fault.name === 'ConditionalCheckFailedException') {
            capacity('PutItem', args.input as Request, null);
          }
          throw fault;
        }
      },
    first,
  );
  sqs.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const { Entries = [] } = args.input as { Entries?: readonly { MessageBody?: string | undefined }[] };
        const bytes = Entries.reduce((total, { MessageBody = '' }) => total + Buffer.byteLength(MessageBody), 0);
        meter.add(`SQS.${commandName.replace(/Command$/, '')}`, 1);
        meter.add('queueRequests', requestsOf(bytes));
        return next(args);
      },
    first,
  );
  ses.middlewareStack.add(
    (next) => async (args) => {
      const { Destinations, RawMessage } = args.input as {
        Destinations?: unknown[];
        RawMessage?: { Data: Uint8Array };
      };
      const answer = await next(args);
      meter.add('SES.SendRawEmail', 1);
      meter.add('mails', Destinations?.length ?? 0);
      meter.add('mailBytes', RawMessage?.Data.length ?? 0);
      return answer;
    },
    first,
  );
  for (const stack of [dynamodb.middlewareStack, sqs.middlewareStack, ses.middlewareStack] as unknown as Stack[]) {
    stack.add(
      (next) => (args) => {
        const { body } = args.request;
        meter.add('payloadBytes', body === undefined ? 0 : Buffer.byteLength(body));
        return next(args);
      },
      { step: 'finalizeRequest', name: 'meterPayload' },
    );
  }
}

/** What the three stacks have in common, where a request is ready to be sent. */
interface Stack {
  add(middleware: (next: Send) => Send, at: { readonly step: 'finalizeRequest'; readonly name: string }): void;
}
type Send = (args: { readonly request: { readonly body?: string | Uint8Array } }) => Promise<unknown>;

interface Request {
  readonly TableName?: string;
  readonly Item?: Attributes;
  readonly Key?: Attributes;
  readonly ConsistentRead?: boolean;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly Item?: Attributes;
  readonly Items?: readonly Attributes[];
  readonly Responses?: Readonly<Record<string, readonly Attributes[]>>;
  readonly UnprocessedItems?: Readonly<Record<string, readonly unknown[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys?: readonly unknown[] }>>;
}

interface WriteRequest {
  readonly PutRequest?: { readonly Item: Attributes };
  readonly DeleteRequest?: { readonly Key: Attributes };
}

/** Knows how large each item is that went by: a write is billed by the larger of what stood there and what is put. */
function capacityMeter(meter: Meter) {
  const sizes = new Map<string, number>();
  const nameOf = (table: string, { pk, sk }: Attributes) => JSON.stringify([table, pk?.S, sk?.S]);
  const read = (bytes: number, consistent = false) => meter.add('readUnits', readUnits(bytes, consistent));
  const bytesOf = (table: string, items: readonly Attributes[]) =>
    items.reduce((total, item) => {
      const bytes = itemBytes(item);
      sizes.set(nameOf(table, item), bytes);
      return total + bytes;
    }, 0);
  const put = (table: string, item: Attributes, stored: boolean) => {
    const [name, bytes] = [nameOf(table, item), itemBytes(item)];
    meter.add('writeUnits', writeUnits(Math.max(bytes, sizes.get(name) ?? 0)));
    if (stored) sizes.set(name, bytes);
  };
  const remove = (table: string, key: Attributes) => {
    meter.add('writeUnits', writeUnits(sizes.get(nameOf(table, key)) ?? 0));
    sizes.delete(nameOf(table, key));
  };
  const batchGet = ({ RequestItems = {} }: Request, { Responses = {}, UnprocessedKeys = {} }: Answer) => {
    for (const [table, asked] of Object.entries(RequestItems)) {
      const { Keys = [], ConsistentRead } = asked as { Keys?: readonly unknown[]; ConsistentRead?: boolean };
      const items = Responses[table] ?? [];
      const absent = Keys.length - items.length - (UnprocessedKeys[table]?.Keys?.length ?? 0);
      for (const item of items) read(bytesOf(table, [item]), ConsistentRead);
      for (let n = 0; n < absent; n++) read(0, ConsistentRead);
    }
  };
  const batchWrite = ({ RequestItems = {} }: Request, { UnprocessedItems = {} }: Answer) => {
    for (const [table, writes] of Object.entries(RequestItems)) {
      const undone = (UnprocessedItems[table] ?? []).map((write) => JSON.stringify(write));
      for (const write of writes as readonly WriteRequest[]) {
        if (undone.includes(JSON.stringify(write))) continue;
        if (write.PutRequest !== undefined) put(table, write.PutRequest.Item, true);
        if (write.DeleteRequest !== undefined) remove(table, write.DeleteRequest.Key);
      }
    }
  };
  /** @param answer null when the request's condition failed */
  return (operation: string, request: Request, answer: Answer | null): void => {
    const { TableName = '', Item, Key, ConsistentRead } = request;
    if (operation === 'PutItem' && Item) put(TableName, Item, answer !== null);
    else if (operation === 'DeleteItem' && Key) remove(TableName, Key);
    else if (operation === 'GetItem') read(bytesOf(TableName, answer?.Item ? [answer.Item] : []), ConsistentRead);
    else if (operation === 'Query' || operation === 'Scan')
      read(bytesOf(TableName, answer?.Items ?? []), ConsistentRead);
    else if (operation === 'BatchGetItem') batchGet(request, answer ?? {});
    else if (operation === 'BatchWriteItem') batchWrite(request, answer ?? {});
  };
}
