/** `watchword status` and `redrive` on this machine, between two runs and while a host is running. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../../../infra/local/command.ts';
import { redrive } from '../../../../infra/local/commands/redrive.ts';
import { run } from '../../../../infra/local/commands/run.ts';
import { status } from '../../../../infra/local/commands/status.ts';
import { openDataFolder } from '../../../../infra/local/data-folder.ts';
import { openStored } from '../../../../infra/local/stored.ts';
import { sqsQueue } from '../../../../shared/aws/queue.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchword-status-'));
const data = join(folder, 'data');
const watch = join(folder, 'watch.yaml');

beforeAll(() =>
  writeFileSync(
    watch,
    `deliver: {from: 'Watchword <alerts@watchword.example>', zone: UTC}
network: {allow: ['127.0.0.1:9']}
feeds: [{url: 'http://127.0.0.1:9/feed', name: Nobody}]
watches: [{watch: Encryption, any: [encryption~], noisy: ok}]
digests: [{digest: Brief, watches: [Encryption], when: every day at 07:00, to: [press@reader.example]}]
`,
  ),
);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function say(command: Command, ...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const terminal = {
    out: (line: string) => lines.push(line),
    err: (line: string) => lines.push(line),
    interactive: false,
  };
  expect(await command.run(['--watch', watch, '--data', data, ...args], terminal)).toBe(0);
  return lines.join('\n');
}

/** Something that failed for good in a run of yesterday. */
async function park(body: string): Promise<void> {
  const { sqs, queues, close } = await openStored({ data }, {});
  await sqsQueue(sqs, queues.poll?.deadLettersUrl ?? '').send([{ body }]);
  await close();
}

describe('watchword status', { timeout: 30_000 }, () => {
  it('makes nothing where nothing was kept yet', async () => {
    const said = await say(status);
    expect(said).toContain('Watchword on this machine, where nothing is kept yet.');
    expect(said).toContain('1 feed: 1 not looked at yet.');
    expect(existsSync(data)).toBe(false);
  });

  it('tells after a run what came of it, and what is parked; redrive gives it back', async () => {
    await say(run, '--json');
    await park('what nobody could read');
    expect(JSON.parse(await say(status, '--json'))).toMatchObject({
      feeds: { failing: 1 },
      lastLook: { read: 0, unchanged: 0, failed: 1, missed: 0 },
      digests: [{ digest: 'Brief', isOwn: true, waiting: 0 }],
      deadLetters: expect.arrayContaining([{ queue: 'poll', parked: 1, oldestAt: expect.stringMatching(/^20/) }]),
    });
    expect(await say(redrive, '--dry-run')).toContain('poll: 1 message would be given back');
    expect(await say(redrive)).toContain('poll: 1 message given back');
    const after = JSON.parse(await say(status, '--json'));
    expect(after.queues[0]).toMatchObject({ queue: 'poll', waiting: 1 });
    expect(after.deadLetters[0]).toEqual({ queue: 'poll', parked: 0, oldestAt: null });
  });

  it('says where else to look while a host has the data', async () => {
    const held = await openDataFolder(data);
    await expect(say(status)).rejects.toThrow(/^Another Watchword \(process \d+\) is using the data.*While it runs/);
    await held.close();
  });
});
