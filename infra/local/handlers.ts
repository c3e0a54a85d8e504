/** The six functions in this process: the very handlers of a deployment, with ports that end in the services beside them. */
import * as deliver from '../../functions/deliver.ts';
import * as digest from '../../functions/digest.ts';
import * as dispatch from '../../functions/dispatch.ts';
import * as feedback from '../../functions/feedback.ts';
import type { QueueHandler, TickHandler } from '../../functions/lambda.ts';
import * as poll from '../../functions/poll.ts';
import * as web from '../../functions/web.ts';
import { awsClients } from '../../shared/aws/clients.ts';
import { sesMailer } from '../../shared/aws/mailer.ts';
import { sqsQueue } from '../../shared/aws/queue.ts';
import { dynamoTable } from '../../shared/aws/table.ts';
import type { Keys } from '../../shared/delivery/token.ts';
import { createHttp } from '../../shared/fetch/http.ts';
import { SliceMemory } from '../../shared/fetch/slice-memory.ts';
import { compile } from '../../shared/watch/compile.ts';
import type { Config } from '../../shared/watch/config.ts';
import { engineOf } from '../../shared/watch/engine.ts';
import { pollConfig } from '../../shared/watch/poll-config.ts';
import type { Clock, History, Log, Mailer, Table } from '../../shared/world.ts';
import type { FunctionName } from '../topology.ts';
import { notingErasures } from './erasure-file.ts';
import { type HeardTable, heardTable } from './heard-table.ts';
import type { Services } from './services.ts';
import { inShardTurns } from './shard-turns.ts';

export interface Handlers {
  readonly ticks: Readonly<Record<Extract<FunctionName, 'dispatch' | 'digest'>, TickHandler>>;
  readonly queues: Readonly<Record<Extract<FunctionName, 'poll' | 'deliver' | 'feedback'>, QueueHandler>>;
  readonly web: web.WebApp;
  readonly news: HeardTable;
  readonly people: Table;
  /** Hangs up on publishers. A look under way fails, is stored as missed, and its message comes again. */
  giveUpLooks(): void;
  close(): void;
}

export interface HandlerOptions {
  readonly config: Config;
  readonly services: Services;
  readonly clock: Clock;
  readonly log: Log;
  /** Null when none is to be kept. */
  readonly history: History | null;
  /** Carries mail away instead of the stand-in that keeps it; null for the stand-in. */
  readonly mailer: Mailer | null;
  /** Where the subscriber's pages answer, without a slash at the end. */
  readonly webBase: string;
  /** What links in mails are signed with, and people named by. */
  readonly keys: Keys;
  /** The file that notes who was erased. */
  readonly erasures: string;
}

export function handlersOf(options: HandlerOptions): Handlers {
  const { config, services, clock, log, keys } = options;
  const clients = awsClients(services.emulators);
  const news = heardTable(dynamoTable(clients.dynamodb, 'news'));
  const people = notingErasures(dynamoTable(clients.dynamodb, 'people'), options.erasures);
  const http = createHttp({ allow: config.network.allow, own: options.webBase, clock });
  const mailer = options.mailer ?? sesMailer(clients.ses, null);
  const pollQueue = sqsQueue(clients.sqs, services.queueUrls.poll.url);
  const deliverQueue = sqsQueue(clients.sqs, services.queueUrls.deliver.url);
  return {
    ticks: {
      dispatch: dispatch.serve({ clock, log, config, pollQueue }),
      digest: digest.serve({ clock, log, news, people, config, deliverQueue, keys }),
    },
    queues: {
      poll: inShardTurns(
        poll.serve({
          clock,
          log,
          http,
          news,
          history: options.history,
          config: pollConfig(config),
          matcher: engineOf(compile(config.watches)),
          slices: new SliceMemory(),
        }),
      ),
      deliver: deliver.serve({
        clock,
        log,
        news,
        people,
        mailer,
        deliverQueue,
        config,
        // Mail that is only kept, or handed to a server of one's own, needs no pace but one that is asked for.
        rate: config.deliver.rate ?? null,
        links: { base: options.webBase, keys },
      }),
      feedback: feedback.serve({ clock, log, people, configurationSet: null }),
    },
    web: web.serve({ clock, log, news, people, deliverQueue, config, links: { base: options.webBase, keys } }),
    news,
    people,
    giveUpLooks: http.close,
    close() {
      http.close();
      clients.dynamodb.destroy();
      clients.sqs.destroy();
      clients.ses.destroy();
    },
  };
}
