/** A table that tells what is put into it: for who shows what this process writes, and need not read it again. */
import type { Item, Table } from '../../shared/world.ts';

export interface HeardTable extends Table {
  /** @param listener told of each item once it is stored; must not throw */
  onPut(listener: (item: Item) => void): void;
}

export function heardTable(table: Table): HeardTable {
  const listeners: ((item: Item) => void)[] = [];
  const tell = (item: Item) => {
    for (const listener of listeners) listener(item);
  };
  return {
    ...table,
    async put(item) {
      await table.put(item);
      tell(item);
    },
    async putIf(item, condition) {
      const isStored = await table.putIf(item, condition);
      if (isStored) tell(item);
      return isStored;
    },
    async batchWrite(writes) {
      const { unwritten } = await table.batchWrite(writes);
      const left = new Set(unwritten.map((write) => ('put' in write ? `${write.put.pk} ${write.put.sk}` : '')));
      for (const write of writes) {
        if ('put' in write && !left.has(`${write.put.pk} ${write.put.sk}`)) tell(write.put);
      }
      return { unwritten };
    },
    onPut: (listener) => void listeners.push(listener),
  };
}
