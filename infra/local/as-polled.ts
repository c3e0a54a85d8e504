/** Articles named on the command line as a poll would look at them: with the pages of their feed, where it wants whole ones. */

import { countPages } from '../../shared/article/whole-entry.ts';
import type { Entry } from '../../shared/feed/entry.ts';
import { wholeEntries } from '../../shared/fetch/fetch-article.ts';
import { idOf } from '../../shared/id.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { Http } from '../../shared/world.ts';
import type { Terminal } from './command.ts';
import { isAddress } from './feed-source.ts';
import { notWhole } from './tally.ts';

/**
 * @param source an address that the watch file names is that feed; of any other source the articles are as they are given
 * @returns one for each, in their order; what was not read whole is said on `err`
 */
export async function asPolled(
  http: Http,
  { feeds, poll }: Config,
  source: string,
  entries: readonly Entry[],
  terminal: Terminal,
): Promise<readonly Entry[]> {
  const feed = isAddress(source) ? feeds.find(({ id }) => id === idOf('feed', source)) : undefined;
  if (feed === undefined) return entries;
  const asker = { http, clock: Date, contact: poll.contact ?? null };
  const whole = await wholeEntries(asker, feed, entries, Number.POSITIVE_INFINITY);
  const pages = countPages(whole);
  if (pages.notRead > 0) terminal.err(`${source}: ${notWhole(pages)}`);
  return whole.map((each) => each.read);
}
