/** The queues between functions. What fails for good is parked for a fortnight, where a person can look and send it again. */
import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type QueueName, queues } from '../topology.ts';

export interface Queues {
  readonly queue: Readonly<Record<QueueName, Queue>>;
  readonly deadLetters: Readonly<Record<QueueName | 'ticks', Queue>>;
}

export function queuesOf(scope: Construct): Queues {
  const parked = {
    poll: deadLetters(scope, 'PollDeadLetters'),
    deliver: deadLetters(scope, 'DeliverDeadLetters'),
    notices: deadLetters(scope, 'NoticesDeadLetters'),
    ticks: deadLetters(scope, 'TicksDeadLetters'),
  };
  const queue = (id: string, name: QueueName) =>
    new Queue(scope, id, {
      visibilityTimeout: Duration.seconds(queues[name].visibilitySeconds),
      retentionPeriod: Duration.days(4), // shorter than that of dead letters, which counts from the first sending
      deadLetterQueue: { queue: parked[name], maxReceiveCount: queues[name].attempts },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
  return {
    queue: {
      poll: queue('PollQueue', 'poll'),
      deliver: queue('DeliverQueue', 'deliver'),
      notices: queue('NoticesQueue', 'notices'),
    },
    deadLetters: parked,
  };
}

function deadLetters(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, {
    retentionPeriod: Duration.days(14),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
  for (const rule of ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy']) {
    Validations.of(queue).acknowledge({ id: rule, reason: 'It is itself where dead letters go' });
  }
  return queue;
}
