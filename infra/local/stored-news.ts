/** What an earlier pass on this machine remembers, read without starting a host. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { awsClients } from '../../shared/aws/clients.ts';
import { createTables } from '../../shared/aws/create-tables.ts';
import { dynamoTable } from '../../shared/aws/table.ts';
import type { Table } from '../../shared/world.ts';
import { tables } from '../topology.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { startDynamoDb } from './dynamodb.ts';
import { DataFolderBusy } from './host-problem.ts';

export interface StoredNews {
  readonly news: Table;
  readonly people: Table;
  /** Null where nothing was kept yet. */
  readonly folder: DataFolder | null;
  close(): Promise<void>;
}

/**
 * Where nothing was kept yet, nothing is made: the table is empty, and in memory.
 *
 * @throws HostProblem when the folder cannot be used, or a host is running on it
 */
export async function openStoredNews(data: string): Promise<StoredNews> {
  const folder = existsSync(join(data, 'tables')) ? await openDataFolder(data).catch(sayWhereElse) : null;
  try {
    const { endpoint, close } = await startDynamoDb({ folder: folder?.file('tables') ?? null });
    await createTables(endpoint, tables);
    const { dynamodb: client } = awsClients({ dynamodb: endpoint, sqs: '', ses: '' });
    return {
      news: dynamoTable(client, 'news'),
      people: dynamoTable(client, 'people'),
      folder,
      async close() {
        client.destroy();
        await close();
        await folder?.close();
      },
    };
  } catch (fault) {
    await folder?.close();
    throw fault;
  }
}

function sayWhereElse(fault: unknown): DataFolder {
  if (!(fault instanceof DataFolderBusy)) throw fault;
  throw new DataFolderBusy(`${fault.message} While it runs, its page “Feeds” shows the same.`, { cause: fault });
}
