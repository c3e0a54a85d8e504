/** deliver, part of: deliveries whose time has not come go back to the queue, so nobody waits for it. */
import { limits } from '../shared/limits.ts';
import { type Instant, SECOND } from '../shared/time.ts';
import type { Message } from '../shared/world.ts';
import { type DeliverJob, writeJob } from './job.ts';

/**
 * The message that brings them back at an instant. A queue holds no message for longer than 15 minutes: one that is to
 * wait longer passes by on the way.
 *
 * @param turnAt the turn that was taken for them in the send rate; it is then
 */
export function comingBack(
  job: DeliverJob,
  subscribers: readonly string[],
  until: Instant,
  now: Instant,
  turnAt?: Instant,
): Message {
  const { notBefore: _, turnAt: __, ...same } = job;
  const seconds = Math.ceil((until - now) / SECOND);
  const hops = seconds > limits.queueDelaySecondsMax;
  const body = writeJob({
    ...same,
    subscribers,
    ...(hops && { notBefore: until }),
    ...(turnAt !== undefined && { turnAt }),
  });
  return { body, delaySeconds: hops ? limits.queueDelaySecondsMax : Math.max(1, seconds) };
}
