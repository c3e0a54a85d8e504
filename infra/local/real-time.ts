/** What AWS does by itself: schedules that tick, and queues that feed their functions. */
import { setTimeout as delay } from 'node:timers/promises';
import { Cron } from 'croner';
import { limits } from '../../shared/limits.ts';
import { iso, MINUTE, SECOND } from '../../shared/time.ts';
import { type Host, tickTriggers } from './host.ts';
import { pollQueue, type QueueWork } from './queue-poller.ts';

/**
 * Feeds the functions from now on, and looks at the feeds at once: what came due while nobody was here is made good. The
 * digests follow at their next tick, and can tell what this look found.
 *
 * @returns stops: looks under way are given up, running handlers have `localStopSeconds` to end. Only then may the host close.
 */
export function startRealTime(host: Host): () => Promise<void> {
  const names = Object.keys(host.handlers.queues) as (keyof Host['handlers']['queues'])[];
  const pollers = names.map((name) => {
    const work = host.workOf(name);
    return pollQueue(name === 'poll' ? withinATick(work) : work);
  });
  const stopTicks = startTicks(host);
  return async () => {
    host.windDown();
    await Promise.all([stopTicks(), ...pollers.map((poller) => poller.close())]);
  };
}

/**
 * A poll leaves to the next one what it has no time for. Side by side they would ask the same feeds, where one host has more
 * of them than a tick has time for; and there would be more polls with each tick.
 */
export function withinATick(work: QueueWork): QueueWork {
  return {
    ...work,
    handler(event) {
      const endsAt = Date.now() + limits.tickMinutes * MINUTE;
      return work.handler(event, { awsRequestId: 'local', getRemainingTimeInMillis: () => endsAt - Date.now() });
    },
  };
}

/** Runs each scheduled function at its times. */
function startTicks(host: Host): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const crons = tickTriggers().map(({ name, cron }) => {
    const tick = () => {
      const ticked = host.handlers.ticks[name]({ time: iso(Date.now()), detail: {} })
        // A fault was told by the function itself; the next tick does what this one did not.
        .catch(() => {})
        .finally(() => running.delete(ticked));
      running.add(ticked);
      return ticked;
    };
    const job = new Cron(cron, { timezone: 'UTC', protect: true }, tick);
    if (name === 'dispatch') void job.trigger();
    return job;
  });
  return async () => {
    for (const cron of crons) cron.stop();
    await Promise.race([Promise.all(running), delay(limits.localStopSeconds * SECOND, undefined, { ref: false })]);
  };
}
