/**
 * What a look costs on the line: CPU and bytes of `fetchFeed` over TLS to publishers on loopback, handshake and all. As a
 * process of its own, with the publishers in another, so that their work is not counted.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Line } from '../../../infra/cost/measured.ts';
import { createMeter, meterNetwork } from '../../../infra/cost/meter.ts';
import { functions } from '../../../infra/topology.ts';
import type { Validators } from '../../../shared/feed/outcome.ts';
import { fetchFeed } from '../../../shared/fetch/fetch-feed.ts';
import { eachHostInTurn } from '../../../shared/fetch/host-turns.ts';
import { createHttp } from '../../../shared/fetch/http.ts';
import { publishersOf } from '../poll/publishers.ts';
import { networkOf } from '../poll/shard.ts';

/** `unchanged`: publishers answer 304. `again`: they send the same document again. */
export type Answers = 'unchanged' | 'again';

const passes = 4;

/** @param looks in one pass, of which the first is not counted */
export async function lineOf(answers: Answers, looks = 400): Promise<Line> {
  const always = answers === 'again' ? ['always'] : [];
  const origin = fork(new URL('../poll/origin.ts', import.meta.url), [String(looks), 'https', ...always]);
  try {
    const [port] = (await once(origin, 'message')) as [number];
    const asker = fork(import.meta.filename, [String(looks), String(port)], {
      execArgv: [`--max-heap-size=${functions.poll.memoryMb / 2}`],
    });
    return await lineFrom(asker);
  } finally {
    origin.disconnect();
  }
}

async function lineFrom(asker: ChildProcess): Promise<Line> {
  const ended = once(asker, 'exit').then(() => [null]);
  const [line] = (await Promise.race([once(asker, 'message'), ended])) as [Line | null];
  if (line === null) throw new Error('the asker ended without figures');
  return line;
}

if (process.send !== undefined && process.argv[1] === import.meta.filename) {
  const [count, port] = process.argv.slice(2, 4).map(Number) as [number, number];
  process.send(await asked(count, port));
  process.disconnect();
}

async function asked(count: number, port: number): Promise<Line> {
  const meter = createMeter();
  const publishers = publishersOf(count);
  const clock = { now: () => Date.now() };
  const http = createHttp({ allow: [], clock, network: meterNetwork(networkOf(publishers, port), meter) });
  const known = new Map<string, { validators: Validators | null; bodyHash: string }>();
  const feeds = publishers
    .filter(({ answerMs }) => answerMs !== null)
    .map(({ host }) => ({ url: `https://${host}/news/feed.xml` }));
  let cpu = process.cpuUsage();
  for (let pass = 0; pass < passes; pass += 1) {
    if (pass === 1) {
      meter.reset();
      cpu = process.cpuUsage();
    }
    const { faults } = await eachHostInTurn(
      http,
      feeds,
      () => true,
      async (feed, grouped) => {
        const last = known.get(feed.url) ?? { validators: null, bodyHash: null };
        const outcome = await fetchFeed({ http: grouped, clock }, feed, last);
        if (outcome.kind === 'failed') throw new Error(outcome.detail);
        if (outcome.kind === 'read') known.set(feed.url, outcome);
      },
    );
    if (faults.length > 0) throw new Error(`${faults.length} looks failed`, { cause: faults[0]?.fault });
  }
  const { user, system } = process.cpuUsage(cpu);
  http.close();
  const looks = feeds.length * (passes - 1);
  const { sentBytes = 0, sentPackets = 0, receivedBytes = 0, connections } = meter.counts();
  if (connections !== looks) throw new Error(`${connections} lines for ${looks} looks`);
  return {
    cpuMs: (user + system) / 1_000 / looks,
    sentBytes: sentBytes / looks,
    sentPackets: sentPackets / looks,
    receivedBytes: receivedBytes / looks,
  };
}
