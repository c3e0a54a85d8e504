/**
 * One shard through the real handler of the poll, as a process of its own: a first pass in which every feed is new, and a
 * second one in which none has changed. Tells its figures to the process that started it.
 */
import net from 'node:net';
import { writeJob } from '../../../functions/job.ts';
import * as poll from '../../../functions/poll.ts';
import { createHttp } from '../../../shared/fetch/http.ts';
import type { Network } from '../../../shared/fetch/network.ts';
import { SliceMemory } from '../../../shared/fetch/slice-memory.ts';
import { idOf } from '../../../shared/id.ts';
import { SECOND } from '../../../shared/time.ts';
import type { Feed } from '../../../shared/watch/config.ts';
import { matcherOf } from '../../../shared/watch/match.ts';
import { pollConfig } from '../../../shared/watch/poll-config.ts';
import type { GroupedHttp, Log, Table } from '../../../shared/world.ts';
import { authority } from '../../fetch/small-internet.ts';
import { memoryTable } from '../../simulation/memory-table.ts';
import { town } from '../../simulation/small-town.ts';
import { diceOf, shuffled } from '../match/dice.ts';
import { type Publisher, publishersOf } from './publishers.ts';

export interface Pass {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Of the process since it began. */
  readonly peakMb: number;
  readonly inFlightMost: number;
  /** Milliseconds of each look that was answered, in rising order. */
  readonly looksMs: readonly number[];
  readonly counts: Readonly<Record<'read' | 'unchanged' | 'failed' | 'missed', number>>;
  readonly writes: number;
}

export const orders = ['as listed', 'slowest first', 'slowest last'] as const;
export type Order = (typeof orders)[number];

if (process.send !== undefined && process.argv[1] === import.meta.filename) {
  const [count, port] = process.argv.slice(2, 4).map(Number) as [number, number];
  const [scheme, order] = process.argv.slice(4) as ['http' | 'https', Order];
  process.send(await passesOf(count, port, scheme, order));
  process.disconnect();
}

async function passesOf(count: number, port: number, scheme: 'http' | 'https', order: Order): Promise<readonly Pass[]> {
  const publishers = publishersOf(count);
  const feeds = inOrder(publishers, order).map(({ host }): Feed => {
    const url = `${scheme}://${host}/feed`;
    return { ...town.feeds[0]!, id: idOf('feed', url), url, name: host };
  });
  const clock = { now: () => Date.now() };
  const gate = createHttp({ allow: [], clock, network: networkOf(publishers, port) });
  const looks = timed(gate);
  const news = counted(memoryTable());
  let told: Record<string, unknown> = {};
  const log: Log = {
    info(_, fields = {}) {
      told = fields;
    },
    error: (_, fault) => console.error(fault),
  };
  const matcher = matcherOf(town.watches);
  const config = pollConfig({ ...town, feeds });
  const slices = new SliceMemory();
  const ports = { clock, log, http: looks.http, news: news.table, history: null };
  const handler = poll.serve({ ...ports, config, matcher, slices });

  const passes: Pass[] = [];
  for (let pass = 0; pass < 2; pass += 1) {
    looks.reset();
    news.reset();
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const job = { kind: 'poll', shard: 0, shards: 1, tickAt: Date.now(), whole: true } as const;
    const record = { messageId: 'm', body: writeJob(job), attributes: { ApproximateReceiveCount: '1' } };
    await handler({ Records: [record] } as never, {
      awsRequestId: 'bench',
      getRemainingTimeInMillis: () => 60 * SECOND,
    });
    const { user, system } = process.cpuUsage(cpu);
    passes.push({
      wallSeconds: (performance.now() - began) / 1_000,
      cpuSeconds: (user + system) / 1e6,
      peakMb: process.resourceUsage().maxRSS / 1_024,
      inFlightMost: looks.inFlightMost(),
      looksMs: looks.answered().sort((a, b) => a - b),
      counts: told as Pass['counts'],
      writes: news.writes(),
    });
  }
  gate.close();
  return passes;
}

function inOrder(publishers: readonly Publisher[], order: Order): readonly Publisher[] {
  const slowest = publishers.toSorted((a, b) => (b.answerMs ?? 1e9) - (a.answerMs ?? 1e9));
  if (order === 'slowest first') return slowest;
  return order === 'slowest last' ? slowest.toReversed() : shuffled(publishers, diceOf(1));
}

/** Every name has an address that anybody might reach; every line ends at the one server on loopback. */
export function networkOf(publishers: readonly Publisher[], port: number): Network {
  const addresses = new Map(publishers.map(({ host, address }) => [host, address]));
  return {
    authorities: [authority],
    addressesOf: async (name, family) => (family === 4 ? [addresses.get(name)!] : []),
    connect(address) {
      const socket = net.connect({ host: '127.0.0.1', port });
      Object.defineProperty(socket, 'remoteAddress', { value: address });
      return socket;
    },
  };
}

/** The gate, with what it was asked. */
function timed(http: GroupedHttp) {
  let inFlight = 0;
  let most = 0;
  let answered: number[] = [];
  return {
    http: {
      hangUp: (group) => http.hangUp(group),
      async get(request) {
        inFlight += 1;
        most = Math.max(most, inFlight);
        const began = performance.now();
        const answer = await http.get(request);
        inFlight -= 1;
        if (answer.kind === 'answer') answered.push(performance.now() - began);
        return answer;
      },
    } satisfies GroupedHttp,
    inFlightMost: () => most,
    answered: () => answered,
    reset() {
      most = 0;
      answered = [];
    },
  };
}

/** A table, with how many items were put into it or deleted. */
function counted(table: Table) {
  let writes = 0;
  return {
    table: {
      ...table,
      put(item) {
        writes += 1;
        return table.put(item);
      },
      putIf(item, condition) {
        writes += 1;
        return table.putIf(item, condition);
      },
      delete(key) {
        writes += 1;
        return table.delete(key);
      },
      batchWrite(batch) {
        writes += batch.length;
        return table.batchWrite(batch);
      },
    } satisfies Table,
    writes: () => writes,
    reset() {
      writes = 0;
    },
  };
}
