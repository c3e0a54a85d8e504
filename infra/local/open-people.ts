/** The people whom a deployment knows, or a host on this machine while none runs, for an operator's commands. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { awsClients } from '../../shared/aws/clients.ts';
import { createTables } from '../../shared/aws/create-tables.ts';
import { dynamoTable } from '../../shared/aws/table.ts';
import type { Keys } from '../../shared/delivery/token.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { Table, WholeTable } from '../../shared/world.ts';
import { tables } from '../topology.ts';
import { openDataFolder } from './data-folder.ts';
import { startDynamoDb } from './dynamodb.ts';
import { erasureFile, notingErasures } from './erasure-file.ts';
import { HostProblem } from './host-problem.ts';
import { keysIn } from './keys-file.ts';
import type { Where } from './stored.ts';

export interface People {
  readonly people: WholeTable;
  readonly news: Table;
  readonly keys: Keys;
  close(): Promise<void>;
}

/**
 * @param config where the region of a stage stands, if anywhere
 * @throws HostProblem when the deployment cannot be reached, or the data folder cannot be used
 */
export async function openPeople(where: Where, config: Pick<Config, 'deploy'> = {}): Promise<People> {
  return where.stage === undefined ? peopleIn(where.data) : peopleOf(where.stage, where.region, config);
}

async function peopleOf(name: string, region: string | undefined, config: Pick<Config, 'deploy'>): Promise<People> {
  const { openStage } = await import('./stage.ts');
  const stage = await openStage(name, region, config);
  try {
    const { people, news, close } = stage;
    return { people, news, keys: await stage.keys(), close };
  } catch (fault) {
    await stage.close();
    throw fault;
  }
}

/** @throws HostProblem when nothing is kept there yet, a host is running on it, or it cannot be used */
async function peopleIn(data: string): Promise<People> {
  if (!existsSync(join(data, 'tables'))) {
    throw new HostProblem(`Nothing is kept in ${data} yet: npx watchword start makes it, or name another with --data.`);
  }
  const folder = await openDataFolder(data);
  try {
    const keys = await keysIn(folder, Date.now());
    const { endpoint, close } = await startDynamoDb({ folder: folder.file('tables') });
    await createTables(endpoint, tables);
    const { dynamodb: client } = awsClients({ dynamodb: endpoint, sqs: '', ses: '' });
    return {
      people: notingErasures(dynamoTable(client, 'people'), folder.file(erasureFile)),
      news: dynamoTable(client, 'news'),
      keys,
      async close() {
        client.destroy();
        await close();
        await folder.close();
      },
    };
  } catch (fault) {
    await folder.close();
    throw fault;
  }
}
