/** Queue in memory, with its reading side: messages come in any order the test asks for. Held to `test/conformance/queue.ts`. */

import type { QueueHandler } from '../../functions/lambda.ts';
import { limits } from '../../shared/limits.ts';
import type { Clock, Queue } from '../../shared/world.ts';

interface Waiting {
  readonly id: string;
  readonly body: string;
  readonly visibleAt: number;
  readonly receives: number;
}

export interface MemoryQueue extends Queue {
  waiting(): readonly Waiting[];
  /** Messages that failed more often than the queue allows. */
  readonly dead: Waiting[];
  /** Takes every visible message, which is hidden from then on. */
  take(): readonly Waiting[];
  /** Hands every visible message to the handler, one by one, until none is visible. */
  drain(handler: QueueHandler): Promise<void>;
}

export function memoryQueue(clock: Clock, attemptsMax = 5, visibilitySeconds = 360): MemoryQueue {
  let waiting: Waiting[] = [];
  let sent = 0;
  const dead: Waiting[] = [];
  const takeOne = (): Waiting | null => {
    const next = waiting.find((message) => message.visibleAt <= clock.now());
    if (next === undefined) return null;
    const taken = { ...next, receives: next.receives + 1, visibleAt: clock.now() + visibilitySeconds * 1_000 };
    waiting = waiting.map((message) => (message === next ? taken : message));
    return taken;
  };
  return {
    dead,
    waiting: () => waiting,
    async send(messages) {
      if (messages.length > limits.messagesPerSendMax) throw new Error('too many messages in one call');
      for (const { body, delaySeconds = 0 } of messages) {
        sent += 1;
        waiting.push({ id: `m${sent}`, body, visibleAt: clock.now() + delaySeconds * 1_000, receives: 0 });
      }
      return { failed: [] };
    },
    take() {
      const taken: Waiting[] = [];
      for (let next = takeOne(); next !== null; next = takeOne()) taken.push(next);
      return taken;
    },
    async drain(handler) {
      for (let taken = takeOne(); taken !== null; taken = takeOne()) {
        const event = { Records: [recordOf(taken)] } as unknown as Parameters<QueueHandler>[0];
        const { batchItemFailures } = await handler(event);
        const handled = batchItemFailures.length === 0;
        // A message that failed stays, and is visible again after its time.
        if (!handled && taken.receives < attemptsMax) continue;
        waiting = waiting.filter(({ id }) => id !== taken?.id);
        if (!handled) dead.push(taken);
      }
    },
  };
}

function recordOf({ id, body, receives }: Waiting) {
  return { messageId: id, body, attributes: { ApproximateReceiveCount: String(receives) } };
}
