/** Parses one hostile document in a process of its own and tells what it cost. `node hostile-probe.ts "name of it"` */
import { parseFeed } from '../../shared/feed/parse.ts';
import { unsliced } from '../../shared/feed/slices.ts';
import { hostileDocuments } from './hostile-documents.ts';

const utf8 = new TextEncoder();
const ordinary = '<rss version="2.0"><channel><item><guid>1</guid><title>t</title></item></channel></rss>';

for (const name of process.argv.slice(2)) {
  const made = hostileDocuments[name]!();
  const bytes = typeof made === 'string' ? utf8.encode(made) : made;
  await parseFeed(utf8.encode(ordinary), null, '', unsliced); // what comes with the first document only
  globalThis.gc?.();
  const [heldBefore, cpuBefore] = [process.memoryUsage.rss(), process.cpuUsage()];
  const result = await parseFeed(bytes, null, 'https://news.example/feed', unsliced);
  const { user, system } = process.cpuUsage(cpuBefore);
  const peak = process.resourceUsage().maxRSS * 1_024;
  const entries = result.kind === 'feed' ? result.document.entries.length : 0;
  const polluted = Object.keys(Object.prototype).length > 0 || 'x' in {} || 'y' in {};
  console.log(
    JSON.stringify({
      name,
      kind: result.kind,
      entries,
      polluted,
      cpuMilliseconds: Math.round((user + system) / 1_000),
      peakMegabytes: Math.round(peak / 1e6),
      grownMegabytes: Math.round((peak - heldBefore) / 1e6),
    }),
  );
}
