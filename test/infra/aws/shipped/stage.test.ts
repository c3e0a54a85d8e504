/** The commands of an operator, held against a deployment: found by the name of its stage, through the endpoint variables. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Command } from '../../../../infra/local/command.ts';
import { explain } from '../../../../infra/local/commands/explain.ts';
import { keys } from '../../../../infra/local/commands/keys.ts';
import { redrive } from '../../../../infra/local/commands/redrive.ts';
import { run } from '../../../../infra/local/commands/run.ts';
import { status } from '../../../../infra/local/commands/status.ts';
import { subscribers } from '../../../../infra/local/commands/subscribers.ts';
import { HostProblem } from '../../../../infra/local/host-problem.ts';
import type { Listening } from '../../../../infra/local/loopback.ts';
import { serveSeeds } from '../../../../infra/local/seed-server.ts';
import { seedsPort } from '../../../../infra/local/seeds-config.ts';
import { sqsQueue } from '../../../../shared/aws/queue.ts';
import { type ControlPlane, serveControlPlane } from './control-plane.ts';
import { type Deployment, deployHere } from './deployment.ts';

let folder: string;
let feeds: Listening;
let here: Deployment;
let plane: ControlPlane;
let watchFile: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watchword-stage-'));
  feeds = await serveSeeds({ port: 0, edition: () => 1, clock: Date.now });
  here = await deployHere(folder, feeds.port);
  plane = await serveControlPlane('watchword-prod', here.outputs, here.byId);
  watchFile = join(folder, 'watch.yaml');
  writeFileSync(watchFile, readFileSync('seeds/watch.yaml', 'utf8').replaceAll(`:${seedsPort}`, `:${feeds.port}`));
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_EC2_METADATA_DISABLED: 'true' };
  for (const [name, value] of Object.entries({ ...here.account.endpoints, ...plane.endpoints, ...credentials })) {
    vi.stubEnv(name, value);
  }
}, 120_000); // A synth with six bundles, on a busy machine.

afterAll(async () => {
  vi.unstubAllEnvs();
  await plane?.close();
  await here?.close();
  await feeds?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a command says of the stage, and its exit code; of a fault that is a sentence, the sentence. */
async function say(command: Command, ...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), interactive: false };
  const whole = ['--watch', watchFile, '--region', 'eu-west-2', ...args];
  const code = await command.run(whole, terminal).catch((fault: unknown) => {
    if (!(fault instanceof HostProblem)) throw fault;
    err.push(fault.message);
    return 1;
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const statusOfStage = async () => JSON.parse((await say(status, '--stage', 'prod', '--json')).out);

describe('an operator of a deployment', { timeout: 60_000 }, () => {
  it('is told of one that did nothing yet that it did nothing yet', async () => {
    const { code, out } = await say(status, '--stage', 'prod');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'Watchword on stage prod in eu-west-2. Times in Europe/London.',
      '10 feeds: 10 not looked at yet.',
      'No look within a day.',
      'Attack desk: at once, nothing waits; no mail lately.',
      expect.stringMatching(/^Policy brief: next .*, nothing waits; no mail lately\.$/),
      expect.stringMatching(/^Tokyo desk: next /),
      'Queues: poll 0 waiting, 0 in work; deliver 0 waiting, 0 in work; notices 0 waiting, 0 in work.',
      'No dead letters.',
    ]);
  });

  it('runs a pass: dispatch, and when all feeds were looked at, digest', async () => {
    const polling = handOut(() => here.drain('poll'));
    const { code, out, err } = await say(run, '--stage', 'prod');
    await polling.stop();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Looked at 10 feeds: \d+ read, 0 unchanged, \d failing\./);
    await expect.poll(delivered, { timeout: 20_000, interval: 250 }).toBe(3);
  });

  it('sees then what came of it: feeds, mails by state, queues', async () => {
    const found = await statusOfStage();
    expect(Object.values(found.feeds as Record<string, number>).reduce((sum, some) => sum + some)).toBe(10);
    expect(found.lastLook).toMatchObject({ tickAt: expect.stringMatching(/^20/), missed: 0 });
    expect(found.digests).toHaveLength(3);
    for (const { lastIssue, waiting } of found.digests) {
      expect(lastIssue).toMatchObject({ number: 1, finished: true, deliveries: { SENT: 1 } });
      expect(waiting).toBe(0);
    }
    expect(found.digests[0]).toMatchObject({ digest: 'Attack desk', isOwn: true, nextAt: null });
    expect(found.digests[0].lastIssue.hits).toBeGreaterThan(0);
    expect(found.queues.map(({ queue, waiting }: { queue: string; waiting: number }) => [queue, waiting])).toEqual([
      ['poll', 0],
      ['deliver', 0],
      ['notices', 0],
    ]);
  });

  it('learns why an article was told, and that another was not found', async () => {
    const told = await say(explain, '--stage', 'prod', '--entry', 'thornmouth');
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/^ {2}.+: .+ in the (?:headline|text).*; found /m);
    expect(told.out).toMatch(/^ {4}(?:Attack desk|Policy brief): told$/m);
    const none = await say(explain, '--stage', 'prod', '--entry', 'no such headline anywhere');
    expect(none.code).toBe(1);
    expect(none.err).toContain('No watch found “no such headline anywhere” in stage prod in eu-west-2');
  });

  it('sees who gets what, adds and ends by a word, and knows which key signs', async () => {
    const listed = async () => {
      const { out } = await say(subscribers, '--stage', 'prod', '--json');
      return out.split('\n').map((line) => JSON.parse(line) as { address: string; digest: string; state: string });
    };
    expect((await listed()).map(({ address, digest }) => `${address}: ${digest}`).toSorted()).toEqual([
      'policy@example.org: Policy brief',
      'press-office@example.org: Attack desk',
      'tokyo@example.org: Tokyo desk',
    ]);
    const of = async (word: keyof NonNullable<Command['subcommands']>, ...args: readonly string[]) => {
      const command = await subscribers.subcommands?.[word]?.();
      if (command === undefined) throw new Error(`no command ${word}`);
      return say(command, ...args, '--stage', 'prod');
    };
    expect(await of('add', 'duty@example.org', '--digest', 'Attack desk')).toMatchObject({ code: 0, err: '' });
    expect(await listed()).toContainEqual(expect.objectContaining({ address: 'duty@example.org', state: 'confirmed' }));
    expect(await of('remove', 'duty@example.org')).toMatchObject({ code: 0, err: '' });
    expect(await listed()).toContainEqual(
      expect.objectContaining({ address: 'duty@example.org', state: 'unsubscribed' }),
    );
    const key: string[] = [];
    const terminal = { out: (line: string) => key.push(line), err: () => {}, interactive: false };
    expect(await keys.run(['--stage', 'prod', '--region', 'eu-west-2'], terminal)).toBe(0);
    expect(key).toEqual(['Links are signed with key 1.']);
  });

  it('finds a dead letter, counts it dry, and gives it back to its queue', async () => {
    const { sqs } = here.account.clients;
    await sqsQueue(sqs, here.outputs.NoticesDeadLettersUrl ?? '').send([{ body: 'one' }, { body: 'two' }]);
    await sqsQueue(sqs, here.outputs.TicksDeadLettersUrl ?? '').send([{ body: '{}' }]);
    const text = await say(status, '--stage', 'prod');
    expect(text.out).toMatch(/^Dead letters: notices 2 \(the oldest of .+\); ticks 1 \(the oldest of .+\)\./m);

    const dry = await say(redrive, '--stage', 'prod', '--dry-run');
    expect(dry.out.split('\n')).toEqual([
      'poll: no dead letters',
      'deliver: no dead letters',
      'notices: 2 messages would be given back',
      'ticks: 1 message would be thrown away',
    ]);
    expect((await statusOfStage()).queues.at(-1)).toMatchObject({ queue: 'notices', waiting: 0 });

    const done = await say(redrive, 'notices', '--stage', 'prod');
    expect(done).toEqual({ code: 0, out: 'notices: 2 messages given back', err: '' });
    const after = await statusOfStage();
    expect(after.queues.at(-1)).toMatchObject({ queue: 'notices', waiting: 2 });
    expect(after.deadLetters).toContainEqual({ queue: 'notices', parked: 0, oldestAt: null });
    expect((await say(redrive, '--stage', 'prod')).out).toContain('ticks: 1 message thrown away');
    await expect(say(redrive, 'notes', '--stage', 'prod')).rejects.toThrow(/There is no queue “notes”/);
  });

  it('is told in a sentence what keeps AWS from being reached', async () => {
    const problem = async (...args: readonly string[]) => {
      const { code, out, err } = await say(status, ...args);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      return err;
    };
    expect(await problem('--stage', 'trial')).toBe(
      'There is no stack watchword-trial in eu-west-2: deploy it, or name another --stage or --region.',
    );
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', 'http://127.0.0.1:9');
    expect(await problem('--stage', 'prod')).toBe('AWS is not reached (ECONNREFUSED).');
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
    vi.stubEnv('AWS_PROFILE', 'nobody');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'none'));
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'none'));
    expect(await problem('--stage', 'prod')).toMatch(/^No AWS credentials were found: sign in/);
  });
});

/** Plays the event source mapping while a command waits for what comes of it. */
function handOut(drain: () => Promise<unknown>) {
  let open = true;
  const loop = async () => {
    while (open) {
      await drain();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const running = loop();
  return {
    stop() {
      open = false;
      return running;
    },
  };
}

async function delivered(): Promise<number> {
  await here.drain('deliver');
  return here.account.ses.sent().length;
}
