/** Queues for an embedded SQS. On AWS the stack makes them. */
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { assert } from '../assert.ts';
import { awsClients } from './clients.ts';

export interface QueueShape {
  /** How long a message that was handed out stays hidden before it comes again. */
  readonly visibilitySeconds: number;
  /** Attempts at a message before it is parked in the dead letters. */
  readonly attempts: number;
}

export interface QueueUrls {
  readonly url: string;
  readonly deadLettersUrl: string;
}

/**
 * Makes each queue and its dead letter queue, or brings those that are there into this shape; messages stay.
 *
 * @param endpoint of the embedded server
 * @returns addresses that work here. Those which the server itself gives name a host that does not resolve, and the SDK
 *   follows the address of a queue before its endpoint.
 */
export async function createQueues<Name extends string>(
  endpoint: string,
  shapes: Readonly<Record<Name, QueueShape>>,
): Promise<Readonly<Record<Name, QueueUrls>>> {
  const { sqs } = awsClients({ dynamodb: endpoint, sqs: endpoint, ses: endpoint });
  try {
    const urls: Partial<Record<Name, QueueUrls>> = {};
    for (const name in shapes) urls[name] = await createQueue(sqs, endpoint, name, shapes[name]);
    return urls as Record<Name, QueueUrls>;
  } finally {
    sqs.destroy();
  }
}

async function createQueue(sqs: SQSClient, endpoint: string, name: string, shape: QueueShape): Promise<QueueUrls> {
  const urlOf = (queue: string) => `${endpoint}/000000000000/${queue}`;
  const deadLetters = `${name}-dead-letters`;
  // Made bare and shaped after: making one that is there with other attributes would be refused.
  await sqs.send(new CreateQueueCommand({ QueueName: deadLetters }));
  await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: urlOf(deadLetters), AttributeNames: ['QueueArn'] }),
  );
  assert(Attributes?.QueueArn, `queue ${deadLetters} has an ARN`);
  await sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl: urlOf(name),
      Attributes: {
        VisibilityTimeout: String(shape.visibilitySeconds),
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: Attributes.QueueArn, maxReceiveCount: shape.attempts }),
      },
    }),
  );
  return { url: urlOf(name), deadLettersUrl: urlOf(deadLetters) };
}
