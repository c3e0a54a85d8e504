/**
 * What a month costs, from measured usage: Watchword and three other designs on the same recorded feeds, at 100, 1,000 and
 * 10,000 feeds asked every 15 minutes. `npm run bench:cost`
 *
 *   --measure        measure anew what each thing uses, and write infra/cost/measured.json, which `watchword cost` reads
 *   --region R       us-east-1 (default) or eu-west-2
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Measured, readMeasured } from '../../../infra/cost/measured.ts';
import { packetHeaderBytes } from '../../../infra/cost/meter.ts';
import { type Assumptions, usual } from '../../../infra/cost/month.ts';
import { costOf, pricesOf } from '../../../infra/cost/prices.ts';
import { standingOf, surroundings } from '../../../infra/cost/standing.ts';
import { sum, type Usage, type UsageName } from '../../../infra/cost/usage.ts';
import { figure, tableOf } from '../match/table.ts';
import { type Design, designMonth, designs, roundOf } from './design-months.ts';
import { measure } from './measure.ts';
import { recordings } from './recorded-feeds.ts';
import { morning, type Rounds, roundsOf, writtenOneIn } from './rounds.ts';
import { watchwordMonth } from './watchword-month.ts';

const { values: options } = parseArgs({
  options: { measure: { type: 'boolean', default: false }, region: { type: 'string', default: 'us-east-1' } },
});
const sizes = [100, 1_000, 10_000] as const;
const scales = [1, 2, 3] as const;
const say = (line = '') => console.log(line);

const recorded = await recordings(morning);
const file = new URL('../../../infra/cost/measured.json', import.meta.url);
if (options.measure) writeFileSync(file, `${JSON.stringify(await measure(recorded), null, 2)}\n`);
const measured: Measured = readMeasured();
const prices = pricesOf(options.region);

const one = await roundsOf(1, 50, false, recorded);
const rounds: Rounds[] = [];
for (const size of sizes) rounds.push(await roundsOf(size, 50, false, recorded));
const others = new Map<Design, Awaited<ReturnType<typeof roundOf>>[]>();
for (const design of designs) {
  const all = [];
  for (const size of sizes) all.push(await roundOf(design, size, recorded));
  others.set(design, all);
}

const standing = sum(...standingOf(surroundings).map(({ usage }) => [usage, 1] as const));
const fixedOf = (given: Assumptions) => sum([standing, 1], [watchwordMonth(one, measured, given), 1]);
const growing = (given: Assumptions): readonly Usage[] =>
  rounds.map((each) => sum([watchwordMonth(each, measured, given), 1], [watchwordMonth(one, measured, given), -1]));
const usd = (usage: Usage) => costOf(usage, prices);
const marginal = ([, small, large]: readonly number[]) => ((large ?? 0) - (small ?? 0)) / 9;

say(
  `${measured.machine}; Node ${process.version}; load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
say(
  `Usage of each thing as measured on ${measured.date} with Node ${measured.node}, ${measured.machine} (infra/cost/measured.json).`,
);
say(`Prices of ${prices.region}, put together on ${prices.collected}, hash ${prices.hash}; no free tier, no tax.`);
say(
  `Every feed every 15 minutes, for 30 days; of a hundred looks 60 get "not changed", 25 the same bytes, 15 others; one in ${writtenOneIn} has news.\n` +
    'Counts: one round of each kind, with the real handlers over these feeds; a month is 2,880 rounds of changes and 5,760 of rest. Time: measured CPU times the scale, or drawn waiting, whichever is longer.\n',
);

say('A round of looks, as counted');
const counts = ['readUnits', 'writeUnits', 'queueRequests', 'invocations', 'logLines', 'logBytes'] as const;
const rowsOfCounts = rounds.flatMap(({ feeds, rest, unchanged, changed }) =>
  Object.entries({ rest, unchanged, changed }).map(([kind, { poll }]) => [
    `${figure(feeds)} feeds, ${kind}`,
    ...counts.map((name) => figure(poll[name] ?? 0)),
  ]),
);
say(`${tableOf(['poll', ...counts], rowsOfCounts)}\n`);

say('A month, as used (Watchword, CPU scale 2, headers of packets counted), without mail');
const names = [
  'gbSeconds',
  'invocations',
  'readUnits',
  'writeUnits',
  'queueRequests',
  'ticks',
  'sentGb',
  'logGb',
  'tableGb',
] as const;
const usages = [fixedOf(usual), ...growing(usual)];
const shareOf = (usage: Usage, name: UsageName) => usd({ [name]: usage[name] ?? 0 });
const rowsOfUsage = names.map((name) => [
  name,
  ...usages.map((usage) => figure(usage[name] ?? 0)),
  shareOf(usages[2]!, name).toFixed(3),
]);
say(
  `${tableOf(['', 'fixed', ...sizes.map((size) => `${figure(size)} feeds add`), 'USD of 1,000 feeds'], rowsOfUsage)}\n`,
);

say('A month, in USD: fixed part, and what feeds add');
const rows: string[][] = [];
const perThousand = new Map<number, number>();
for (const cpuScale of scales) {
  const given = { ...usual, cpuScale };
  const months = growing(given).map(usd);
  perThousand.set(cpuScale, marginal(months));
  const exponent = Math.log10(months[2]! / months[1]!);
  rows.push([
    `Watchword, CPU scale ${cpuScale}`,
    usd(fixedOf(given)).toFixed(2),
    ...months.map((month) => month.toFixed(2)),
    marginal(months).toFixed(2),
    exponent.toFixed(3),
    '',
  ]);
  const bare = growing({ ...given, withHeaders: false }).map(usd);
  rows.push([
    '  without headers of packets',
    '',
    ...bare.map((month) => month.toFixed(2)),
    marginal(bare).toFixed(2),
    Math.log10(bare[2]! / bare[1]!).toFixed(3),
    '',
  ]);
}
for (const [design, all] of others) {
  for (const cpuScale of scales) {
    const given = { ...usual, cpuScale };
    const cpuMs = measured.designCpuMs[design.name] ?? 0;
    const months = all.map((counted) => usd(designMonth(design, counted, cpuMs, measured.line, given)));
    const times = marginal(months) / perThousand.get(cpuScale)!;
    const exponent = Math.log10(months[2]! / months[1]!);
    rows.push([
      `${design.name} ${design.what}, ${cpuScale}`,
      '',
      ...months.map((month) => month.toFixed(2)),
      marginal(months).toFixed(2),
      exponent.toFixed(3),
      `${times.toFixed(1)}x`,
    ]);
  }
}
say(
  `${tableOf(['', 'fixed', ...sizes.map((size) => `${figure(size)} feeds`), 'per 1,000', 'exponent', 'of Watchword'], rows)}\n`,
);

say('Fixed, in USD');
const ticksOnly = sum([fixedOf(usual), 1], [standing, -1]);
for (const { what, usage } of standingOf(surroundings)) say(`  ${what.padEnd(34)}${usd(usage).toFixed(2).padStart(6)}`);
say(`  ${'Ticks of a deployment of one feed'.padEnd(34)}${usd(ticksOnly).toFixed(2).padStart(6)}\n`);

const { look } = measured.each;
say(
  `An unchanged look: ${((rounds[1]!.unchanged.poll.readUnits ?? 0) / 1_000).toFixed(3)} read units of these feeds, ${look.readUnits} of usual ones; no write and no log line of its own; ` +
    `${measured.line.mixed.sentBytes} bytes sent, handshake and all, in some ${measured.line.mixed.sentPackets} packets (${packetHeaderBytes} bytes of headers each); ${look.cpuMs} ms of CPU here.`,
);
say(
  `Not in it: cold starts, decoding of a shard's page by the SDK, pages that readers open, what an operator looks up.`,
);
