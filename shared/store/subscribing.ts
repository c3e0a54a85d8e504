/** One subscription begins, changes when it comes, or ends: each on condition that nobody changed it meanwhile. */
import type { Profile, Subscription } from '../delivery/consent.ts';
import { editionFor } from '../delivery/edition.ts';
import { limits } from '../limits.ts';
import { DAY, type Instant } from '../time.ts';
import type { Digest, Schedule } from '../watch/config.ts';
import type { Table } from '../world.ts';
import { joinEdition } from './readers.ts';
import { moveSubscription, subscriptionOf } from './subscribers.ts';

/** Thrown when others keep changing what one wants to change; doing it again is free. */
export class ChangedMeanwhile extends Error {}

/** Does again what was overtaken, or whose own first answer was lost: every step looks at what stands there. */
export async function persistently<T>(step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (fault) {
      if (!(fault instanceof ChangedMeanwhile) || attempt === limits.countAttemptsMax) throw fault;
    }
  }
}

/** @throws ChangedMeanwhile when it did not hold */
export function held(moved: boolean): void {
  if (!moved) throw new ChangedMeanwhile('somebody changed it at the same moment');
}

/**
 * @param how.when null: as the digest comes
 * @param how.zone null: that of the digest
 * @param how.askedAt what was ended after it stays ended; null for a person who decides at this moment
 */
export async function begin(
  people: Table,
  { subscriber, version }: Profile,
  digest: Digest,
  how: { readonly when: Schedule | null; readonly zone: string | null; readonly askedAt: Instant | null },
  now: Instant,
): Promise<void> {
  const { when, zone, askedAt } = how;
  const before = await subscriptionOf(people, subscriber, digest.id);
  const edition = editionFor(digest, when, zone);
  if (before?.state === 'confirmed') {
    if (before.edition === edition.id) return;
    await joinEdition(people, edition, subscriber, now);
    const left = [...before.left, { edition: before.edition, at: now }].filter(
      (each) => each.edition !== edition.id && now - each.at < limits.leftEditionDays * DAY,
    );
    held(await moveSubscription(people, before, { ...before, edition: edition.id, when, left }));
    return;
  }
  if (before !== null && askedAt !== null && before.since > askedAt) return;
  await joinEdition(people, edition, subscriber, now);
  const subscription: Subscription = {
    subscriber,
    digest: digest.id,
    state: 'confirmed',
    by: 'person',
    version: Math.max((before?.version ?? 0) + 1, version),
    since: now,
    edition: edition.id,
    left: [],
    when,
    rev: 0,
  };
  held(await moveSubscription(people, before, subscription));
}

export async function end(people: Table, subscription: Subscription, now: Instant): Promise<void> {
  if (subscription.state === 'unsubscribed') return;
  held(await moveSubscription(people, subscription, { ...subscription, state: 'unsubscribed', since: now }));
}
