/** What AWS does by itself: schedules that tick, and queues that feed their functions. */
import { Cron } from 'croner';
import { iso } from '../../shared/time.ts';
import { type Host, tickTriggers } from './host.ts';
import { pollQueue } from './queue-poller.ts';

/**
 * Runs each scheduled function at its times, and looks at the feeds now: what came due while nobody was here is made good.
 * The digests follow at their next tick, and can tell what this look found.
 *
 * @returns stops the schedules; a run under way goes on
 */
export function startTicks(host: Host): () => void {
  const crons = tickTriggers().map(({ name, cron }) => {
    const tick = async () => {
      // A fault was told by the function itself; the next tick does what this one did not.
      await host.handlers.ticks[name]({ time: iso(Date.now()), detail: {} }).catch(() => {});
    };
    const job = new Cron(cron, { timezone: 'UTC', protect: true }, tick);
    if (name === 'dispatch') void job.trigger();
    return job;
  });
  return () => {
    for (const cron of crons) cron.stop();
  };
}

/** @returns takes no more messages, and waits for handlers that are running */
export function startPollers(host: Host): () => Promise<void> {
  const names = Object.keys(host.handlers.queues) as (keyof Host['handlers']['queues'])[];
  const pollers = names.map((name) => pollQueue(host.workOf(name)));
  return async () => {
    await Promise.all(pollers.map((poller) => poller.close()));
  };
}
