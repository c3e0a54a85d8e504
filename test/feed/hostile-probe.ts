/** Parses files in a process of its own and tells what each cost, a line each. `node --expose-gc hostile-probe.ts FILE ...` */
import { readFileSync } from 'node:fs';
import { parseFeed } from '../../shared/feed/parse.ts';
import { unsliced } from '../../shared/feed/slices.ts';

export interface Cost {
  readonly kind: 'feed' | 'problem';
  readonly entries: number;
  /** A prototype was changed. */
  readonly polluted: boolean;
  readonly cpuMilliseconds: number;
  /** Of the process up to now, the document included; what it held before the first is not counted. */
  readonly peakMegabytes: number;
}

const ordinary = Buffer.from('<rss version="2.0"><channel><item><guid>1</guid><title>t</title></item></channel></rss>');
await parseFeed(ordinary, null, '', unsliced); // what is only loaded and compiled once
globalThis.gc?.();
const runtimeBytes = process.resourceUsage().maxRSS * 1_024;

for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  const before = process.cpuUsage();
  const result = await parseFeed(bytes, null, 'https://news.example/feed', unsliced);
  const { user, system } = process.cpuUsage(before);
  const cost: Cost = {
    kind: result.kind,
    entries: result.kind === 'feed' ? result.document.entries.length : 0,
    polluted: Object.keys(Object.prototype).length > 0 || 'x' in {} || 'y' in {},
    cpuMilliseconds: Math.round((user + system) / 1_000),
    peakMegabytes: Math.round((process.resourceUsage().maxRSS * 1_024 - runtimeBytes) / 1e6),
  };
  console.log(JSON.stringify(cost));
  globalThis.gc?.();
}
