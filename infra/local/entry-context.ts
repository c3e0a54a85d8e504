/** In which light articles named on the command line are looked at: as an entry of which feed, and on which day. */
import type { Entry } from '../../shared/feed/entry.ts';
import { idOf } from '../../shared/id.ts';
import { localDay } from '../../shared/time.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { EntryContext } from '../../shared/watch/match.ts';
import { Usage } from './command.ts';
import { isAddress } from './feed-source.ts';

/**
 * @param source an address that the watch file names is that feed; any other source is no feed in particular
 * @param at a day for all entries; with null each has its own
 */
export function contextOf(config: Config, source: string, entry: Entry, at: string | null): EntryContext {
  const feed = isAddress(source) ? config.feeds.find(({ id }) => id === idOf('feed', source)) : undefined;
  return { feed: feed ?? null, day: at ?? localDay(entry.publishedAt ?? Date.now(), config.deliver.zone) };
}

/** The day that `--at` says, or null. @throws Usage when it is no day */
export function dayOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at) || localDay(at, 'UTC') !== text) throw new Usage(`“${text}” is no day: write it as 2026-11-23.`);
  return text;
}
