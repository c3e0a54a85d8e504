/**
 * What the operator's pages know of every hit: enough to find, count and order them. Hits are stored by watch and in no order
 * of time, so reading them all for each page would take seconds when there are many. They are read once, when somebody first
 * asks; after that the index hears of what polls store.
 */
import { eachHitOf, hitIn } from '../../../shared/store/hits.ts';
import { type Instant, localDay } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import { foldedForm } from '../../../shared/watch/fold.ts';
import type { Hit } from '../../../shared/watch/hit.ts';
import type { HeardTable } from '../heard-table.ts';

export interface HitLine {
  readonly watch: string;
  readonly entry: string;
  /** Id of the feed. */
  readonly feed: string;
  readonly outlet: string;
  readonly foundAt: Instant;
  /** Of `foundAt`, in the zone of the watch file. */
  readonly day: string;
  /** Headline, excerpt and outlet, folded: what a search looks in. */
  readonly words: string;
}

export interface HitIndex {
  /** Whether every stored hit is known. Begins to read when nobody asked before, and waits for that a moment. */
  isWhole(): Promise<boolean>;
  /** Newest first. While it is not whole: those that are known so far. */
  lines(): readonly HitLine[];
}

/** @param news heard of from now on */
export function hitIndex(
  news: HeardTable,
  config: { readonly watches: Config['watches']; readonly deliver: Pick<Config['deliver'], 'zone'> },
  waitMsMax: number,
): HitIndex {
  const watches = new Set(config.watches.map(({ id }) => id));
  const byKey = new Map<string, HitLine>();
  let sorted: readonly HitLine[] | null = [];
  let reading: Promise<void> | null = null;
  let isRead = false;

  const keep = (hit: Hit) => {
    byKey.set(`${hit.watch} ${hit.entry}`, lineOf(hit, config.deliver.zone));
    sorted = null;
  };
  news.onPut((item) => {
    const hit = hitIn(item);
    if (hit !== null && watches.has(hit.watch)) keep(hit);
  });
  const read = async () => {
    for (const watch of watches) {
      for await (const hit of eachHitOf(news, watch)) {
        // What was heard of meanwhile is newer than what is read.
        if (!byKey.has(`${hit.watch} ${hit.entry}`)) keep(hit);
      }
    }
    isRead = true;
  };
  return {
    async isWhole() {
      if (isRead) return true;
      // A fault is told to all who wait; the next who asks begins again.
      reading ??= read().finally(() => {
        reading = null;
      });
      await atMost(waitMsMax, reading);
      return isRead;
    },
    lines() {
      sorted ??= [...byKey.values()].sort((a, b) => b.foundAt - a.foundAt || order(a.entry, b.entry));
      return sorted;
    },
  };
}

function lineOf(hit: Hit, zone: string): HitLine {
  const { watch, entry, feed, outlet, foundAt, title, excerpt } = hit;
  const words = foldedForm([title.text, excerpt?.text ?? '', outlet].join('\n'));
  return { watch, entry, feed, outlet, foundAt, day: localDay(foundAt, zone), words };
}

/** @throws what the work throws while it is waited for */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  // Should it fail later, whoever asks then is told.
  work.catch(() => {});
  try {
    await Promise.race([work, waited]);
  } finally {
    clearTimeout(timer);
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
