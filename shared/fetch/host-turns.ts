/** Many hosts at the same time, each host one feed at a time. */
import { limits } from '../limits.ts';
import type { GroupedHttp } from '../world.ts';

/** What came of it. */
export interface Turns<F> {
  /** Their look threw. */
  readonly faults: readonly { readonly feed: F; readonly fault: unknown }[];
  /** Their turn did not come in time. */
  readonly left: readonly F[];
}

/**
 * Calls `look` for every feed; a fault of one keeps none of the others from its turn. Feeds of one host share their
 * connections, which end with the last of them. The pause between two of them is the gate's affair.
 *
 * @param feeds those of one host are asked in this order
 * @param goesOn asked before each look; once it says no, no further look begins
 */
export async function eachHostInTurn<F extends { readonly url: string }>(
  http: GroupedHttp,
  feeds: readonly F[],
  goesOn: () => boolean,
  look: (feed: F, http: GroupedHttp) => Promise<void>,
): Promise<Turns<F>> {
  const faults: { feed: F; fault: unknown }[] = [];
  const left: F[] = [];
  const hosts = Map.groupBy(feeds, (feed) => new URL(feed.url).host).entries();
  const lane = async () => {
    // Lanes share the iterator: whichever is free takes the next host.
    for (const [group, ofOneHost] of hosts) {
      const grouped: GroupedHttp = {
        get: (request) => http.get({ ...request, group }),
        hangUp: (name) => http.hangUp(name),
      };
      for (const feed of ofOneHost) {
        if (!goesOn()) left.push(feed);
        else {
          try {
            await look(feed, grouped);
          } catch (fault) {
            faults.push({ feed, fault });
          }
        }
      }
      await http.hangUp(group);
    }
  };
  await Promise.all(Array.from({ length: limits.hostsAtOnceMax }, lane));
  return { faults, left };
}
