/** dispatch: sends a message for each shard. It never sees an address. */

import { shardOf, shardsFor, tickOf } from '../shared/poll/due.ts';
import type { Config } from '../shared/watch/config.ts';
import type { Clock, Log, Queue } from '../shared/world.ts';
import { awsDispatchWorld } from './aws-worlds.ts';
import { writeJob } from './job.ts';
import { onAws, onTick, sendAll, type Tick, type TickHandler } from './lambda.ts';

export interface DispatchWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Pick<Config, 'feeds'>;
  readonly pollQueue: Queue;
}

/** Every shard that has feeds is asked in every tick; which of them are due, the poll decides, who knows the last look. */
export async function dispatch(world: DispatchWorld, tick: Tick): Promise<void> {
  const { feeds } = world.config;
  const shards = shardsFor(feeds.length);
  const jobs = [...new Set(feeds.map((feed) => shardOf(feed, shards)))].map((shard) =>
    writeJob({ kind: 'poll', shard, shards, tickAt: tick.asked ? tick.at : tickOf(tick.at), whole: tick.asked }),
  );
  await sendAll(
    world.pollQueue,
    jobs.map((body) => ({ body })),
  );
  world.log.info('dispatched', { shards: jobs.length, asked: tick.asked });
}

export const serve = (world: DispatchWorld): TickHandler => onTick(world, dispatch);

export const handler = onAws(() => serve(awsDispatchWorld()));
