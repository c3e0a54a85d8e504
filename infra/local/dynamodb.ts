/**
 * DynamoDB inside this process: dynalite, on disk through LevelDB. Three of its habits would hurt a host that runs for
 * weeks, and are put right here at its seam to LevelDB: a Query that stops at its limit never closes its cursor, whose
 * snapshot then stays in memory; a fault of the disk is thrown where nobody can catch it; so is a client that hangs up.
 */

import type { Server } from 'node:http';
import dynalite from 'dynalite';
import stores, { type Callback, type Cursor, type Level } from 'dynalite/db/index.js';
import { assert } from '../../shared/assert.ts';
import { codeOf, DataFolderBusy, diskProblem } from './host-problem.ts';
import { listenOnLoopback } from './loopback.ts';

export interface EmbeddedDynamoDb {
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * What is acknowledged has reached the operating system: it outlives `kill -9`, though not a power cut.
 *
 * @param options.folder where LevelDB keeps its files, made when missing; null keeps all in memory
 * @throws DataFolderBusy when another process has the folder
 * @throws HostProblem when the folder cannot be used
 */
export async function startDynamoDb(options: { folder: string | null }): Promise<EmbeddedDynamoDb> {
  const { server, level } = assemble(options.folder);
  await open(level, options.folder);
  closeCursors(level);
  answerFaults(level);
  makeTablesAtOnce(level);
  // Runs after dynalite's own listener, which throws what it hears. With nobody listening, Node lets a hang-up pass.
  server.on('request', (request) => void request.removeAllListeners('error'));
  const { url, close } = await listenOnLoopback(server, 0);
  return { endpoint: url, close };
}

/** dynalite keeps its store to itself; it asks this function for it, so for a moment we listen in. */
function assemble(folder: string | null): { server: Server; level: Level } {
  const create = stores.create;
  const opened: Level[] = [];
  stores.create = (options) => {
    const store = create(options);
    opened.push(store.db);
    return store;
  };
  try {
    const server = dynalite({ createTableMs: 0, ...(folder !== null && { path: folder }) });
    const [level] = opened;
    assert(level, 'dynalite opens one store');
    return { server, level };
  } finally {
    stores.create = create;
  }
}

/** LevelDB opens by itself at the first use; asked to now, it says at once when it cannot. */
async function open(level: Level, folder: string | null): Promise<void> {
  try {
    await level.open({ cacheSize: 2_000_000, writeBufferSize: 1_000_000 });
  } catch (fault) {
    const cause = fault instanceof Error ? (fault.cause ?? fault) : fault;
    if (codeOf(cause) === 'LEVEL_LOCKED') {
      throw new DataFolderBusy(`The database in ${folder} is in use by another process: stop that first.`, { cause });
    }
    throw diskProblem(`The database in ${folder} cannot be opened`, cause);
  }
}

/** A cursor at its end, or that dynalite is done with, gives its snapshot back. */
function closeCursors(level: Level): void {
  const closing = (cursor: Cursor): Cursor => ({
    async next() {
      const value = await cursor.next();
      if (value === undefined) await cursor.close();
      return value;
    },
    close: () => cursor.close(),
    return: () => cursor.close(),
  });
  const keys = level.keys.bind(level);
  const values = level.values.bind(level);
  level.keys = (range) => closing(keys(range));
  level.values = (range) => closing(values(range));
}

/** dynalite answers a fault that carries an answer, and throws any other. */
function answerFaults(level: Level): void {
  const answering =
    (callback: Callback): Callback =>
    (fault, value) =>
      callback(fault ? Object.assign(fault, internalServerError) : fault, value);
  const put = level.put.bind(level);
  const del = level.del.bind(level);
  const batch = level.batch.bind(level);
  level.put = (key, value, callback) => put(key, value, answering(callback));
  level.get = (key, callback) => readAtOnce(level, key, answering(callback));
  level.del = (key, callback) => del(key, answering(callback));
  level.batch = (operations, callback) => batch(operations, answering(callback));
}

/** What LevelDB has in memory is read sooner than a thread that reads it is woken, and nearly all that we ask for is. */
function readAtOnce(level: Level, key: string, callback: Callback): void {
  let fault: Error | null = null;
  let value: unknown;
  try {
    value = level.getSync(key);
  } catch (thrown) {
    fault = thrown instanceof Error ? thrown : new Error(String(thrown));
  }
  process.nextTick(callback, fault, value);
}

/** dynalite makes a table in two writes; a process that dies between them would leave one that is never finished. */
function makeTablesAtOnce(level: Level): void {
  const put = level.put.bind(level);
  level.put = (key, value, callback) =>
    put(key, isBeingMade(key, value) ? { ...value, TableStatus: 'ACTIVE' } : value, callback);
}

function isBeingMade(key: string, value: unknown): value is { readonly TableStatus: 'CREATING' } {
  return key.startsWith('table~') && Object(value).TableStatus === 'CREATING';
}

const internalServerError = {
  statusCode: 500,
  body: {
    __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
    message: 'The database on this machine could not read or write its files',
  },
};
