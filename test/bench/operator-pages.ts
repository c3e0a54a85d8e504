/**
 * How long the operator's pages take where 50,000 hits are stored, over a database on disk, as on this machine: the first page
 * after a start, which begins to read them, and each page after that.
 * `npm run bench:pages [HITS]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { heardTable } from '../../infra/local/heard-table.ts';
import { hitIndex } from '../../infra/local/operator/hit-index.ts';
import { operatorPages } from '../../infra/local/operator/pages.ts';
import { tables } from '../../infra/topology.ts';
import { awsClients } from '../../shared/aws/clients.ts';
import { createTables } from '../../shared/aws/create-tables.ts';
import { dynamoTable } from '../../shared/aws/table.ts';
import { idOf } from '../../shared/id.ts';
import { limits } from '../../shared/limits.ts';
import { newsKeys } from '../../shared/store/keys.ts';
import { writeAll } from '../../shared/store/whole.ts';
import { MINUTE } from '../../shared/time.ts';
import type { Item } from '../../shared/world.ts';
import { phraseWatch, town } from '../simulation/small-town.ts';

const howMany = Number(process.argv[2] ?? 50_000);
const now = Date.UTC(2026, 10, 23, 12);
const watches = Array.from({ length: 25 }, (_, n) => phraseWatch(`Watch ${n}`, 'x'));
const config = { ...town, watches };

function storedHit(n: number): Item {
  const watch = watches[n % watches.length]?.id ?? '';
  const entry = idOf('entry', 'bench', String(n));
  const text = `The minister said that messages which are encrypted must be read on demand, and no. ${n} of them. `;
  return {
    ...newsKeys.hit(watch, entry),
    watch,
    entry,
    feed: `feed-${n % 200}`,
    outlet: `Outlet ${n % 200}`,
    title: { text: `Ministers press firms over encrypted chats, part ${n}`, marks: [[28, 37]] },
    link: `https://outlet-${n % 200}.example/${n}`,
    publishedAt: now - n * MINUTE,
    foundAt: now - n * MINUTE,
    excerpt: { text: text.repeat(3), marks: [[40, 49]] },
    reasons: [{ line: 'encryption~', field: 'title', text: 'encrypted' }],
  };
}

const folder = mkdtempSync(join(tmpdir(), 'watchword-bench-'));
const { endpoint, close } = await startDynamoDb({ folder });
await createTables(endpoint, tables);
const { dynamodb } = awsClients({ dynamodb: endpoint, sqs: '', ses: '' });
const news = heardTable(dynamoTable(dynamodb, 'news'));
for (let start = 0; start < howMany; start += 1_000) {
  const some = Array.from({ length: Math.min(1_000, howMany - start) }, (_, n) => ({ put: storedHit(start + n) }));
  await writeAll(news, some);
}

const hits = hitIndex(news, config, limits.hitsReadMsMax);
const pages = operatorPages({
  clock: { now: () => now },
  log: { info: () => {}, error: (event, fault) => console.error(event, fault) },
  news,
  people: dynamoTable(dynamodb, 'people'),
  config,
  hits,
  mails: () => [],
  mailBytes: async () => null,
});

async function ask(path: string): Promise<void> {
  const begun = performance.now();
  const answer = await pages.request(path, { headers: { host: '127.0.0.1' } });
  const { byteLength: length } = await answer.arrayBuffer();
  console.log(`${path.padEnd(52)} ${answer.status} ${Math.round(performance.now() - begun)} ms, ${length} bytes`);
}

console.log(`${howMany} hits`);
const begun = performance.now();
await ask('/hits');
while (!(await hits.isWhole()));
console.log(`all hits are known after ${Math.round(performance.now() - begun)} ms`);
for (const path of [
  '/hits',
  '/hits',
  '/hits?page=900',
  `/hits?watch=${watches[3]?.id}&from=2026-11-01`,
  '/hits?words=minister+demand+chats',
  '/',
  '/figures?days=90',
  '/figures?days=90',
  `/hits.rss?watch=${watches[3]?.id}`,
  '/hits.csv',
]) {
  await ask(path);
}
console.log(`${Math.round(process.memoryUsage().rss / 1e6)} MB resident`);
dynamodb.destroy();
await close();
rmSync(folder, { recursive: true });
