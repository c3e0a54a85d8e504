/** How each feed is, for the pages and the command that list them. */
import { localTime } from '../../../shared/digest/local-time.ts';
import { shardsFor } from '../../../shared/poll/due.ts';
import type { FeedState } from '../../../shared/poll/feed-state.ts';
import { type Health, type HealthKind, healthOf, isFailing } from '../../../shared/poll/health.ts';
import { intervalMinutes } from '../../../shared/poll/interval.ts';
import { feedStatesOf } from '../../../shared/store/feed-states.ts';
import type { Instant } from '../../../shared/time.ts';
import type { Feed } from '../../../shared/watch/config.ts';
import type { OperatorView } from './operator-view.ts';

export interface FeedReport {
  readonly feed: Feed;
  readonly state: FeedState | null;
  readonly health: Health;
  /** Minutes between two looks as things are. */
  readonly everyMinutes: number;
}

/** Every feed: what fails comes first, and of that what fails longest. */
export async function feedReports(
  view: Pick<OperatorView, 'config' | 'news' | 'clock'>,
): Promise<readonly FeedReport[]> {
  const { feeds } = view.config;
  const states = await feedStatesOf(view.news, feeds, shardsFor(feeds.length));
  const now = view.clock.now();
  return feeds
    .map((feed) => {
      const state = states.get(feed.id) ?? null;
      return { feed, state, health: healthOf(state, now), everyMinutes: intervalMinutes(feed, state, now) };
    })
    .sort((a, b) => urgency(a) - urgency(b) || a.feed.name.localeCompare(b.feed.name));
}

export function isRead({ state, health }: FeedReport): boolean {
  return !isFailing(state) && health.kind !== 'not looked at yet';
}

/** What presses most comes first, what is as it should be last. */
const order: readonly HealthKind[] = [
  'not looked at yet',
  'held back',
  'moved',
  'quiet',
  'slow',
  'unchanged',
  'fine',
] as const;

function urgency({ state, health }: FeedReport): number {
  return state?.failing ? state.failing.since - Number.MAX_SAFE_INTEGER : order.indexOf(health.kind);
}

/** `every 5 min`, `every 4 h`, `every 30 days` */
export function everyInWords({ everyMinutes }: FeedReport): string {
  if (everyMinutes < 60) return `every ${everyMinutes} min`;
  const hours = everyMinutes / 60;
  return hours < 48 ? `every ${Number(hours.toFixed(1))} h` : `every ${Math.round(hours / 24)} days`;
}

/** What has changed of a feed lately, oldest first, each as a short text: `blocked Sun 22 Nov, 18:40`, `fine 09:20`. */
export function turnsInWords({ state }: FeedReport, zone: string, now: Instant): readonly string[] {
  const time = localTime(zone, now);
  const turns = (state?.turns ?? []).map(({ at, to }) => ({ at, text: `${to} ${time.nearSlot(at)}` }));
  const gap = state?.gap ?? null;
  if (gap !== null) {
    const from = gap.from === null ? '' : `${time.nearSlot(gap.from)} to `;
    turns.push({ at: gap.to, text: `gap ${from}${time.nearSlot(gap.to)}` });
  }
  const moved = state?.moved ?? null;
  if (moved !== null && !moved.settled) {
    turns.push({ at: moved.since, text: `redirected since ${time.nearSlot(moved.since)} to ${moved.to}` });
  }
  return turns.sort((a, b) => a.at - b.at).map(({ text }) => text);
}
