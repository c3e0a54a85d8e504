/**
 * What a Watchword remembers and has in its queues, wherever it runs: a deployment (`stage.ts`), or this machine between two
 * runs. Commands that look and put right work on both.
 */
import { type Sqs, sqsClient } from '../../shared/aws/clients.ts';
import { createQueues } from '../../shared/aws/create-queues.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { Table } from '../../shared/world.ts';
import { type QueueName, queues } from '../topology.ts';
import { startSqs } from './sqs.ts';
import { openStoredNews } from './stored-news.ts';

export interface QueuePair {
  /** Null for ticks, which wait in no queue. */
  readonly url: string | null;
  readonly deadLettersUrl: string;
}

export interface Stored {
  /** For a heading. */
  readonly name: string;
  readonly news: Table;
  readonly people: Table;
  readonly sqs: Sqs;
  readonly queues: Readonly<Partial<Record<QueueName | 'ticks', QueuePair>>>;
  close(): Promise<void>;
}

/** What a command was told of where to look, see `stage-options.ts`. */
export interface Where {
  readonly data: string;
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
}

/** @throws HostProblem when the deployment cannot be reached, or the data folder cannot be used */
export async function openStored(where: Where, config: Pick<Config, 'deploy'>): Promise<Stored> {
  if (where.stage === undefined) return openFolder(where.data);
  const { openStage } = await import('./stage.ts');
  return openStage(where.stage, where.region, config);
}

/**
 * Where nothing was kept yet, nothing is made: all is empty, and in memory.
 *
 * @throws HostProblem when the folder cannot be used, or a host is running on it
 */
async function openFolder(data: string): Promise<Stored> {
  const { news, people, folder, close: closeTables } = await openStoredNews(data);
  try {
    const { endpoint, close: closeQueues } = await startSqs({ folder: folder?.file('queues') ?? null });
    const sqs = sqsClient(endpoint);
    return {
      name: folder === null ? 'this machine, where nothing is kept yet' : `this machine, ${folder.path}`,
      news,
      people,
      sqs,
      queues: await createQueues(endpoint, queues),
      async close() {
        sqs.destroy();
        await closeQueues();
        await closeTables();
      },
    };
  } catch (fault) {
    await closeTables();
    throw fault;
  }
}
