/**
 * Whole answers from a table that gives parts: pages may be empty and have a next one, batches may leave something
 * undone although they succeeded.
 */
import { limits } from '../limits.ts';
import type { Item, Key, QueryPage, Table, WholeTable, Write } from '../world.ts';

/** All items of a query, page after page. */
export async function* queryAll(table: Table, query: Omit<QueryPage, 'after'>): AsyncGenerator<Item> {
  let after: Key | null = null;
  do {
    const page: Awaited<ReturnType<Table['query']>> = await table.query(after === null ? query : { ...query, after });
    yield* page.items;
    after = page.next;
  } while (after !== null);
}

/** Every item of a table, for an operator. */
export async function* scanAll(table: WholeTable): AsyncGenerator<Item> {
  let after: Key | null = null;
  do {
    const page: Awaited<ReturnType<WholeTable['scan']>> = await table.scan(after);
    yield* page.items;
    after = page.next;
  } while (after !== null);
}

/** The items that have these keys; those that do not exist are left out. In no order. */
export async function getAll(table: Table, keys: readonly Key[]): Promise<readonly Item[]> {
  const items: Item[] = [];
  await inBatches(keys, limits.batchGetKeysMax, async (batch) => {
    const answer = await table.batchGet(batch);
    items.push(...answer.items);
    return answer.unread;
  });
  return items;
}

/** Puts and deletes, each of which may be done again without harm. */
export async function writeAll(table: Table, writes: readonly Write[]): Promise<void> {
  await inBatches(writes, limits.batchWriteItemsMax, async (batch) => (await table.batchWrite(batch)).unwritten);
}

/** Thrown when a table keeps leaving part of a batch undone; the queue's next attempt goes on where this one stopped. */
export class BatchUndone extends Error {}

async function inBatches<T>(
  all: readonly T[],
  size: number,
  take: (batch: readonly T[]) => Promise<readonly T[]>,
): Promise<void> {
  for (let start = 0; start < all.length; start += size) {
    let rest = all.slice(start, start + size);
    for (let inVain = 0; rest.length > 0; ) {
      const undone = [...(await take(rest))];
      inVain = undone.length < rest.length ? 0 : inVain + 1;
      if (inVain === limits.batchAttemptsMax) throw new BatchUndone(`${undone.length} items of a batch stayed undone`);
      rest = undone;
    }
  }
}
