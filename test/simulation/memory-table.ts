/** Table in memory. Held to `test/conformance/table.ts` like the real one. */
import type { Condition, Item, Key, QueryPage, WholeTable } from '../../shared/world.ts';

export interface MemoryTable extends WholeTable {
  /** Every item, by partition and sort key. */
  items(): readonly Item[];
}

/** @param pageItemsMax how many items a query page or batch gives at most: small ones show who forgets the next page */
export function memoryTable(pageItemsMax = 1_000): MemoryTable {
  const partitions = new Map<string, Map<string, Item>>();
  const sorted = (items: Iterable<Item> = []) => [...items].sort((a, b) => order(a.pk, b.pk) || order(a.sk, b.sk));
  const stored = ({ pk, sk }: Key) => partitions.get(pk)?.get(sk);
  const store = (item: Item) => {
    const partition = partitions.get(item.pk) ?? new Map<string, Item>();
    partitions.set(item.pk, partition.set(item.sk, structuredClone(item)));
  };
  const remove = ({ pk, sk }: Key) => partitions.get(pk)?.delete(sk);
  return {
    items: () => sorted([...partitions.values()].flatMap((partition) => [...partition.values()])),
    get: async (key) => structuredClone(stored(key) ?? null),
    put: async (item) => store(item),
    async putIf(item, condition) {
      if (!holds(condition, stored(item))) return false;
      store(item);
      return true;
    },
    delete: async (key) => void remove(key),
    async query(page) {
      const found = sorted(partitions.get(page.pk)?.values()).filter(({ sk }) => inRange(sk, page));
      if (page.descending) found.reverse();
      const { after } = page;
      const rest = after ? found.filter(({ sk }) => (page.descending ? sk < after.sk : sk > after.sk)) : found;
      const given = rest.slice(0, Math.min(page.limit ?? pageItemsMax, pageItemsMax));
      const last = given.at(-1);
      const more = last !== undefined && given.length < rest.length;
      return { items: structuredClone(given), next: more ? { pk: last.pk, sk: last.sk } : null };
    },
    async scan(after) {
      const rest = this.items().filter(
        ({ pk, sk }) => after === null || order(pk, after.pk) > 0 || (pk === after.pk && sk > after.sk),
      );
      const given = rest.slice(0, pageItemsMax);
      const last = given.at(-1);
      const more = last !== undefined && given.length < rest.length;
      return { items: structuredClone(given), next: more ? { pk: last.pk, sk: last.sk } : null };
    },
    async batchGet(keys) {
      const taken = keys.slice(0, pageItemsMax);
      const found = taken.flatMap((key) => stored(key) ?? []);
      return { items: structuredClone(found), unread: keys.slice(pageItemsMax) };
    },
    async batchWrite(writes) {
      for (const write of writes.slice(0, pageItemsMax)) {
        if ('put' in write) store(write.put);
        else remove(write.delete);
      }
      return { unwritten: writes.slice(pageItemsMax) };
    },
  };
}

function holds(condition: Condition, stored: Item | undefined): boolean {
  if (condition === 'absent') return stored === undefined;
  if (stored === undefined) return false;
  return Object.entries(condition).every(([attribute, value]) =>
    value === null ? stored[attribute] === undefined : stored[attribute] === value,
  );
}

function inRange(sk: string, { prefix, between }: QueryPage): boolean {
  if (prefix !== undefined) return sk.startsWith(prefix);
  return between === undefined || (sk >= between[0] && sk <= between[1]);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
