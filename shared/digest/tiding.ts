/** What people should know of a feed once, in the first mail after it happened; not again in each that follows. */
import type { FeedState } from '../poll/feed-state.ts';
import { failingKinds, type HealthKind } from '../poll/health.ts';
import { isSlow } from '../poll/latency.ts';
import type { Instant } from '../time.ts';

/** Something about a feed that people should know once. */
export type Tiding = { readonly name: string } & (
  | { readonly kind: 'quiet'; readonly since: Instant; readonly perDay: number | null }
  /** It failed for a time within that of this receipt, and is read again. */
  | { readonly kind: 'recovered'; readonly was: HealthKind; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'slow' }
  /** `to`: to be written into the watch file. */
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'gap'; readonly from: Instant | null; readonly to: Instant }
  | { readonly kind: 'held back'; readonly entries: number }
);

/** What its state says that happened since people were last told. @param from null when they never were */
export function tidingsOf(name: string, state: FeedState, from: Instant | null): readonly Tiding[] {
  const isNew = (at: Instant) => from === null || at > from;
  const tidings: Tiding[] = [];
  const { turns, gap, held, moved } = state;
  const last = turns.at(-1);
  if (last !== undefined && isNew(last.at) && state.failing === null) {
    const failed = turns.findLast(({ to }) => failingKinds.has(to));
    const next = failed === undefined ? undefined : turns[turns.indexOf(failed) + 1];
    if (failed !== undefined && next !== undefined && isNew(next.at)) {
      tidings.push({ name, kind: 'recovered', was: failed.to, from: failed.at, to: next.at });
    }
    if (moved?.settled && last.to === 'moved') tidings.push({ name, kind: 'moved', to: moved.to });
    if (isSlow(state) && last.to === 'slow') tidings.push({ name, kind: 'slow' });
  }
  if (gap !== null && isNew(gap.to)) tidings.push({ name, kind: 'gap', ...gap });
  if (held !== null && isNew(held.since)) tidings.push({ name, kind: 'held back', entries: held.entries });
  return tidings;
}

export function quietTiding(name: string, { newsAt, firstReadAt, rate }: FeedState): Tiding {
  return { name, kind: 'quiet', since: newsAt ?? firstReadAt ?? 0, perDay: rate?.perDay ?? null };
}
