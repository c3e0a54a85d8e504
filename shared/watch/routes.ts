/** From a watch to the digests that list its hits. */
import type { Config } from './config.ts';

/** Ids of digests by id of the watch. A watch in no digest has no entry: its hits are kept and mailed to nobody. */
export function digestsByWatch(digests: Config['digests']): Readonly<Record<string, readonly string[]>> {
  const routes: Record<string, string[]> = {};
  for (const digest of digests) {
    for (const watch of digest.watches) {
      routes[watch] ??= [];
      routes[watch].push(digest.id);
    }
  }
  return routes;
}
