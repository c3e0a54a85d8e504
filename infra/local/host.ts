/**
 * Watchword on this machine: the services, the functions, and what AWS plays between them. Ticks come from the topology,
 * queue messages through pollers, notices from the mail that was kept.
 */
import { rm } from 'node:fs/promises';
import { awsClients } from '../../shared/aws/clients.ts';
import { sqsQueue } from '../../shared/aws/queue.ts';
import { limits } from '../../shared/limits.ts';
import { DAY, iso, SECOND } from '../../shared/time.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { Clock, Log } from '../../shared/world.ts';
import { type FunctionName, functions } from '../topology.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { erasureFile, replayErasures } from './erasure-file.ts';
import { type Handlers, handlersOf } from './handlers.ts';
import { historyFiles, historyFolder } from './history-files.ts';
import { keysFile, keysIn } from './keys-file.ts';
import type { StoredMail } from './outbox.ts';
import { drainQueue, type QueueWork } from './queue-poller.ts';
import { type Services, startServices } from './services.ts';
import { sesEvent } from './ses-event.ts';
import { doubledAndReversed, fateOf } from './ses-fate.ts';
import { smtpMailer } from './smtp-mailer.ts';

export interface HostOptions {
  readonly config: Config;
  /** The data folder, made when missing. */
  readonly data: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the subscriber's pages will answer: links in mails begin so. */
  readonly webBase: string;
  /** `smtp://…` to send mail for real; null to keep it. */
  readonly smtpUrl: string | null;
  /** Begin with nothing: what the folder holds from before is deleted. */
  readonly afresh?: true;
  /** Notices come twice and in the wrong order, as queues may bring them. */
  readonly unrulyNotices?: true;
}

export interface Host {
  readonly folder: DataFolder;
  readonly handlers: Handlers;
  /** Every mail that was kept, oldest first. */
  mails(): readonly StoredMail[];
  /** What a queue's poller needs to feed its function. */
  workOf(name: keyof Handlers['queues']): QueueWork;
  /** One look at everything, now, and every issue that something is pending for: until no message is left to handle. */
  pass(): Promise<void>;
  /** Gives up what may take long, so that handlers end soon. What fails from here on is not told: it is done again. */
  windDown(): void;
  close(): Promise<void>;
}

/** @throws HostProblem when folder, port or address cannot be used */
export async function openHost(options: HostOptions): Promise<Host> {
  const { clock } = options;
  let windingDown = false;
  const log: Log = {
    info: options.log.info,
    error(...told) {
      if (!windingDown) options.log.error(...told);
    },
  };
  const smtp = options.smtpUrl === null ? null : smtpMailer(options.smtpUrl);
  const folder = await openDataFolder(options.data);
  let services: Services | null = null;
  let handlers: Handlers | null = null;
  const notices = noticeBoard(clock, log, options.unrulyNotices === true);
  const close = async () => {
    handlers?.close();
    await notices.close();
    await services?.close();
    smtp?.close();
    await folder.close();
  };
  try {
    if (options.afresh) await empty(folder);
    const keys = await keysIn(folder, clock.now());
    services = await startServices(folder, clock.now, notices.post);
    await notices.open(services);
    const days = options.config.poll.historyDays ?? limits.historyDaysMax;
    const history = days === 0 ? null : historyFiles(folder.file(historyFolder), days, log);
    const erasures = folder.file(erasureFile);
    handlers = handlersOf({ ...options, log, services, keys, history, mailer: smtp, erasures });
    await replayErasures(handlers.people, erasures);
  } catch (fault) {
    await close();
    throw fault;
  }
  const { ticks, queues, giveUpLooks } = handlers;
  // A fault was told by the function itself; the next tick does what this one did not.
  const tick = (name: keyof typeof ticks) =>
    ticks[name]({ time: iso(clock.now()), detail: { asked: true } }).catch(() => {});
  const { queueUrls, ses } = services;

  const workOf: Host['workOf'] = (name) => {
    const { trigger } = functions[name];
    if (trigger.kind !== 'queue') throw new Error(`${name} is not fed by a queue`);
    const { batchSize, atOnceMax } = trigger;
    return { url: queueUrls[trigger.queue].url, handler: queues[name], batchSize, atOnceMax, log };
  };
  return {
    folder,
    handlers,
    mails: ses.sent,
    workOf,
    async pass() {
      // What an interrupted run left comes first: its mails may be known by now.
      await drainQueue(workOf('feedback'));
      await tick('dispatch');
      await drainQueue(workOf('poll'));
      await tick('digest');
      await drainQueue(workOf('deliver'));
      await notices.settled();
      await drainQueue(workOf('feedback'));
    },
    windDown() {
      windingDown = true;
      giveUpLooks();
    },
    close,
  };
}

/** Which functions a schedule runs here, and when. */
export function tickTriggers(): readonly { readonly name: keyof Handlers['ticks']; readonly cron: string }[] {
  return (Object.keys(functions) as FunctionName[]).flatMap((name) => {
    const { trigger } = functions[name];
    if (trigger.kind !== 'tick') return [];
    return [
      { name: name as keyof Handlers['ticks'], cron: `${trigger.afterMinutes}-59/${trigger.everyMinutes} * * * *` },
    ];
  });
}

/**
 * Plays SES's events: each mail that is kept is told to the notices queue. Events are lost when the process dies, as some
 * are on AWS; so those of the last day are told again at the next start.
 */
function noticeBoard(clock: Clock, log: Log, unruly: boolean) {
  let send: (mail: StoredMail) => Promise<void> = async () => {};
  let closeClient = () => {};
  const underWay = new Set<Promise<void>>();
  const post = (mail: StoredMail) => {
    const posted = send(mail)
      .catch((fault: unknown) => log.error('notice lost', fault))
      .finally(() => underWay.delete(posted));
    underWay.add(posted);
  };
  const settled = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  return {
    post,
    settled,
    async open(services: Services) {
      const { sqs } = awsClients(services.emulators);
      closeClient = () => sqs.destroy();
      const queue = sqsQueue(sqs, services.queueUrls.notices.url);
      send = async (mail) => {
        const now = clock.now();
        const events = fateOf(mail.destinations).map(({ kind, afterSeconds, bounce }) => {
          const at = Math.max(now, mail.receivedAt + afterSeconds * SECOND);
          return { body: sesEvent(kind, mail, at, bounce), delaySeconds: Math.ceil((at - now) / SECOND) };
        });
        await queue.send(unruly ? doubledAndReversed(events) : events);
      };
      for (const mail of services.ses.sent()) {
        if (clock.now() - mail.receivedAt >= DAY) continue;
        if (underWay.size >= limits.noticesAtOnceMax) await Promise.race(underWay);
        post(mail);
      }
      await settled();
    },
    async close() {
      await settled();
      closeClient();
    },
  };
}

/** Only what a host puts there, should somebody name a folder with more in it. The lock stays with this process. */
async function empty(folder: DataFolder): Promise<void> {
  for (const name of ['tables', 'queues', 'mail', keysFile, erasureFile, historyFolder]) {
    await rm(folder.file(name), { recursive: true, force: true });
  }
}
