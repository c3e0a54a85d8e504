/** Queue, spoken to SQS: a translator without judgement. */
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../world.ts';

export function sqsQueue(client: SQSClient, url: string): Queue {
  return {
    async send(messages) {
      if (messages.length === 0) return { failed: [] };
      const answer = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: messages.map(({ body, delaySeconds }, index) => ({
            Id: String(index),
            MessageBody: body,
            ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
          })),
        }),
      );
      return { failed: (answer.Failed ?? []).map(({ Id }) => Number(Id)) };
    },
  };
}
