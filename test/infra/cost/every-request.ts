/** Requests of every kind that the stores make, for a meter to be held against a server that tells what it used. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../../shared/world.ts';

type Step = (table: Table) => Promise<unknown>;

const text = (bytes: number) => 'x'.repeat(bytes);
const key = (sk: string) => ({ pk: 'p', sk });
const item = (sk: string, bytes: number) => ({
  ...key(sk),
  text: text(bytes),
  n: -12.5,
  list: [1, 'a', null, { deep: true }],
});

/** What it is, what must be there before, and the request. dynalite says 0 of a query that finds nothing; AWS bills a unit for it; it takes a consistent scan for one that may lag. */
export const everyRequest: readonly (readonly [name: string, prepare: Step | null, request: Step])[] = [
  ['a new item', null, (table) => table.put(item('new', 100))],
  ['a new item of two units', null, (table) => table.put(item('two', 1_500))],
  ['a larger item over a smaller', (table) => table.put(item('grows', 10)), (table) => table.put(item('grows', 3_000))],
  [
    'a smaller item over a larger',
    (table) => table.put(item('dwindles', 3_000)),
    (table) => table.put(item('dwindles', 10)),
  ],
  ['an item that must be absent, and is', null, (table) => table.putIf(item('absent', 2_000), 'absent')],
  [
    'an item on a condition that holds',
    (table) => table.put({ ...item('cond', 10), rev: 1 }),
    (table) => table.putIf({ ...item('cond', 2_000), rev: 2 }, { rev: 1 }),
  ],
  ['a delete', (table) => table.put(item('goes', 2_500)), (table) => table.delete(key('goes'))],
  ['a delete of nothing', null, (table) => table.delete(key('nothing'))],
  ['a read', (table) => table.put(item('read', 5_000)), (table) => table.get(key('read'))],
  ['a read of nothing', null, (table) => table.get(key('nothing'))],
  [
    'a query over several items',
    async (table) => {
      for (let n = 0; n < 9; n++) await table.put({ pk: 'q', sk: `${n}`, text: text(700) });
    },
    (table) => table.query({ pk: 'q' }),
  ],
  ['a query that may lag', null, (table) => table.query({ pk: 'q', mayLag: true })],
  ['a query with a limit', null, (table) => table.query({ pk: 'q', limit: 2 })],
  [
    'a batch of reads',
    (table) => table.put({ pk: 'b', sk: 'large', text: text(5_000) }),
    (table) =>
      table.batchGet([
        { pk: 'b', sk: 'large' },
        { pk: 'q', sk: '1' },
        { pk: 'q', sk: '2' },
      ]),
  ],
  [
    'a batch of puts and deletes',
    (table) => table.put({ pk: 'w', sk: 'gone', text: text(2_000) }),
    (table) =>
      table.batchWrite([
        { put: { pk: 'w', sk: 'a', text: text(1_200) } },
        { put: { pk: 'w', sk: 'b' } },
        { delete: { pk: 'w', sk: 'gone' } },
      ]),
  ],
];

/** Asks the server with each request what it takes, and adds up what it says. */
export function capacityTold(dynamodb: DynamoDBClient, told: { readUnits: number; writeUnits: number }): void {
  dynamodb.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as typeof args.input;
        const answer = await next({ ...args, input });
        const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: Capacity | readonly Capacity[] };
        const units = [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        told[/Put|Delete|Write/.test(commandName) ? 'writeUnits' : 'readUnits'] += units;
        return answer;
      },
    { step: 'initialize', priority: 'low', name: 'told' },
  );
}

interface Capacity {
  readonly CapacityUnits?: number;
}
