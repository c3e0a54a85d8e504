/** What a deployment uses while nobody reads or writes anything, and what no client sees: from the topology, and from what stands around it. */
import { functions, type QueueName } from '../topology.ts';
import { sum, type Usage } from './usage.ts';

/** A month, as everywhere in this room. */
export const monthDays = 30;
const monthMinutes = monthDays * 24 * 60;

/** Receives that find nothing, in a month: a queue that feeds a function is asked by five pollers, each waiting 20 seconds. */
const idleReceives = 5 * ((monthMinutes * 60) / 20);

/** What the stack puts beside the functions. */
export interface Surroundings {
  readonly alarms: number;
  readonly metrics: number;
  readonly dashboards: number;
  readonly secrets: number;
}

/** What `infra/aws` makes; a test counts it in the template. The dashboard is optional. */
export const surroundings: Surroundings = { alarms: 15, metrics: 3, dashboards: 0, secrets: 1 };

/** Processes that start and read the secret: three functions, every two hours. */
const secretCalls = 3 * 12 * monthDays;

export interface Standing {
  readonly what: string;
  readonly usage: Usage;
}

export function standingOf({ alarms, metrics, dashboards, secrets }: Surroundings): readonly Standing[] {
  const queues = new Set<QueueName>();
  let ticks = 0;
  for (const { trigger } of Object.values(functions)) {
    if (trigger.kind === 'queue') queues.add(trigger.queue);
    if (trigger.kind === 'tick') ticks += ticksOf(trigger.everyMinutes);
  }
  return [
    { what: `Alarms (${alarms})`, usage: { alarms } },
    { what: `Custom metrics (${metrics})`, usage: { metrics } },
    ...(dashboards === 0 ? [] : [{ what: 'Dashboard', usage: { dashboards } }]),
    { what: `Receives of ${queues.size} idle queues`, usage: { queueRequests: idleReceives * queues.size } },
    { what: 'Secret of the keys', usage: sum([{ secrets, secretCalls }, 1]) },
    { what: 'Schedules', usage: { ticks } },
  ];
}

/** Ticks of a schedule in a month. */
export function ticksOf(everyMinutes: number): number {
  return monthMinutes / everyMinutes;
}
