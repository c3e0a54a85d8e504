/** What every History keeps of what it is given. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packScanned, unpackScanned } from '../../shared/poll/scanned.ts';
import type { History } from '../../shared/world.ts';

export interface OpenHistory {
  readonly history: History;
  /** Everything of a day, in no order. */
  bytesOf(day: string): Promise<readonly Uint8Array[]>;
  close(): Promise<void>;
}

const member = (id: string) =>
  packScanned([
    { at: 0, feed: 'f', entry: { id, title: '地震 “x”', link: null, publishedAt: null, summary: null, content: null } },
  ]);

export function historyConforms(name: string, open: () => Promise<OpenHistory>): void {
  describe(`History: ${name}`, () => {
    let opened: OpenHistory;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    const idsOf = async (day: string) => {
      const files = await opened.bytesOf(day);
      return [...new Set(files.flatMap(unpackScanned).map(({ entry }) => entry.id))].sort();
    };

    it('keeps all that is added to a day, also at the same time, and nothing of another day', async () => {
      const ids = Array.from({ length: 20 }, (_, at) => `n${String(at).padStart(2, '0')}`);
      await Promise.all(ids.map((id) => opened.history.append('2026-11-22', member(id))));
      await opened.history.append('2026-11-23', member('other'));
      expect(await idsOf('2026-11-22')).toEqual(ids);
      expect(await idsOf('2026-11-23')).toEqual(['other']);
    });

    it('may be given the same again', async () => {
      await opened.history.append('2026-11-24', member('twice'));
      await opened.history.append('2026-11-24', member('twice'));
      expect(await idsOf('2026-11-24')).toEqual(['twice']);
    });
  });
}
