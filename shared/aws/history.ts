/** History in a bucket: an object for each addition, `DAY/HASH.jsonl.gz`. How long they stay is the bucket's lifecycle. */

import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { History } from '../world.ts';

/** @param endpoint null on AWS, where region and credentials come from the function's environment */
export function s3History(bucket: string, endpoint: string | null = null): History {
  let client: S3Client | null = null;
  return {
    async append(day, bytes) {
      // Loaded when first needed: most deployments keep no history, and a client costs a cold start.
      const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
      client ??= new S3Client(endpoint === null ? {} : { ...local, endpoint });
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: `${day}/${hash}.jsonl.gz`, Body: bytes }));
    },
  };
}

const local = {
  region: 'eu-west-2',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  forcePathStyle: true,
};
