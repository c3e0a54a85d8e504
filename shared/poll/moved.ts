/**
 * Feeds that move: a redirect "for ever" is believed when it has said the same for some days, since many are the mistake of
 * an afternoon. From then on the feed is asked at its new address; the watch file stays as people wrote it.
 */
import { limits } from '../limits.ts';
import { DAY, type Instant } from '../time.ts';
import type { FeedState, Moved } from './feed-state.ts';

/**
 * @param movedTo where the answer came from when all redirects on the way said "for ever"; null otherwise
 * @returns the very value that was there when nothing changed
 */
export function movedNext(
  feed: { readonly url: string },
  moved: Moved | null,
  movedTo: string | null,
  now: Instant,
): Moved | null {
  // Asked at its new address, a feed that redirects again is followed as any other; one that leads back is at home.
  if (moved?.settled) return movedTo === feed.url ? null : moved;
  if (movedTo === null || movedTo.length > limits.urlCharsMax) return null;
  if (moved?.to !== movedTo) return { to: movedTo, since: now, settled: false };
  return now - moved.since >= limits.moveDays * DAY ? { ...moved, settled: true } : moved;
}

/** A new address that gives nothing for a day: the one of the watch file is asked again, and may say where to go now. */
export function movedAfterFailure({ moved, failing }: FeedState, now: Instant): Moved | null {
  const isLost = moved?.settled === true && failing !== null && !failing.partial && now - failing.since >= DAY;
  return isLost ? null : moved;
}
