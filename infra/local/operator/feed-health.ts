/** How each feed is, in the words of the pages. */
import { limits } from '../../../shared/limits.ts';
import { shardsFor } from '../../../shared/poll/due.ts';
import type { Failing, FeedState } from '../../../shared/poll/feed-state.ts';
import { feedStatesOf } from '../../../shared/store/feed-states.ts';
import { DAY, type Instant } from '../../../shared/time.ts';
import type { Feed } from '../../../shared/watch/config.ts';
import type { OperatorView } from './operator-view.ts';

export type Health =
  | ({ readonly kind: 'failing' } & Failing)
  | { readonly kind: 'not looked at yet' }
  /** Read, and without a new entry since long. */
  | { readonly kind: 'quiet' }
  | { readonly kind: 'fine' };

export interface FeedReport {
  readonly feed: Feed;
  readonly state: FeedState | null;
  readonly health: Health;
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
      return { feed, state, health: healthOf(state, now) };
    })
    .sort((a, b) => urgency(a.health) - urgency(b.health) || a.feed.name.localeCompare(b.feed.name));
}

export function isRead({ health }: FeedReport): boolean {
  return health.kind === 'fine' || health.kind === 'quiet';
}

function healthOf(state: FeedState | null, now: Instant): Health {
  if (state?.failing) return { kind: 'failing', ...state.failing };
  if (state === null || state.firstReadAt === null) return { kind: 'not looked at yet' };
  return now - (state.newsAt ?? state.firstReadAt) > limits.quietFeedDays * DAY ? { kind: 'quiet' } : { kind: 'fine' };
}

function urgency(health: Health): number {
  if (health.kind === 'failing') return health.since - Number.MAX_SAFE_INTEGER;
  return (['not looked at yet', 'quiet', 'fine'] as const).indexOf(health.kind);
}
