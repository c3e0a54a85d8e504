/** What waits in queues and is parked in dead letters, and the way back. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Instant } from '../time.ts';

/** SQS counts by and by: a number may be a minute old. */
export interface Depth {
  /** May be handed out now. */
  readonly waiting: number;
  /** Handed out, and neither done nor given back. */
  readonly inWork: number;
  /** Will be handed out later. */
  readonly delayed: number;
}

export async function depthOf(client: SQSClient, url: string): Promise<Depth> {
  const names = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const;
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }),
  );
  const [waiting = 0, inWork = 0, delayed = 0] = names.map((name) => Number(Attributes?.[name] ?? 0));
  return { waiting, inWork, delayed };
}

/** How many are parked. Nobody works on dead letters: one that was handed out to be looked at counts as well. */
export async function parkedIn(client: SQSClient, deadLettersUrl: string): Promise<number> {
  const { waiting, inWork } = await depthOf(client, deadLettersUrl);
  return waiting + inWork;
}

/**
 * When the oldest of the dead letters that a look shows was first sent: up to ten are looked at and put back at once. Only
 * for dead letters, where one more attempt counts for nothing.
 *
 * @returns null when there are none
 */
export async function oldestParked(client: SQSClient, deadLettersUrl: string): Promise<Instant | null> {
  const messages = await take(client, deadLettersUrl);
  if (messages.length === 0) return null;
  await client.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl: deadLettersUrl,
      Entries: messages.map(({ receipt }, index) => ({
        Id: String(index),
        ReceiptHandle: receipt,
        VisibilityTimeout: 0,
      })),
    }),
  );
  return Math.min(...messages.map(({ sentAt }) => sentAt));
}

/**
 * Takes each message that is parked now out of the dead letters: sent to its queue first, then deleted, so that none is lost
 * and at worst one comes twice, which is free. SQS has a task of its own for it, which not all that speak SQS know.
 *
 * @param to the queue that they go back to; null to throw them away
 * @param max no more than so many: what is parked meanwhile waits for another time
 * @returns how many were taken
 */
export async function unpark(
  client: SQSClient,
  deadLettersUrl: string,
  to: string | null,
  max: number,
): Promise<number> {
  let taken = 0;
  while (taken < max) {
    const messages = await take(client, deadLettersUrl);
    if (messages.length === 0) return taken;
    for (const { body, receipt } of messages) {
      if (to !== null) await client.send(new SendMessageCommand({ QueueUrl: to, MessageBody: body }));
      await client.send(new DeleteMessageCommand({ QueueUrl: deadLettersUrl, ReceiptHandle: receipt }));
      taken += 1;
    }
  }
  return taken;
}

async function take(client: SQSClient, url: string) {
  const { Messages } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 1, // asks all of SQS's servers, where a short look asks some of them
      VisibilityTimeout: 60,
      MessageSystemAttributeNames: ['SentTimestamp'],
    }),
  );
  return (Messages ?? []).map(({ Body = '', ReceiptHandle = '', Attributes }) => ({
    body: Body,
    receipt: ReceiptHandle,
    sentAt: Number(Attributes?.SentTimestamp ?? 0),
  }));
}
