/** Messages that wait when a host starts, as interrupted runs leave them. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openHost } from '../../../infra/local/host.ts';
import { listenOnLoopback } from '../../../infra/local/loopback.ts';
import { drainQueue } from '../../../infra/local/queue-poller.ts';
import { iso } from '../../../shared/time.ts';
import { readConfig } from '../../../shared/watch/read-config.ts';
import { rssOf } from './odd-publisher.ts';
import { temporaryFolder } from './temporary-folder.ts';

it('three messages of one shard that are handed out at once ask each feed once', async () => {
  const asked: string[] = [];
  const publisher = await listenOnLoopback(
    createServer(({ url = '' }, response) => {
      asked.push(url);
      response.end(rssOf('News'));
    }),
    0,
  );
  onTestFinished(() => publisher.close());
  const file = `deliver: {from: alerts@watchword.example, zone: UTC}
network: {allow: ['127.0.0.1:${publisher.port}']}
feeds: ['${publisher.url}/a', '${publisher.url}/b']
watches: [{watch: Padlocks}]
digests: [{digest: Brief, watches: [Padlocks], when: every day at 07:00}]
`;
  const read = readConfig(file, { file: 'watch.yaml', today: '2026-11-25', readFile: () => null });
  if ('problems' in read) throw new Error(read.problems.map(({ message }) => message).join());
  const clock = { now: Date.now };
  const log = { info() {}, error() {} };
  const options = { config: read.config, clock, log, webBase: 'http://127.0.0.1', smtpUrl: null };
  const host = await openHost({ ...options, data: join(temporaryFolder(), 'data') });
  onTestFinished(() => host.close());
  for (let n = 0; n < 3; n++) await host.handlers.ticks.dispatch({ time: iso(clock.now()), detail: {} });
  await drainQueue(host.workOf('poll'));
  expect(asked.sort()).toEqual(['/a', '/b']);
});
