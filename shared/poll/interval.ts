/** How often a feed is looked at: what the operator, its publisher, its own rate and its failures say, in one place. */
import { unreachable } from '../assert.ts';
import type { LookFailure } from '../feed/outcome.ts';
import { limits } from '../limits.ts';
import { DAY, HOUR, type Instant } from '../time.ts';
import type { Feed } from '../watch/config.ts';
import type { Failing, FeedState } from './feed-state.ts';
import { rateAt } from './rate.ts';

/**
 * The intervals of `every: auto`, and from how many entries a day each is worth its polls.
 *
 * A feed's news wait half an interval on average, and an interval costs its inverse in polls. Going from one interval to
 * the next shorter one pays when rate > 2λ / (one × other), with one price λ for all feeds; at these rates it is 900
 * entry-minutes a poll. `npm run bench:interval` shows what comes of it.
 */
const classes: readonly { readonly minutes: number; readonly fromPerDay: number }[] = [
  { minutes: 5, fromPerDay: 24 },
  { minutes: 15, fromPerDay: 4 },
  { minutes: 30, fromPerDay: 1 },
  { minutes: 60, fromPerDay: 0.125 },
  { minutes: 240, fromPerDay: 0 },
];

/** Minutes between two looks, by all that is known at an instant. */
export function intervalMinutes(feed: Feed, state: FeedState | null, at: Instant): number {
  if (state === null) return feed.everyMinutes;
  const wished = Math.max(ownMinutes(feed, state, at), state.rest?.freshMinutes ?? 0);
  const { failing } = state;
  // What is read in part is read as often as before: only what gives nothing is asked more seldom.
  return failing === null || failing.partial ? wished : Math.max(wished, backOffMinutes(failing, at));
}

/** What we would do if HTTP said nothing and all went well. */
function ownMinutes(feed: Feed, state: FeedState, at: Instant): number {
  if (feed.atMostMinutes === undefined) return feed.everyMinutes;
  return Math.min(Math.max(rateMinutes(feed, state, at), state.rest?.advisedMinutes ?? 0), feed.atMostMinutes);
}

function rateMinutes(feed: Feed, { rate, gap }: FeedState, at: Instant): number {
  if (gap !== null && at - gap.to < limits.gapHours * HOUR) return limits.tickMinutes;
  if (rate === null) return feed.everyMinutes;
  const perDay = rateAt(rate, at);
  return classes.find(({ fromPerDay }) => perDay >= fromPerDay)?.minutes ?? limits.atMostMinutes;
}

/**
 * By how long the failure lasts, not by a count: so a further failure needs no write. Jitter comes with the slots, which
 * are spread by a hash of the feed.
 */
function backOffMinutes({ since, why, endedAt }: Failing, at: Instant): number {
  if (endedAt !== undefined) return limits.goneAskAgainDays * 24 * 60;
  const failingFor = at - since;
  return backOff(why).find(({ until }) => failingFor < until)?.minutes ?? 24 * 60;
}

type Steps = readonly { readonly until: number; readonly minutes: number }[];

const passing: Steps = [
  { until: HOUR, minutes: 0 },
  { until: DAY, minutes: 60 },
  { until: 7 * DAY, minutes: 4 * 60 },
];
/** Somebody is there and does not want us: asking on at our own pace would only prove them right. */
const unwelcome: Steps = [
  { until: DAY, minutes: 60 },
  { until: 7 * DAY, minutes: 4 * 60 },
];
/** What is not there seldom comes back within the hour. */
const missing: Steps = [
  { until: HOUR, minutes: 0 },
  { until: DAY, minutes: 4 * 60 },
];

function backOff(why: LookFailure): Steps {
  switch (why) {
    case 'blocked':
      return unwelcome;
    case 'not found':
      return missing;
    case 'gone':
      return [];
    case 'not allowed':
    case 'unreachable':
    case 'timeout':
    case 'server error':
    case 'bad answer':
    case 'too large':
    case 'cut off':
    case 'not a feed':
    case 'unreadable':
      return passing;
    default:
      return unreachable(why);
  }
}
