import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { historyFiles } from '../../infra/local/history-files.ts';
import { startSqs } from '../../infra/local/sqs.ts';
import { s3History } from '../../shared/aws/history.ts';
import { memoryHistory } from '../simulation/memory-history.ts';
import { historyConforms } from './history.ts';

historyConforms('in memory', async () => {
  const history = memoryHistory();
  return { history, bytesOf: async (day) => history.days.get(day) ?? [], close: async () => {} };
});

historyConforms('files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'watchword-history-'));
  return {
    history: historyFiles(join(folder, 'history'), 30, { info() {}, error() {} }),
    bytesOf: async (day) => [await readFile(join(folder, 'history', `${day}.jsonl.gz`))],
    close: () => rm(folder, { recursive: true }),
  };
});

// The embedded server that plays SQS plays S3 as well.
historyConforms('S3, embedded', async () => {
  const server = await startSqs({ folder: null });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new S3Client({ endpoint: server.endpoint, region: 'eu-west-2', credentials, forcePathStyle: true });
  const Bucket = 'history';
  await client.send(new CreateBucketCommand({ Bucket }));
  return {
    history: s3History(Bucket, server.endpoint),
    async bytesOf(day) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: `${day}/` }));
      return Promise.all(
        Contents.map(async ({ Key }) => {
          const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
          return (await Body?.transformToByteArray()) ?? new Uint8Array();
        }),
      );
    },
    async close() {
      client.destroy();
      await server.close();
    },
  };
});
