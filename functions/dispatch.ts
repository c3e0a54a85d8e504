/** dispatch: sends a message for each shard that is due. It never sees an address. */

import { isSlotOf, shardOf, shardsFor, tickOf } from '../shared/poll/due.ts';
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

/** A shard without a feed whose interval falls on this tick is left alone; which feeds of it are read, the poll decides. */
export async function dispatch(world: DispatchWorld, tick: Tick): Promise<void> {
  const { feeds } = world.config;
  const shards = shardsFor(feeds.length);
  const due = feeds.filter((feed) => tick.asked || isSlotOf(feed, tick.at));
  const jobs = [...new Set(due.map((feed) => shardOf(feed, shards)))].map((shard) =>
    writeJob({ kind: 'poll', shard, shards, tickAt: tick.asked ? tick.at : tickOf(tick.at), whole: tick.asked }),
  );
  await sendAll(
    world.pollQueue,
    jobs.map((body) => ({ body })),
  );
}

export const serve = (world: DispatchWorld): TickHandler => onTick(world, (tick) => dispatch(world, tick));

export const handler = onAws(() => serve(awsDispatchWorld()));
