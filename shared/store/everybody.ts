/** Everybody there is, for an operator: no function may read so much. */
import type { Profile, Subscription, Suppression } from '../delivery/consent.ts';
import type { WholeTable } from '../world.ts';
import { profileIn, subscriptionIn, suppressionIn } from './person-rows.ts';
import { scanAll } from './whole.ts';

export interface Person {
  readonly profile: Profile;
  readonly subscriptions: readonly Subscription[];
  readonly suppression: Suppression | null;
}

/** In the order of their addresses. */
export async function everybody(people: WholeTable): Promise<readonly Person[]> {
  const profiles: Profile[] = [];
  const subscriptions: Subscription[] = [];
  const suppressions = new Map<string, Suppression>();
  for await (const item of scanAll(people)) {
    const [kind, subscriber = ''] = item.pk.split('#');
    if (kind !== 'subscriber') continue;
    if (item.sk === 'profile') profiles.push(profileIn(item));
    if (item.sk === 'suppressed') suppressions.set(subscriber, suppressionIn(item));
    if (item.sk.startsWith('digest#')) subscriptions.push(subscriptionIn(item));
  }
  const theirs = Map.groupBy(subscriptions, ({ subscriber }) => subscriber);
  return profiles
    .toSorted((one, other) => (one.address < other.address ? -1 : 1))
    .map((profile) => ({
      profile,
      subscriptions: theirs.get(profile.subscriber) ?? [],
      suppression: suppressions.get(profile.subscriber) ?? null,
    }));
}
