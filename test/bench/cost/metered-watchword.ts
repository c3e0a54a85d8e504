/** Watchword under the meter: the real handlers and translators, each function with clients and a meter of its own, in virtual time. */
import * as deliver from '../../../functions/deliver.ts';
import * as digest from '../../../functions/digest.ts';
import * as dispatch from '../../../functions/dispatch.ts';
import * as feedback from '../../../functions/feedback.ts';
import type { QueueHandler } from '../../../functions/lambda.ts';
import * as poll from '../../../functions/poll.ts';
import {
  type Counts,
  createMeter,
  type Meter,
  meteredInvocation,
  meteredLog,
  requestsOf,
} from '../../../infra/cost/meter.ts';
import { meterClients } from '../../../infra/cost/meter-clients.ts';
import { sesEvent } from '../../../infra/local/ses-event.ts';
import { functions, type QueueName } from '../../../infra/topology.ts';
import { sesMailer } from '../../../shared/aws/mailer.ts';
import { sqsQueue } from '../../../shared/aws/queue.ts';
import { dynamoTable } from '../../../shared/aws/table.ts';
import { SliceMemory } from '../../../shared/fetch/slice-memory.ts';
import { type Instant, iso } from '../../../shared/time.ts';
import { compile } from '../../../shared/watch/compile.ts';
import type { Config } from '../../../shared/watch/config.ts';
import { engineOf } from '../../../shared/watch/engine.ts';
import { pollConfig } from '../../../shared/watch/poll-config.ts';
import type { GroupedHttp } from '../../../shared/world.ts';
import { type MemoryTable, memoryTable } from '../../simulation/memory-table.ts';
import { testKeys } from '../../simulation/test-keys.ts';
import { answeredClients, recordOf } from './answered-clients.ts';

/** The functions that a schedule or a queue runs; the pages are the readers' affair. */
export type Metered = 'dispatch' | 'poll' | 'digest' | 'deliver' | 'feedback';
export type Readings = Readonly<Record<Metered, Counts>>;

export interface MeteredWatchword {
  readonly news: MemoryTable;
  readonly people: MemoryTable;
  /** One run of dispatch, and of poll for each message. */
  lookRound(): Promise<Readings>;
  /** One run of digest, and of deliver and feedback for all that comes of it. */
  mailRound(): Promise<Readings>;
}

export function meteredWatchword(config: Config, http: GroupedHttp, now: () => Instant): MeteredWatchword {
  const clock = { now };
  const tables = { news: memoryTable(), people: memoryTable() };
  const waiting: Record<QueueName, string[]> = { poll: [], deliver: [], notices: [] };
  const of = metered(tables, waiting, now);
  const [news, people] = ['news', 'people'] as const;
  const { dispatch: first, poll: second, digest: third, deliver: fourth, feedback: fifth } = of;
  const runs = {
    dispatch: dispatch.serve({ clock, log: first.log, config, pollQueue: sqsQueue(first.clients.sqs, 'poll') }),
    poll: poll.serve({
      clock,
      log: second.log,
      http,
      news: dynamoTable(second.clients.dynamodb, news),
      history: null,
      config: pollConfig(config),
      matcher: engineOf(compile(config.watches)),
      slices: new SliceMemory(),
    }),
    digest: digest.serve({
      clock,
      log: third.log,
      news: dynamoTable(third.clients.dynamodb, news),
      people: dynamoTable(third.clients.dynamodb, people),
      deliverQueue: sqsQueue(third.clients.sqs, 'deliver'),
      config,
      keys: testKeys,
    }),
    deliver: deliver.serve({
      clock,
      log: fourth.log,
      news: dynamoTable(fourth.clients.dynamodb, news),
      people: dynamoTable(fourth.clients.dynamodb, people),
      mailer: sesMailer(fourth.clients.ses, 'watchword'),
      deliverQueue: sqsQueue(fourth.clients.sqs, 'deliver'),
      config,
      rate: null,
      links: { base: 'https://watchword.example', keys: testKeys },
    }),
    feedback: feedback.serve({
      clock,
      log: fifth.log,
      people: dynamoTable(fifth.clients.dynamodb, people),
      configurationSet: 'watchword',
    }),
  };
  const tick = (name: 'dispatch' | 'digest') =>
    meteredInvocation(of[name].meter, () => runs[name]({ time: iso(now()), detail: {} }));
  const drain = async (queue: QueueName, name: 'poll' | 'deliver' | 'feedback') => {
    const { trigger } = functions[name];
    const batchSize = trigger.kind === 'queue' ? trigger.batchSize : 1;
    while (waiting[queue].length > 0) {
      const bodies = waiting[queue].splice(0, batchSize);
      await handed(of[name].meter, runs[name], bodies);
    }
  };
  const readings = (): Readings => {
    const counts = Object.entries(of).map(([name, { meter }]) => [name, meter.counts()] as const);
    for (const { meter } of Object.values(of)) meter.reset();
    return Object.fromEntries(counts) as unknown as Readings;
  };
  return {
    ...tables,
    async lookRound() {
      await tick('dispatch');
      await drain('poll', 'poll');
      return readings();
    },
    async mailRound() {
      await tick('digest');
      await drain('deliver', 'deliver');
      await drain('notices', 'feedback');
      return readings();
    },
  };
}

/** Lambda takes a batch from a queue and deletes it: two requests, or more for large messages. */
async function handed(meter: Meter, handler: QueueHandler, bodies: readonly string[]): Promise<void> {
  meter.add('queueRequests', requestsOf(bodies.reduce((total, body) => total + Buffer.byteLength(body), 0)) + 1);
  const Records = bodies.map((body, n) => recordOf(`m${n}`, body));
  const { batchItemFailures } = await meteredInvocation(meter, () => handler({ Records }));
  if (batchItemFailures.length > 0) throw new Error('a message failed');
}

/** Clients, log and meter of each function. A mail is sent and delivered, and SES tells so: a request to the topic each, and one to the queue. */
function metered(
  tables: Readonly<Record<'news' | 'people', MemoryTable>>,
  waiting: Record<QueueName, string[]>,
  now: () => Instant,
) {
  const one = (meter: Meter = createMeter()) => {
    const clients = answeredClients({
      tables,
      queued: (queue, bodies) => waiting[queue as QueueName].push(...bodies),
      mailed({ to, tags }) {
        const messageId = `mail-${tags.issue}-${tags.subscriber}`;
        const mail = {
          messageId,
          source: '',
          destinations: [to],
          tags,
          configurationSet: 'watchword',
          receivedAt: now(),
          file: '',
        };
        for (const kind of ['Send', 'Delivery'] as const) waiting.notices.push(sesEvent(kind, mail, now()));
        meter.add('topicRequests', 2);
        meter.add('queueRequests', 2);
        return messageId;
      },
    });
    meterClients(clients, meter);
    return { meter, clients, log: meteredLog(meter) };
  };
  return { dispatch: one(), poll: one(), digest: one(), deliver: one(), feedback: one() };
}
