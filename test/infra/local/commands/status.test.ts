/** `watchword status` and `redrive` on this machine, between two runs and while a host is running. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataFolder } from '../../../../infra/local/data-folder.ts';
import { startSqs } from '../../../../infra/local/sqs.ts';
import { queues } from '../../../../infra/topology.ts';
import { sqsClient } from '../../../../shared/aws/clients.ts';
import { createQueues } from '../../../../shared/aws/create-queues.ts';
import { sqsQueue } from '../../../../shared/aws/queue.ts';
import { type Folder, openFolder } from '../folder.ts';

let folder: Folder;
const watchFile = `deliver: {from: 'Watchword <alerts@watchword.example>', zone: UTC}
network: {allow: ['127.0.0.1:9']}
feeds: [{url: 'http://127.0.0.1:9/feed', name: Nobody}]
watches: [{watch: Encryption, any: [encryption~], noisy: ok}]
digests: [{digest: Brief, watches: [Encryption], when: every day at 07:00, to: [press@reader.example]}]
`;

beforeAll(async () => {
  folder = await openFolder();
  await folder.write('watch.yaml', watchFile);
}, 30_000);

afterAll(() => folder.remove());

/** Something that failed for good in a run of yesterday. */
async function park(body: string): Promise<void> {
  const { endpoint, close } = await startSqs({ folder: join(folder.path, '.watchword', 'queues') });
  const sqs = sqsClient(endpoint);
  const { poll } = await createQueues(endpoint, queues);
  await sqsQueue(sqs, poll.deadLettersUrl).send([{ body }]);
  sqs.destroy();
  await close();
}

describe('watchword status', { timeout: 30_000 }, () => {
  it('makes nothing where nothing was kept yet', async () => {
    const { code, out } = await folder.run('status');
    expect(code).toBe(0);
    expect(out).toContain('Watchword on this machine, where nothing is kept yet.');
    expect(out).toContain('1 feed: 1 not looked at yet.');
    expect(existsSync(join(folder.path, '.watchword'))).toBe(false);
  });

  it('tells after a run what came of it, and what is parked; redrive gives it back', async () => {
    await folder.run('run', '--json');
    await park('what nobody could read');
    const told = JSON.parse((await folder.run('status', '--json')).out);
    expect(told).toMatchObject({
      feeds: { failing: 1 },
      lastLook: { read: 0, unchanged: 0, failed: 1, missed: 0 },
      digests: [{ digest: 'Brief', isOwn: true, waiting: 0 }],
      deadLetters: expect.arrayContaining([{ queue: 'poll', parked: 1, oldestAt: expect.stringMatching(/^20/) }]),
    });
    expect((await folder.run('redrive', '--dry-run')).out).toContain('poll: 1 message would be given back');
    expect((await folder.run('redrive')).out).toContain('poll: 1 message given back');
    const after = JSON.parse((await folder.run('status', '--json')).out);
    expect(after.queues[0]).toMatchObject({ queue: 'poll', waiting: 1 });
    expect(after.deadLetters[0]).toEqual({ queue: 'poll', parked: 0, oldestAt: null });
  });

  it('says where else to look while a host has the data', async () => {
    const held = await openDataFolder(join(folder.path, '.watchword'));
    const { code, err } = await folder.run('status');
    await held.close();
    expect(code).toBe(1);
    expect(err).toMatch(/^Another Watchword \(process \d+\) is using the data/);
  });
});
