/**
 * The edge: what AWS hands a function, and what it wants back. Faults end here and only here: a failed record goes back to
 * its queue, its neighbours do not.
 */
import type { Context, ScheduledEvent, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { limits } from '../shared/limits.ts';
import { type Instant, iso } from '../shared/time.ts';
import type { Clock, Log, Message, Queue } from '../shared/world.ts';
import { traceOf, withTrace } from './job.ts';

/** What a tick brings. */
export interface Tick {
  readonly at: Instant;
  /** An operator asks for everything now, whatever is due. */
  readonly asked: boolean;
  /** When the host will end this invocation; null when it never does. */
  readonly endsAt: Instant | null;
}

export type TickEvent = Pick<ScheduledEvent<{ asked?: boolean }>, 'time' | 'detail'>;
/** What Lambda tells of an invocation; a host without time limits tells nothing. */
export type Invocation = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

export type TickHandler = (event: TickEvent, invocation?: Invocation) => Promise<void>;
export type QueueHandler = (event: SQSEvent, invocation?: Invocation) => Promise<SQSBatchResponse>;

/** What the edge needs of a function's world; it hands on the whole of it. */
interface Edge {
  readonly clock: Clock;
  readonly log: Log;
  readonly pollQueue?: Queue;
  readonly deliverQueue?: Queue;
}

/** A function that a schedule runs. A tick that says no time is of this moment. */
export function onTick<World extends Edge>(
  world: World,
  story: (world: World, tick: Tick) => Promise<void>,
): TickHandler {
  const said = ofInvocation();
  return async (event, invocation) => {
    const at = Date.parse(event.time);
    const tick = {
      at: Number.isNaN(at) ? world.clock.now() : at,
      asked: event.detail?.asked === true,
      endsAt: endOf(world, invocation),
    };
    const trace = `${tick.asked ? 'asked' : 'tick'}-${iso(tick.at)}`;
    const traced = inTrace(world, trace, said(invocation));
    try {
      await story(traced, tick);
    } catch (fault) {
      traced.log.error('tick failed', fault);
      throw fault;
    }
  };
}

/**
 * What Lambda's own lines (time, memory, errors of the runtime) are found by, and at a process's first call that it is new:
 * what it does takes longer. A host without time limits has no such lines.
 */
function ofInvocation(): (invocation: Invocation | undefined) => { request?: string; coldStart?: true } {
  let isFirst = true;
  return (invocation) => {
    if (invocation === undefined) return {};
    const said = { request: invocation.awsRequestId, ...(isFirst && { coldStart: true as const }) };
    isFirst = false;
    return said;
  };
}

/** The world as one event sees it: every line that follows and every message that is sent carries the event's trace. */
function inTrace<World extends Edge>(world: World, trace: string, fields: Readonly<Record<string, unknown>>): World {
  const { log, pollQueue, deliverQueue } = world;
  const inLines = { trace, ...fields };
  const traced = (queue: Queue): Queue => ({
    send: (messages) => queue.send(messages.map((message) => ({ ...message, body: withTrace(message.body, trace) }))),
  });
  return {
    ...world,
    log: {
      info: (event, more) => log.info(event, { ...more, ...inLines }),
      error: (event, fault, more) => log.error(event, fault, { ...more, ...inLines }),
    },
    ...(pollQueue && { pollQueue: traced(pollQueue) }),
    ...(deliverQueue && { deliverQueue: traced(deliverQueue) }),
  };
}

/** Who works on a message, and until when. */
export interface Worker {
  /** Unlike any other worker's name, and unlike its own at another attempt. */
  readonly owner: string;
  /** When the host will end this invocation; null when it never does. */
  readonly endsAt: Instant | null;
}

/** A function that a queue feeds. Records are independent: those that failed are named, and come again. */
export function onMessage<World extends Edge>(
  world: World,
  story: (world: World, body: string, worker: Worker) => Promise<void>,
): QueueHandler {
  const said = ofInvocation();
  return async (event, invocation) => {
    const fields = said(invocation);
    const endsAt = endOf(world, invocation);
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const record of event.Records) {
      const traced = inTrace(world, traceOf(record.body) ?? `message-${record.messageId}`, fields);
      try {
        await story(traced, record.body, { owner: ownerOf(record, invocation), endsAt });
      } catch (fault) {
        traced.log.error('message failed', fault, { message: record.messageId, attempt: attemptOf(record) });
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  };
}

/**
 * Builds the handler at its first call: a test may import the story without the settings of a deployment. One that could
 * not be built is tried again at the next call.
 */
export function onAws<Event extends readonly unknown[], Answer>(
  build: () => Handler<Event, Answer> | Promise<Handler<Event, Answer>>,
): (...event: Event) => Promise<Answer> {
  let handler: Handler<Event, Answer> | null = null;
  return async (...event) => {
    handler ??= await build();
    return handler(...event);
  };
}

type Handler<Event extends readonly unknown[], Answer> = (...event: Event) => Promise<Answer>;

/** Thrown when a queue took only part of what it was given; the job is done again, which is free. */
export class NotQueued extends Error {}

/** Sends any number of messages. */
export async function sendAll(queue: Queue, messages: readonly Message[]): Promise<void> {
  for (let start = 0; start < messages.length; start += limits.messagesPerSendMax) {
    const batch = messages.slice(start, start + limits.messagesPerSendMax);
    const { failed } = await queue.send(batch);
    if (failed.length === 0) continue;
    const again = await queue.send(failed.flatMap((index) => batch[index] ?? []));
    if (again.failed.length > 0) throw new NotQueued(`${again.failed.length} messages were not taken by the queue`);
  }
}

function endOf({ clock }: { clock: Clock }, invocation: Invocation | undefined): Instant | null {
  return invocation === undefined ? null : clock.now() + invocation.getRemainingTimeInMillis();
}

function ownerOf(record: SQSRecord, invocation: Invocation | undefined): string {
  return `${invocation?.awsRequestId ?? 'local'}/${record.messageId}/${attemptOf(record)}`;
}

function attemptOf(record: SQSRecord): string {
  return record.attributes.ApproximateReceiveCount;
}
