/**
 * What Lambda's event source mapping does on AWS: take messages from a queue, hand them to a handler as an event, delete
 * those that were handled. A message that failed stays, is hidden for the queue's visibility time, and comes again until
 * the queue parks it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { QueueHandler } from '../../functions/lambda.ts';
import { openReceiver, type Receiver } from '../../shared/aws/receive.ts';
import { limits } from '../../shared/limits.ts';
import { SECOND } from '../../shared/time.ts';
import type { Log } from '../../shared/world.ts';

export interface QueueWork {
  readonly url: string;
  readonly handler: QueueHandler;
  /** Messages of one event, 1 to 10. */
  readonly batchSize: number;
  /** Events that are handled at the same time. */
  readonly atOnceMax: number;
  readonly log: Log;
}

/** Messages, each attempt counted. */
export interface Handled {
  readonly processed: number;
  readonly failed: number;
}

export interface QueuePoller {
  handled(): Handled;
  /** Takes no more, lets running handlers finish for `localStopSeconds`. What they then leave undeleted comes again. */
  close(): Promise<void>;
}

/** Handles what the queue has and what comes, until it is closed. */
export function pollQueue(work: QueueWork): QueuePoller {
  const batches = batchesOf(work);
  let open = true;
  const loop = async () => {
    while (open) {
      try {
        await batches.take(limits.localReceiveWaitSeconds);
      } catch (fault) {
        work.log.error('queue not reached', fault, { queue: work.url });
        await delay(limits.localReceiveAgainSeconds * SECOND);
      }
    }
    await batches.finish();
  };
  const stopped = loop();
  return {
    handled: batches.handled,
    async close() {
      open = false;
      const late = new AbortController();
      const deadline = delay(limits.localStopSeconds * SECOND, undefined, { signal: late.signal }).catch(() => {});
      await Promise.race([stopped, deadline]);
      late.abort();
      batches.close();
    },
  };
}

/**
 * Handles all that is visible now, and what the handlers make visible meanwhile. Does not wait for delayed messages or
 * for failed ones to come again.
 *
 * @throws what the queue says when it cannot be reached
 */
export async function drainQueue(work: QueueWork): Promise<Handled> {
  const batches = batchesOf(work);
  try {
    for (;;) {
      if (await batches.take(0)) continue;
      if (batches.running() === 0) return batches.handled();
      await batches.oneFinished();
    }
  } finally {
    await batches.finish();
    batches.close();
  }
}

/** Batches on their way through the handler, never more than the work allows. */
function batchesOf(work: QueueWork) {
  const receiver = openReceiver(work.url);
  const running = new Set<Promise<void>>();
  let processed = 0;
  let failed = 0;

  const start = (records: readonly SQSRecord[]) => {
    const batch = handleBatch(receiver, work, records).then((count) => {
      processed += count;
      failed += records.length - count;
      running.delete(batch);
    });
    running.add(batch);
  };

  return {
    /** Waits for room, then for messages, and starts their handling. False when none came. */
    async take(waitSeconds: number): Promise<boolean> {
      if (running.size >= work.atOnceMax) await Promise.race(running);
      const records = await receiver.receive({ max: work.batchSize, waitSeconds });
      if (records.length > 0) start(records);
      return records.length > 0;
    },
    running: () => running.size,
    oneFinished: () => Promise.race(running),
    finish: () => Promise.all(running),
    handled: (): Handled => ({ processed, failed }),
    close: () => receiver.close(),
  };
}

/** Never rejects: what failed is told, and stays in the queue. Returns how many messages were handled and deleted. */
async function handleBatch(receiver: Receiver, work: QueueWork, records: readonly SQSRecord[]): Promise<number> {
  try {
    // Through JSON as on AWS: a handler shares no object with anybody.
    const event = JSON.parse(JSON.stringify({ Records: records })) as SQSEvent;
    const kept = keptOf(records, await work.handler(event));
    const done = records.filter(({ messageId }) => !kept.has(messageId));
    if (done.length > 0) await receiver.delete(done);
    return done.length;
  } catch (fault) {
    work.log.error('batch failed', fault, { queue: work.url, messages: records.length });
    return 0;
  }
}

/** Ids that the handler names as failed. An id that was not in the batch means that all failed: so Lambda reads it. */
function keptOf(records: readonly SQSRecord[], response: SQSBatchResponse): ReadonlySet<string> {
  const sent = new Set(records.map(({ messageId }) => messageId));
  const kept = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return [...kept].every((id) => sent.has(id)) ? kept : sent;
}
