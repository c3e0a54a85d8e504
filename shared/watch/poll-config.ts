/** What a poll needs of the watch file: the feeds, and where the hits of each watch go. No address is in it. */
import type { Config } from './config.ts';

export interface PollConfig {
  readonly feeds: Config['feeds'];
  /** Ids of digests by id of the watch. */
  readonly digestsOf: Readonly<Record<string, readonly string[]>>;
  /** The zone of an entry's day. */
  readonly zone: string;
  /** What publishers are told of who asks. */
  readonly contact: string | null;
  /** So many days the texts of entries are kept; null when nothing is said. */
  readonly historyDays: number | null;
  /** `host:port` pairs that may be read though they lie in a private network. */
  readonly allow: readonly string[];
}

export function pollConfig({ feeds, digests, deliver, poll, network }: Config): PollConfig {
  return {
    feeds,
    digestsOf: digestsByWatch(digests),
    zone: deliver.zone,
    contact: poll.contact ?? null,
    historyDays: poll.historyDays,
    allow: network.allow,
  };
}

/** A watch in no digest has no entry: its hits are kept and mailed to nobody. */
function digestsByWatch(digests: Config['digests']): PollConfig['digestsOf'] {
  const routes: Record<string, string[]> = {};
  for (const digest of digests) {
    for (const watch of digest.watches) {
      routes[watch] ??= [];
      routes[watch].push(digest.id);
    }
  }
  return routes;
}
