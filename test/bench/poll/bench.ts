/**
 * A shard of 1,000 feeds on 1,000 hosts of loopback, a fiftieth of them dead, through the real handler of the poll.
 * `npm run bench:poll`
 *
 *   --feeds 1000     how many
 *   --quick          over TLS and in the order of the file only
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { functions } from '../../../infra/topology.ts';
import { limits } from '../../../shared/limits.ts';
import { figure, tableOf } from '../match/table.ts';
import { type Order, orders, type Pass } from './shard.ts';

const { values: options } = parseArgs({
  options: { feeds: { type: 'string', default: '1000' }, quick: { type: 'boolean', default: false } },
});

/** What Node allows itself in a function of 512 MB: half of that. On a large machine it lets garbage lie. */
const asInFunction = [`--max-heap-size=${functions.poll.memoryMb / 2}`];

console.log(
  `${cpus()[0]?.model.trim()}, ${cpus().length} cores; Node ${process.version}; ${new Date().toISOString()}; ` +
    `load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
);
console.log(
  `${options.feeds} feeds on as many hosts, 20 entries each; answers log-normal (median 350 ms), 2 % never; at most ${limits.hostsAtOnceMax} hosts at once.\n` +
    `Node as in a function of ${functions.poll.memoryMb} MB (${asInFunction}). ` +
    'Looks: milliseconds from the question to the whole answer, of those that were answered. Peak: resident memory of the process since its start.\n',
);

const cases: readonly (readonly ['http' | 'https', Order])[] = options.quick
  ? [['https', 'as listed']]
  : [['http', 'as listed'], ...orders.map((order) => ['https', order] as const)];
const rows: string[][] = [];
for (const [scheme, order] of cases) {
  const [first, second] = await measured(scheme, order);
  rows.push(rowOf(`${scheme}, ${order}: first`, first!), rowOf(`${scheme}, ${order}: again`, second!));
}
const head = [
  'pass',
  'wall s',
  'CPU s',
  'peak MB',
  'in flight',
  'look p50',
  'p95',
  'max',
  'read',
  'unchanged',
  'failed',
  'missed',
  'writes',
];
console.log(tableOf(head, rows));

/** In a process of its own, with publishers in another. */
async function measured(scheme: 'http' | 'https', order: Order): Promise<readonly Pass[]> {
  const origin = fork(new URL('origin.ts', import.meta.url), [options.feeds, scheme]);
  try {
    const [port] = (await once(origin, 'message')) as [number];
    const shard = fork(new URL('shard.ts', import.meta.url), [options.feeds, String(port), scheme, order], {
      execArgv: asInFunction,
    });
    const ended = once(shard, 'exit').then(() => [null]);
    const [passes] = (await Promise.race([once(shard, 'message'), ended])) as [readonly Pass[] | null];
    if (passes === null) throw new Error('the shard ended without figures');
    return passes;
  } finally {
    origin.disconnect();
  }
}

function rowOf(name: string, { counts, ...pass }: Pass): string[] {
  const at = (share: number) => pass.looksMs[Math.floor(share * (pass.looksMs.length - 1))] ?? 0;
  return [
    name,
    pass.wallSeconds.toFixed(1),
    pass.cpuSeconds.toFixed(1),
    pass.peakMb.toFixed(0),
    String(pass.inFlightMost),
    ...[at(0.5), at(0.95), at(1)].map((ms) => ms.toFixed(0)),
    ...[counts.read, counts.unchanged, counts.failed, counts.missed, pass.writes].map(figure),
  ];
}
