/** "Does it work?" in one sentence, and what to do where it does not. Pure. */
import { count } from '../../../shared/digest/coverage-lines.ts';
import { limits } from '../../../shared/limits.ts';
import { isFailing } from '../../../shared/poll/health.ts';
import type { Instant } from '../../../shared/time.ts';
import { type FeedReport, isRead } from './feed-health.ts';
import type { LastLook } from './last-look.ts';
import { distance } from './moments.ts';

export interface Verdict {
  readonly headline: string;
  readonly details: readonly string[];
  /** Whether somebody has to do something. */
  readonly alarm: boolean;
}

/** What presses most comes first: without looks, the state of the feeds is old news. */
export function verdict(reports: readonly FeedReport[], look: LastLook | null, now: Instant): Verdict {
  const feeds = reports.length;
  const failing = reports.filter(({ state }) => isFailing(state)).length;
  const read = reports.filter(isRead).length;
  const waiting = feeds - failing - read;
  const soon = `The next look comes within ${limits.tickMinutes} minutes; then reload this page.`;
  const terminal = 'If this stays so, the terminal that runs Watchword tells why.';

  if (feeds === 0) {
    return { headline: 'No feed is watched', details: ['Add one under “feeds:” in the watch file.'], alarm: true };
  }
  if (look === null) {
    return waiting === feeds
      ? { headline: 'Waiting for the first look', details: [soon, terminal], alarm: false }
      : { headline: 'No look for more than a day', details: [soon, terminal], alarm: true };
  }
  const ended = `The last look ended ${distance(look.endedAt, now)}.`;
  if (look.late) return { headline: 'The feeds are not looked at', details: [ended, soon, terminal], alarm: true };

  const details = [ended];
  if (failing > 0) details.push(`${read} of ${count(feeds, 'feed')} read.`);
  if (waiting > 0) details.push(`${count(waiting, 'feed waits', 'feeds wait')} for the first look.`);
  if (look.missed > 0)
    details.push(`It left out ${count(look.missed, 'feed')} by a fault of this machine. ${terminal}`);
  if (failing > 0) {
    return { headline: `${count(failing, 'feed')} cannot be read`, details, alarm: true };
  }
  const headline =
    waiting > 0 ? `It works: ${read} of ${count(feeds, 'feed')} read so far` : `It works: ${all(feeds)} read`;
  return { headline, details, alarm: look.missed > 0 };
}

function all(feeds: number): string {
  return feeds === 1 ? 'the one feed was' : `all ${count(feeds, 'feed')} were`;
}
