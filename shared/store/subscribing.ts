/** One subscription begins, changes when it comes, or ends: each on condition that nobody changed it meanwhile. */
import type { Profile, Subscription } from '../delivery/consent.ts';
import { type Edition, editionFor, ownEdition } from '../delivery/edition.ts';
import { limits } from '../limits.ts';
import { DAY, type Instant } from '../time.ts';
import type { Digest, Schedule } from '../watch/config.ts';
import type { Table } from '../world.ts';
import { joinEdition } from './editions.ts';
import { moveSubscription, subscriptionOf } from './subscribers.ts';

/** Thrown when others keep changing what one wants to change; doing it again is free. */
export class ChangedMeanwhile extends Error {}

/** Does again what was overtaken, or whose own first answer was lost: every step looks at what stands there. */
export async function persistently<T>(step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (fault) {
      if (!(fault instanceof ChangedMeanwhile) || attempt === limits.conflictsMax) throw fault;
    }
  }
}

/** For a change made on condition. @throws ChangedMeanwhile when the condition did not hold */
export function mustHold(moved: boolean): void {
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
  if (before?.state === 'unsubscribed' && askedAt !== null && before.since > askedAt) return;
  const goesOn = before?.state === 'confirmed' ? before : null;
  const subscription: Subscription = goesOn ?? {
    subscriber,
    digest: digest.id,
    state: 'confirmed',
    by: 'person',
    version: Math.max((before?.version ?? 0) + 1, version),
    since: now,
    edition: '',
    left: [],
    when,
    rev: 0,
  };
  // A yes to a letter is the person's own, whoever had named them before.
  const by = askedAt === null ? subscription.by : 'person';
  const edition = editionFor(digest, when, zone);
  if (goesOn?.edition === edition.id && goesOn.by === by) return;
  const joined = await join(people, { before, after: { ...subscription, by, when } }, edition, now);
  if (joined !== 'full') return;
  // There are so many times to choose from already that the digest's own, or the present one, has to do.
  if (goesOn === null) await join(people, { before, after: { ...subscription, when: null } }, ownEdition(digest), now);
}

async function join(
  people: Table,
  { before, after }: { readonly before: Subscription | null; readonly after: Subscription },
  edition: Edition,
  now: Instant,
): Promise<'joined' | 'full'> {
  const isOther = after.edition !== '' && after.edition !== edition.id;
  const left = [...after.left, ...(isOther ? [{ edition: after.edition, at: now }] : [])].filter(
    (each) => each.edition !== edition.id && now - each.at < limits.leftEditionDays * DAY,
  );
  const joined = await joinEdition(people, edition, { before, after: { ...after, edition: edition.id, left } }, now);
  mustHold(joined !== 'changed');
  return joined === 'full' ? 'full' : 'joined';
}

export async function end(people: Table, subscription: Subscription, now: Instant): Promise<void> {
  if (subscription.state === 'unsubscribed') return;
  mustHold(await moveSubscription(people, subscription, { ...subscription, state: 'unsubscribed', since: now }));
}
