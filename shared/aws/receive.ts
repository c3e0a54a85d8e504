/** The reading side of a queue, for a host that hands out messages itself. On AWS, Lambda does. */
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { awsClients } from './clients.ts';

export interface Receiver {
  /**
   * @param options.max 1 to 10 messages
   * @param options.waitSeconds 0 to 20: how long to wait for the first one
   * @returns records as Lambda would give them to a handler; none when there is nothing to hand out
   */
  receive(options: { max: number; waitSeconds: number }): Promise<readonly SQSRecord[]>;
  /** Up to 10. Throws unless every one is gone. */
  delete(records: readonly SQSRecord[]): Promise<void>;
  close(): void;
}

/** @param url of a queue of an embedded server, which answers at the same host */
export function openReceiver(url: string): Receiver {
  const { origin, pathname } = new URL(url);
  const { sqs } = awsClients({ dynamodb: origin, sqs: origin, ses: origin });
  const queue = pathname.slice(pathname.lastIndexOf('/') + 1);
  return {
    async receive({ max, waitSeconds }) {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: max,
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ['All'],
        }),
      );
      return (Messages ?? []).map((message) => recordOf(queue, message));
    },
    async delete(records) {
      const { Failed } = await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl: url,
          Entries: records.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
        }),
      );
      const failed = Failed?.[0];
      if (failed) throw new Error(`${Failed?.length} messages of ${queue} were not deleted: ${failed.Code}`);
    },
    close: () => sqs.destroy(),
  };
}

function recordOf(queue: string, message: Message): SQSRecord {
  const { Attributes: attributes } = message;
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ApproximateReceiveCount: attributes?.ApproximateReceiveCount ?? '',
      SentTimestamp: attributes?.SentTimestamp ?? '',
      SenderId: attributes?.SenderId ?? '',
      ApproximateFirstReceiveTimestamp: attributes?.ApproximateFirstReceiveTimestamp ?? '',
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:local:000000000000:${queue}`,
    awsRegion: 'local',
  };
}
