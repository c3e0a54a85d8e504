/**
 * SQS inside this process: fauxqs, on disk through SQLite. Its own start function listens on every interface of the
 * machine, so its parts are put together here and listen on this machine alone. It exports the app but neither store nor
 * persistence, hence the look inside; the version is pinned.
 */

import type { AddressInfo } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { buildApp } from 'fauxqs';
import { diskProblem } from './host-problem.ts';

export interface EmbeddedSqs {
  readonly endpoint: string;
  close(): Promise<void>;
}

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;
type Persistence = NonNullable<Stores['sqsStore']['persistence']>;

/**
 * A message that was taken is on disk. Only one process may use a folder: SQLite lets in a second, which would hand out
 * the same messages, so the lock of the data folder must be held.
 *
 * @param options.folder where SQLite keeps its file, made when missing; null keeps all in memory
 * @throws HostProblem when the folder cannot be used
 */
export async function startSqs(options: { folder: string | null }): Promise<EmbeddedSqs> {
  const { stores, persistence } = await openStores(options.folder);
  const app = buildApp({ logger: false, stores });
  // Last of all: a waiting receive that is ended by the close still looks at its queue.
  app.addHook('onClose', async () => persistence?.close());
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      await app.close();
    },
  };
}

async function openStores(folder: string | null): Promise<{ stores: Stores; persistence: Persistence | null }> {
  const [{ SqsStore }, { SnsStore }, { S3Store }, { PersistenceManager }] = (await Promise.all(
    ['./sqs/sqsStore.js', './sns/snsStore.js', './s3/s3Store.js', './persistence.js'].map(inside),
  )) as [
    { SqsStore: new () => Stores['sqsStore'] },
    { SnsStore: new () => Stores['snsStore'] },
    { S3Store: new () => Stores['s3Store'] },
    { PersistenceManager: new (folder: string) => Persistence },
  ];
  const stores: Stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  if (folder === null) return { stores, persistence: null };
  try {
    const persistence = new PersistenceManager(folder);
    // As everything on this machine: what was taken outlives the process, not a power cut. A wait for the disk at each
    // message would be most of the work of an issue for thousands.
    (Reflect.get(persistence, 'db') as DatabaseSync).exec('PRAGMA synchronous = NORMAL');
    persistence.loadSqsAndSns(stores.sqsStore, stores.snsStore);
    // Only now: while loading, each queue would write itself again and, by a cascade, delete its messages.
    stores.sqsStore.persistence = persistence;
    for (const queue of stores.sqsStore.allQueues()) {
      queue.persistence = persistence;
      // Whoever had taken a message died with the process before this one: it need not stay hidden from everybody else.
      for (const taken of queue.inflightMessages.values()) taken.visibilityDeadline = 0;
    }
    return { stores, persistence };
  } catch (fault) {
    throw diskProblem(`The queues in ${folder} cannot be opened`, fault);
  }
}

function inside(file: string): Promise<unknown> {
  return import(new URL(file, import.meta.resolve('fauxqs')).href);
}
