/**
 * One poll of a shard after the other. Messages that an interrupted run left are handed out at the same moment as the new
 * one; side by side each would ask every feed. In turn, the second finds what the first has done.
 */
import type { QueueHandler } from '../../functions/lambda.ts';

/** @param handler of poll messages, one in an event */
export function inShardTurns(handler: QueueHandler): QueueHandler {
  const last = new Map<string, Promise<unknown>>();
  return (event, invocation) => {
    const shard = event.Records.map(({ body }) => /"shard":\d+/.exec(body)?.[0]).join();
    const handled = (last.get(shard) ?? Promise.resolve()).then(() => handler(event, invocation));
    last.set(
      shard,
      handled.catch(() => {}),
    );
    return handled;
  };
}
