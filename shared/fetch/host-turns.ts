/** Many hosts at the same time, each host one feed at a time. */
import { limits } from '../limits.ts';

/**
 * Calls `look` for every feed; a fault of one keeps none of the others from its turn.
 *
 * @returns the feeds whose look threw, with what was thrown
 */
export async function eachHostInTurn<F extends { readonly url: string }>(
  feeds: readonly F[],
  look: (feed: F) => Promise<void>,
): Promise<readonly { readonly feed: F; readonly fault: unknown }[]> {
  const faults: { feed: F; fault: unknown }[] = [];
  const hosts = Map.groupBy(feeds, (feed) => new URL(feed.url).host).values();
  const lane = async () => {
    // Lanes share the iterator: whichever is free takes the next host.
    for (const ofOneHost of hosts) {
      for (const feed of ofOneHost) {
        try {
          await look(feed);
        } catch (fault) {
          faults.push({ feed, fault });
        }
      }
    }
  };
  await Promise.all(Array.from({ length: limits.hostsAtOnceMax }, lane));
  return faults;
}
