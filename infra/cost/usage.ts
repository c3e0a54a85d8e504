/** What is used and paid for, counted in the units in which AWS counts it. A price stands beside each name in `prices.json`. */

export const usageNames = [
  'gbSeconds',
  'invocations',
  'readUnits',
  'writeUnits',
  'tableGb',
  'recoveryGb',
  'queueRequests',
  'topicRequests',
  'ticks',
  'mails',
  'sentGb',
  'logGb',
  'logKeptGb',
  'alarms',
  'metrics',
  'dashboards',
  'secrets',
  'secretCalls',
  'historyPuts',
  'historyGb',
] as const;

export type UsageName = (typeof usageNames)[number];

/** Of any span of time, or of one thing that is done. What is left out is none. */
export type Usage = Readonly<Partial<Record<UsageName, number>>>;

/** `sum([usage, times], …)`: each as often as it says. */
export function sum(...parts: readonly (readonly [usage: Usage, times: number])[]): Usage {
  const total: Partial<Record<UsageName, number>> = {};
  for (const [usage, times] of parts) {
    for (const name of usageNames) {
      const amount = (usage[name] ?? 0) * times;
      if (amount !== 0) total[name] = (total[name] ?? 0) + amount;
    }
  }
  return total;
}

/** AWS's gigabyte of storage, logs and transfer. */
export const GB = 2 ** 30;
