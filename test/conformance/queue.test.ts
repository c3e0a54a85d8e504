import { startSqs } from '../../infra/local/sqs.ts';
import { awsClients } from '../../shared/aws/clients.ts';
import { createQueues } from '../../shared/aws/create-queues.ts';
import { sqsQueue } from '../../shared/aws/queue.ts';
import { openReceiver } from '../../shared/aws/receive.ts';
import { memoryQueue } from '../simulation/memory-queue.ts';
import { queueConforms } from './queue.ts';

queueConforms('in memory', async () => {
  const queue = memoryQueue({ now: () => 0 });
  return { queue, receiveAll: async () => queue.take().map(({ body }) => body), close: async () => {} };
});

queueConforms('SQS, embedded', async () => {
  const server = await startSqs({ folder: null });
  const { work } = await createQueues(server.endpoint, { work: { visibilitySeconds: 60, attempts: 3 } });
  const { sqs } = awsClients({ dynamodb: server.endpoint, sqs: server.endpoint, ses: server.endpoint });
  const receiver = openReceiver(work.url);
  return {
    queue: sqsQueue(sqs, work.url),
    async receiveAll() {
      const bodies: string[] = [];
      for (;;) {
        const records = await receiver.receive({ max: 10, waitSeconds: 0 });
        if (records.length === 0) return bodies;
        bodies.push(...records.map(({ body }) => body));
      }
    },
    async close() {
      receiver.close();
      sqs.destroy();
      await server.close();
    },
  };
});
