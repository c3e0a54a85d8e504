/** What every Table does, whoever keeps the items. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getAll, queryAll, scanAll, writeAll } from '../../shared/store/whole.ts';
import type { Item, Table, WholeTable } from '../../shared/world.ts';

/** @param open a fresh, empty table */
export function tableConforms(name: string, open: () => Promise<{ table: WholeTable; close(): Promise<void> }>): void {
  describe(`Table: ${name}`, () => {
    let table: WholeTable;
    let close: () => Promise<void>;
    beforeAll(async () => ({ table, close } = await open()));
    afterAll(() => close());

    it('gives back an item as it was put, every kind of value', async () => {
      const item: Item = {
        pk: 'kinds',
        sk: 'all',
        text: 'Zürich “quoted” \u{1f512}',
        empty: '',
        number: -1.5,
        big: 1_798_000_000_000,
        yes: true,
        nothing: null,
        bytes: new Uint8Array([0, 1, 255]),
        noBytes: new Uint8Array(),
        list: ['a', 1, null, { deep: [[1, 2]] }],
        map: { a: { b: null }, 'with#sign': 1 },
      };
      await table.put(item);
      expect(await table.get({ pk: 'kinds', sk: 'all' })).toEqual(item);
    });

    it('has nothing where nothing was put', async () => {
      expect(await table.get({ pk: 'none', sk: 'none' })).toBeNull();
    });

    it('replaces the whole item', async () => {
      await table.put({ pk: 'replace', sk: 'a', first: 1 });
      await table.put({ pk: 'replace', sk: 'a', second: 2 });
      expect(await table.get({ pk: 'replace', sk: 'a' })).toEqual({ pk: 'replace', sk: 'a', second: 2 });
    });

    it('puts if absent only once', async () => {
      expect(await table.putIf({ pk: 'once', sk: 'a', by: 'first' }, 'absent')).toBe(true);
      expect(await table.putIf({ pk: 'once', sk: 'a', by: 'second' }, 'absent')).toBe(false);
      expect(await table.get({ pk: 'once', sk: 'a' })).toMatchObject({ by: 'first' });
    });

    it('is read whole, each item once', async () => {
      for (let n = 0; n < 5; n++) await table.put({ pk: `scan${n % 2}`, sk: String(n) });
      const found: string[] = [];
      for await (const { pk, sk } of scanAll(table)) if (pk.startsWith('scan')) found.push(`${pk} ${sk}`);
      expect(found.sort()).toEqual(['scan0 0', 'scan0 2', 'scan0 4', 'scan1 1', 'scan1 3']);
    });

    it('puts on condition of stored attributes', async () => {
      await table.put({ pk: 'cond', sk: 'a', rev: 1, owner: 'x' });
      expect(await table.putIf({ pk: 'cond', sk: 'a', rev: 2 }, { rev: 0 })).toBe(false);
      expect(await table.putIf({ pk: 'cond', sk: 'a', rev: 2 }, { rev: 1, owner: 'y' })).toBe(false);
      expect(await table.putIf({ pk: 'cond', sk: 'a', rev: 2 }, { rev: 1, owner: null })).toBe(false);
      expect(await table.putIf({ pk: 'cond', sk: 'a', rev: 2 }, { rev: 1, owner: 'x' })).toBe(true);
      expect(await table.putIf({ pk: 'cond', sk: 'a', rev: 3 }, { rev: 2, owner: null })).toBe(true);
      expect(await table.get({ pk: 'cond', sk: 'a' })).toEqual({ pk: 'cond', sk: 'a', rev: 3 });
    });

    it('meets no condition on an item that is not there', async () => {
      expect(await table.putIf({ pk: 'cond', sk: 'absent', rev: 1 }, { rev: 0 })).toBe(false);
      expect(await table.putIf({ pk: 'cond', sk: 'absent', rev: 1 }, { rev: null })).toBe(false);
      expect(await table.get({ pk: 'cond', sk: 'absent' })).toBeNull();
    });

    it('lets one of two racing writers win', async () => {
      const wins = await Promise.all(
        Array.from({ length: 8 }, (_, by) => table.putIf({ pk: 'race', sk: 'a', by }, 'absent')),
      );
      expect(wins.filter((won) => won)).toHaveLength(1);
    });

    it('deletes, and deleting nothing is no fault', async () => {
      await table.put({ pk: 'gone', sk: 'a' });
      await table.delete({ pk: 'gone', sk: 'a' });
      await table.delete({ pk: 'gone', sk: 'a' });
      expect(await table.get({ pk: 'gone', sk: 'a' })).toBeNull();
    });

    describe('with some rows', () => {
      beforeAll(async () => {
        const rows = ['a#1', 'a#2', 'b#1', 'b#2', 'c#1', 'Z', 'é'].map((sk) => ({ put: { pk: 'rows', sk } }));
        await writeAll(table, [...rows, { put: { pk: 'rows2', sk: 'a#9' } }]);
      });
      const sorts = async (page: Omit<Parameters<Table['query']>[0], 'pk'>) =>
        (await Array.fromAsync(queryAll(table, { pk: 'rows', ...page }))).map(({ sk }) => sk);

      it('queries one partition in the order of bytes', async () => {
        expect(await sorts({})).toEqual(['Z', 'a#1', 'a#2', 'b#1', 'b#2', 'c#1', 'é']);
      });
      it('queries by prefix and by range, both ends included', async () => {
        expect(await sorts({ prefix: 'b#' })).toEqual(['b#1', 'b#2']);
        expect(await sorts({ between: ['a#2', 'b#2'] })).toEqual(['a#2', 'b#1', 'b#2']);
      });
      it('queries backwards', async () => {
        expect(await sorts({ descending: true, prefix: 'a#' })).toEqual(['a#2', 'a#1']);
      });
      it('goes on where a page ended', async () => {
        expect(await sorts({ limit: 2 })).toEqual(['Z', 'a#1', 'a#2', 'b#1', 'b#2', 'c#1', 'é']);
        expect(await sorts({ limit: 3, descending: true })).toEqual(['é', 'c#1', 'b#2', 'b#1', 'a#2', 'a#1', 'Z']);
      });
      it('gives at most the limit on a page', async () => {
        const page = await table.query({ pk: 'rows', limit: 2 });
        expect(page.items.length).toBeLessThanOrEqual(2);
        expect(page.next).not.toBeNull();
      });
    });

    it('writes and reads many at once, leaving out what is not there', async () => {
      const keys = Array.from({ length: 130 }, (_, n) => ({ pk: `many#${n % 7}`, sk: String(n) }));
      await writeAll(
        table,
        keys.map((key) => ({ put: { ...key, n: key.sk } })),
      );
      await writeAll(
        table,
        keys.slice(0, 30).map((key) => ({ delete: key })),
      );
      const found = await getAll(table, keys);
      expect(found.map(({ n }) => Number(n)).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 100 }, (_, n) => n + 30),
      );
    });
  });
}
