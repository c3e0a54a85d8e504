/** What a deployment finds on AWS, inside this process: tables, queues and a mailer that keeps what it is given. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulators } from '../../shared/aws/clients.ts';
import { createQueues, type QueueUrls } from '../../shared/aws/create-queues.ts';
import { createTables } from '../../shared/aws/create-tables.ts';
import { type QueueName, queues, tables } from '../topology.ts';
import type { DataFolder } from './data-folder.ts';
import { startDynamoDb } from './dynamodb.ts';
import { diskProblem, HostProblem } from './host-problem.ts';
import type { StoredMail } from './outbox.ts';
import { type EmbeddedSes, startSes } from './ses.ts';
import { startSqs } from './sqs.ts';

export interface Services {
  readonly emulators: Emulators;
  readonly queueUrls: Readonly<Record<QueueName, QueueUrls>>;
  readonly ses: EmbeddedSes;
  /** Stops what was started, the last first. */
  close(): Promise<void>;
}

/**
 * @param onSent told of each mail that was kept, before its sender is answered
 * @throws HostProblem when a file, folder or port cannot be used
 */
export async function startServices(
  folder: DataFolder,
  clock: () => number,
  onSent: (mail: StoredMail) => void,
): Promise<Services> {
  const started: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const server of started.splice(0).reverse()) await server.close();
  };
  try {
    refuseLostDatabase(folder);
    const dynamodb = await startDynamoDb({ folder: folder.file('tables') });
    started.push(dynamodb);
    await createTables(dynamodb.endpoint, tables).catch((fault: unknown) => {
      throw diskProblem(`The database in ${folder.file('tables')} cannot be used`, fault);
    });
    const sqs = await startSqs({ folder: folder.file('queues') });
    started.push(sqs);
    const queueUrls = await createQueues(sqs.endpoint, queues).catch((fault: unknown) => {
      throw diskProblem(`The queues in ${folder.file('queues')} cannot be used`, fault);
    });
    const ses = await startSes({ folder: folder.file('mail'), clock, onSent });
    started.push(ses);
    return {
      emulators: { dynamodb: dynamodb.endpoint, sqs: sqs.endpoint, ses: ses.endpoint },
      queueUrls,
      ses,
      close,
    };
  } catch (fault) {
    await close();
    throw fault;
  }
}

/**
 * LevelDB takes a folder without its file CURRENT for a new one, and would begin from nothing without a word. The queues
 * are made after the tables: where they are, a database was.
 */
function refuseLostDatabase(folder: DataFolder): void {
  if (!existsSync(folder.file('queues')) || existsSync(join(folder.file('tables'), 'CURRENT'))) return;
  throw new HostProblem(
    `The data folder ${folder.path} has lost its database (tables/CURRENT is missing): put its backup there, or choose another folder to begin anew.`,
  );
}
