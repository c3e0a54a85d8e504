import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type EmbeddedDynamoDb, startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { DataFolderBusy, HostProblem } from '../../../infra/local/host-problem.ts';
import { awsClients } from '../../../shared/aws/clients.ts';
import { createTables } from '../../../shared/aws/create-tables.ts';
import { dynamoTable } from '../../../shared/aws/table.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function start(folder: string | null): Promise<EmbeddedDynamoDb> {
  const server = await startDynamoDb({ folder });
  onTestFinished(() => server.close());
  await createTables(server.endpoint, ['news', 'people']);
  return server;
}

function news(server: EmbeddedDynamoDb) {
  const { dynamodb } = awsClients({ dynamodb: server.endpoint, sqs: server.endpoint, ses: server.endpoint });
  return dynamoTable(dynamodb, 'news');
}

it('items outlive the server, and tables that are there stay as they are', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  await news(first).put({ pk: 'hit', sk: '1', title: 'Zürich' });
  await first.close();

  const second = await start(folder);
  expect(await news(second).get({ pk: 'hit', sk: '1' })).toEqual({ pk: 'hit', sk: '1', title: 'Zürich' });
});

it('closes at once, with a client still connected, and twice', async () => {
  const server = await start(temporaryFolder());
  await news(server).get({ pk: 'a', sk: 'b' });
  const before = performance.now();
  await server.close();
  await server.close();
  expect(performance.now() - before).toBeLessThan(2_000);
});

it('a folder in use is refused, and the first server goes on', async () => {
  const folder = temporaryFolder();
  const server = await start(folder);
  await expect(startDynamoDb({ folder })).rejects.toThrow(DataFolderBusy);
  await news(server).put({ pk: 'a', sk: 'b' });
});

it('a folder that cannot be one is told in a sentence', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const problem = await startDynamoDb({ folder: file }).catch((fault: unknown) => fault);
  expect(problem).toBeInstanceOf(HostProblem);
  expect(String(problem)).toBe(
    `Error: The database in ${file} cannot be opened: a file stands where a folder should be.`,
  );
});

it('a client that hangs up in the middle of a request harms nobody', async () => {
  const server = await start(null);
  const { hostname, port } = new URL(server.endpoint);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  await new Promise((sent) =>
    socket.write(
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 99\r\n\r\n{',
      sent,
    ),
  );
  socket.destroy();
  await news(server).put({ pk: 'a', sk: 'b' });
  expect(await news(server).get({ pk: 'a', sk: 'b' })).not.toBeNull();
});

it('pages cut by their limit hold nothing back: all items come once, page after page', async () => {
  const table = news(await start(temporaryFolder()));
  for (let n = 0; n < 12; n += 1) await table.put({ pk: 'state', sk: String(n).padStart(2, '0') });
  const first = await table.query({ pk: 'state', limit: 5 });
  const second = await table.query({ pk: 'state', limit: 5, after: first.next ?? expect.fail('there is more') });
  expect([...first.items, ...second.items].map(({ sk }) => Number(sk))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it('a disk that fails is an error to who writes, not the end of the process', async () => {
  const folder = temporaryFolder();
  const table = news(await start(folder));
  rmSync(folder, { recursive: true });
  // More than LevelDB holds back before it begins a new file, which has no folder now.
  const writes = async () => {
    for (let n = 0; n < 8; n += 1) await table.put({ pk: 'hit', sk: String(n), text: 'x'.repeat(300_000) });
  };
  await expect(writes()).rejects.toThrow('The database on this machine could not read or write its files');
});
