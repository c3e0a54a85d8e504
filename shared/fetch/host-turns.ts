/** Many hosts at the same time, each host one feed at a time. */
import { limits } from '../limits.ts';

/** What came of it. */
export interface Turns<F> {
  /** Their look threw. */
  readonly faults: readonly { readonly feed: F; readonly fault: unknown }[];
  /** Their turn did not come in time. */
  readonly left: readonly F[];
}

/**
 * Calls `look` for every feed; a fault of one keeps none of the others from its turn.
 *
 * @param feeds those of one host are asked in this order
 * @param goesOn asked before each look; once it says no, no further look begins
 */
export async function eachHostInTurn<F extends { readonly url: string }>(
  feeds: readonly F[],
  goesOn: () => boolean,
  look: (feed: F) => Promise<void>,
): Promise<Turns<F>> {
  const faults: { feed: F; fault: unknown }[] = [];
  const left: F[] = [];
  const hosts = Map.groupBy(feeds, (feed) => new URL(feed.url).host).values();
  const lane = async () => {
    // Lanes share the iterator: whichever is free takes the next host.
    for (const ofOneHost of hosts) {
      for (const feed of ofOneHost) {
        if (!goesOn()) left.push(feed);
        else {
          try {
            await look(feed);
          } catch (fault) {
            faults.push({ feed, fault });
          }
        }
      }
    }
  };
  await Promise.all(Array.from({ length: limits.hostsAtOnceMax }, lane));
  return { faults, left };
}
