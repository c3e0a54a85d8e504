/**
 * A world in which everything is in memory, time stands still unless told, and a process can die at any port call: what it
 * had done by then stays done, and nothing it would have done later happens.
 */
import * as deliver from '../../functions/deliver.ts';
import * as digest from '../../functions/digest.ts';
import * as dispatch from '../../functions/dispatch.ts';
import * as feedback from '../../functions/feedback.ts';
import type { TickEvent } from '../../functions/lambda.ts';
import * as poll from '../../functions/poll.ts';
import { SliceMemory } from '../../shared/fetch/slice-memory.ts';
import { issuesOf } from '../../shared/store/issues.ts';
import { type Instant, iso, MINUTE, SECOND } from '../../shared/time.ts';
import type { Config } from '../../shared/watch/config.ts';
import { matcherOf } from '../../shared/watch/match.ts';
import { pollConfig } from '../../shared/watch/poll-config.ts';
import { memoryHistory } from './memory-history.ts';
import { memoryMailer } from './memory-mailer.ts';
import { type MemoryQueue, memoryQueue } from './memory-queue.ts';
import { memoryTable } from './memory-table.ts';
import { memoryOrigin } from './origin.ts';
import { testKeys } from './test-keys.ts';

/** Kills the process at its `call`-th port call, counted from 1: before the call has its effect, or right after. */
export interface Death {
  readonly call: number;
  readonly moment: 'before' | 'after';
}

/** What somebody else does right before the process makes its `call`-th port call; told which one that is. */
export interface Meanwhile {
  readonly call: number;
  readonly act: (port: string, args: readonly unknown[]) => Promise<void>;
}

export class Died extends Error {}

export interface Told {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function simulate(config: Config, startAt: Instant, pageItemsMax?: number) {
  let now = startAt;
  const clock = { now: () => now };
  const news = memoryTable(pageItemsMax);
  const people = memoryTable(pageItemsMax);
  const history = memoryHistory();
  const origin = memoryOrigin();
  const mailer = memoryMailer();
  const told: Told[] = [];
  const log = {
    info: (event: string, fields = {}) => void told.push({ event, fields }),
    error: (event: string, fault: unknown, fields = {}) => void told.push({ event, fields: { ...fields, fault } }),
  };
  const queues = { poll: memoryQueue(clock), deliver: memoryQueue(clock), notices: memoryQueue(clock) };
  const matcher = matcherOf(config.watches);

  /** Every handler as a process of its own that shares one count of port calls. */
  function processes(death: Death | null, meanwhile: Meanwhile | null = null) {
    let calls = 0;
    let dead = false;
    const mortal = <Port extends object>(port: Port): Port =>
      new Proxy(port, {
        get(target, name) {
          const method = Reflect.get(target, name) as unknown;
          if (typeof method !== 'function') return method;
          return async (...args: unknown[]) => {
            if (dead) throw new Died('the process is dead');
            calls += 1;
            if (calls === meanwhile?.call) await meanwhile.act(String(name), args);
            const dies = calls === death?.call;
            if (dies) dead = true;
            if (dies && death?.moment === 'before') throw new Died(`before ${String(name)}`);
            const answer: unknown = await method.apply(target, args);
            if (dies) throw new Died(`after ${String(name)}`);
            return answer;
          };
        },
      });
    const ports = { clock, log, news: mortal(news), people: mortal(people) };
    const slices = new SliceMemory();
    const deliverWorld: deliver.DeliverWorld = {
      ...ports,
      config,
      mailer: mortal(mailer),
      deliverQueue: mortal(queues.deliver),
      rate: config.deliver.rate ?? null,
      links: { base: 'https://watchword.example', keys: testKeys },
    };
    return {
      calls: () => calls,
      slices,
      dispatch: dispatch.serve({ ...ports, config, pollQueue: mortal(queues.poll) }),
      poll: poll.serve({
        ...ports,
        http: mortal(origin),
        history: mortal(history),
        config: pollConfig(config),
        matcher,
        slices,
      }),
      digest: digest.serve({ ...ports, config, deliverQueue: mortal(queues.deliver), keys: testKeys }),
      deliver: deliver.serve(deliverWorld),
      deliverWorld,
      feedback: feedback.serve({ ...ports, configurationSet: null }),
    };
  }

  type Processes = ReturnType<typeof processes>;
  const tickEvent = (asked: boolean): TickEvent => ({ time: iso(now), detail: { asked } });
  const survive = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (fault) {
      if (!(fault instanceof Error)) throw fault;
    }
  };

  /** Lives as long as the world, and remembers what a process may, whatever others do meanwhile. */
  const warm = processes(null);

  /** One tick of both schedules, and all that the queues then hold. */
  async function pass(asked: boolean, run: Processes = warm): Promise<void> {
    await survive(run.dispatch(tickEvent(asked)));
    await queues.poll.drain(run.poll);
    await survive(run.digest(tickEvent(asked)));
    await queues.deliver.drain(run.deliver);
    await queues.notices.drain(run.feedback);
  }

  return {
    clock,
    news,
    people,
    history,
    origin,
    mailer,
    queues: queues as Readonly<Record<'poll' | 'deliver' | 'notices', MemoryQueue>>,
    told,
    /** Every issue of every edition, finished or not: of the digests' own in their order, then of others; by numbers. */
    issues: async () => {
      const stored = news.items().flatMap(({ pk }) => (pk.startsWith('issues#') ? [pk.slice('issues#'.length)] : []));
      const editions = [...new Set([...config.digests.map(({ id }) => id), ...stored])];
      return (await Promise.all(editions.map((id) => issuesOf(news, id, 1_000)))).flatMap((issues) =>
        issues.toReversed(),
      );
    },
    processes,
    pass,
    /** Lets time go by. */
    advance(milliseconds: number) {
      now += milliseconds;
    },
    /** Ticks every five minutes for so long. */
    async live(milliseconds: number) {
      const end = now + milliseconds;
      while (now < end) {
        now += 5 * MINUTE - SECOND;
        await pass(false);
        now += SECOND;
      }
    },
  };
}

/** What an address was mailed: the edition and the key of each hit, once for each mail that lists it. */
export async function toldTo(simulation: Simulation, address: string): Promise<readonly string[]> {
  const issues = new Map((await simulation.issues()).map((issue) => [issue.id, issue]));
  return simulation.mailer.accepted
    .filter(({ to }) => to === address)
    .flatMap(({ tags }) => {
      const issue = issues.get(tags.issue ?? '');
      return (issue?.hits ?? []).map(({ entry, watch }) => `${issue?.edition} ${entry} ${watch}`);
    });
}

export type Simulation = ReturnType<typeof simulate>;
