/** What every Queue does with what it is given to send. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queue } from '../../shared/world.ts';

export interface OpenQueue {
  readonly queue: Queue;
  /** Takes every message that is visible now. */
  receiveAll(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export function queueConforms(name: string, open: () => Promise<OpenQueue>): void {
  describe(`Queue: ${name}`, () => {
    let opened: OpenQueue;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    it('hands out each message once while it is hidden, as it was sent', async () => {
      const bodies = ['{"a":"“quoted” 地震"}', 'x'.repeat(100_000), '\t\n'];
      expect(await opened.queue.send(bodies.map((body) => ({ body })))).toEqual({ failed: [] });
      expect([...(await opened.receiveAll())].sort()).toEqual([...bodies].sort());
      expect(await opened.receiveAll()).toEqual([]);
    });

    it('takes ten at once, and nothing is no fault', async () => {
      expect(await opened.queue.send([])).toEqual({ failed: [] });
      const ten = Array.from({ length: 10 }, (_, n) => ({ body: String(n) }));
      expect(await opened.queue.send(ten)).toEqual({ failed: [] });
      expect(await opened.receiveAll()).toHaveLength(10);
      await expect(opened.queue.send([...ten, { body: 'one too many' }])).rejects.toThrow();
    });

    it('keeps back a message that is to come later', async () => {
      await opened.queue.send([{ body: 'later', delaySeconds: 900 }, { body: 'now' }]);
      expect(await opened.receiveAll()).toEqual(['now']);
    });
  });
}
