/** `watchword cost`: what a month of this watch file would cost on AWS. */
import { parseArgs } from 'node:util';
import { dearest, type Forecast } from '../../cost/forecast.ts';
import { forecastFor } from '../../cost/forecast-for.ts';
import { readMeasured } from '../../cost/measured.ts';
import { NoPrice, type Prices, pricesOf } from '../../cost/prices.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';

const defaultRegion = 'us-east-1';

export const cost: Command = {
  summary: 'forecast what a month of this watch file costs on AWS, line by line',
  help: `watchword cost [--subscribers N] [--region R] [--watch FILE] [--json]

Forecasts a month of 30 days: what was measured of each thing that is done, times how often this watch file has it done,
at the prices that AWS published. On demand, without free tier, tax and credits. Nothing is asked of AWS.

  --subscribers N  people who subscribe themselves, each to every digest (default: 0); those of "to:" are counted anyway
  --region R       whose prices: us-east-1 or eu-west-2 (default: that of deploy: in the watch file, else us-east-1)
  --watch FILE     the watch file (default: ${defaultWatchFile})
  --json           one object on standard output:
                   {region, prices: {collected, hash}, measured: {date, node, machine}, lines: [{part, what, usd, usage}],
                   total, fixed, mail, perThousandFeeds}

Exit code: 0 done, 1 the watch file is not right.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        subscribers: { type: 'string', default: '0' },
        region: { type: 'string' },
        watch: { type: 'string', default: defaultWatchFile },
        json: { type: 'boolean', default: false },
      },
    });
    if (!/^\d{1,7}$/.test(values.subscribers)) {
      throw new Usage(`--subscribers is a whole number, and not “${values.subscribers}”.`);
    }
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const prices = pricesAt(values.region ?? config.deploy?.region ?? defaultRegion);
    const measured = readMeasured();
    const forecast = forecastFor(config, Number(values.subscribers), prices);
    if (values.json) {
      const { collected, hash, region } = prices;
      const { date, node, machine } = measured;
      const { plan: _, ...told } = forecast;
      terminal.out(JSON.stringify({ region, prices: { collected, hash }, measured: { date, node, machine }, ...told }));
    } else {
      show(terminal, forecast, prices, config.feeds.length);
      terminal.out('');
      for (const line of smallPrint(prices, measured)) terminal.out(line);
    }
    return 0;
  },
};

/** @throws Usage */
function pricesAt(region: string): Prices {
  try {
    return pricesOf(region);
  } catch (fault) {
    if (fault instanceof NoPrice) throw new Usage(fault.message);
    throw fault;
  }
}

const titles = { fixed: 'Whatever is read', feeds: 'Reading', mail: 'Telling' } as const;

function show(terminal: Terminal, forecast: Forecast, prices: Prices, feeds: number): void {
  const { lines, total, fixed, mail, perThousandFeeds, plan } = forecast;
  const widest = Math.max(...lines.map(({ what }) => what.length));
  const row = (what: string, usd: number) => `  ${what.padEnd(widest)}  ${usd.toFixed(2).padStart(8)}`;
  const looks = plan.shards.reduce((sum, shard) => sum + shard.looks, 0);
  const mails = plan.digests.reduce((sum, digest) => sum + digest.mails, 0);
  terminal.out(
    `A month on AWS (${prices.region}), in US dollars: ${countOf(feeds, 'feed')}, ${countOf(Math.round(looks), 'look')}, ${countOf(Math.round(mails), 'mail')}`,
  );
  for (const part of ['fixed', 'feeds', 'mail'] as const) {
    terminal.out('');
    terminal.out(titles[part]);
    for (const { what, usd } of lines.filter((line) => line.part === part)) terminal.out(row(what, usd));
  }
  terminal.out('');
  terminal.out(row('Together', total));
  terminal.out('');
  const dear = dearest(forecast, prices).slice(0, 3);
  const shares = dear.map(([name, usd]) => `${words[name] ?? name} ${((usd / total) * 100).toFixed(0)} %`);
  terminal.out(
    `Fixed ${fixed.toFixed(2)}; 1,000 more of these feeds ${perThousandFeeds.toFixed(2)}; mail ${mail.toFixed(2)}. Most of it: ${shares.join(', ')}.`,
  );
}

const words: Readonly<Record<string, string>> = {
  gbSeconds: 'computing',
  queueRequests: 'requests to queues',
  writeUnits: 'writes',
  readUnits: 'reads',
  sentGb: 'bytes sent',
  mails: 'mail',
};

function smallPrint(prices: Prices, { date, node, machine }: ReturnType<typeof readMeasured>): readonly string[] {
  return [
    `Prices of ${prices.collected} (infra/cost/prices.json, hash ${prices.hash}), free tier left out. Usage measured on ${date} with Node ${node}`,
    `on ${machine} (npm run bench:cost); a Lambda vCPU is taken to be half as fast. Of each feed 4.1 articles a day are assumed,`,
    'one in fifty a hit. Not in it: cold starts, pages that readers open, what operators look up, a domain, tax.',
  ];
}

const countOf = (count: number, what: string): string =>
  `${count.toLocaleString('en-GB')} ${what}${count === 1 ? '' : 's'}`;
