/** All that is held of one person, for that person: what an export shows. */
import type { Profile, Subscription, Suppression } from '../delivery/consent.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Claim } from '../delivery/token.ts';
import { limits } from '../limits.ts';
import { type Instant, iso } from '../time.ts';
import type { Digest } from '../watch/config.ts';
import { sayWhen } from '../watch/when.ts';
import type { Item, Table } from '../world.ts';
import { bouncesIn } from './bounces.ts';
import { issuesOf } from './issues.ts';
import { peopleKeys } from './keys.ts';
import { profileIn, subscriptionIn, suppressionIn } from './person-rows.ts';
import type { StoredRequest } from './requests.ts';
import { getAll, queryAll } from './whole.ts';

/** JSON that a person can read: names, and instants as ISO 8601. */
export type Held = Readonly<Record<string, unknown>>;

/**
 * @param claim of an export link, which carries the instant at which it ends
 * @returns null for a link that is over, or of somebody who was erased
 */
export async function heldBehind(
  tables: { readonly people: Table; readonly news: Table },
  claim: Claim,
  digests: readonly Digest[],
  now: Instant,
): Promise<Held | null> {
  return now < claim.version ? heldOf(tables, claim.subject, digests) : null;
}

/** Null when there is nobody of this id. Deliveries are those of the newest `exportIssuesMax` issues of each edition read. */
export async function heldOf(
  { people, news }: { readonly people: Table; readonly news: Table },
  subscriber: string,
  digests: readonly Digest[],
): Promise<Held | null> {
  const rows: Item[] = [];
  for await (const row of queryAll(people, { pk: peopleKeys.subscriber(subscriber).pk })) rows.push(row);
  const of = (sk: string) => rows.find((row) => row.sk === sk);
  const profile = of('profile');
  if (profile === undefined) return null;
  const nameOf = (id: string) => digests.find((digest) => digest.id === id)?.name ?? id;
  const subscriptions = rows.filter(({ sk }) => sk.startsWith('digest#')).map(subscriptionIn);
  const suppressed = of('suppressed');
  const bounced = of('bounces');
  return {
    ...toldOfProfile(profileIn(profile), nameOf),
    subscriptions: subscriptions.map((each) => toldOfSubscription(each, nameOf)),
    suppressed: suppressed === undefined ? null : toldOfSuppression(suppressionIn(suppressed)),
    bounces: bounced === undefined ? [] : bouncesIn(bounced).mails.map(({ at }) => iso(at)),
    requests: rows.filter(({ sk }) => sk.startsWith('request#')).map(toldOfRequest),
    deliveries: await deliveriesTo(people, news, subscriber, subscriptions, nameOf),
  };
}

function toldOfProfile(profile: Profile, nameOf: (id: string) => string): Held {
  const { subscriber, address, state, pausedUntil, zone, since, asked, lettersAt } = profile;
  return {
    subscriber,
    address,
    state,
    since: iso(since),
    zone,
    pausedUntil: pausedUntil === null ? null : iso(pausedUntil),
    asked: asked === null ? null : { digests: asked.digests.map(nameOf), zone: asked.zone, at: iso(asked.at) },
    lettersAt: lettersAt.map(iso),
  };
}

function toldOfSubscription(subscription: Subscription, nameOf: (id: string) => string): Held {
  const { digest, state, by, since, when, left } = subscription;
  return {
    digest: nameOf(digest),
    state,
    by,
    since: iso(since),
    when: when === null ? null : sayWhen(when),
    changedAt: left.map(({ at }) => iso(at)),
  };
}

function toldOfSuppression({ cause, since }: Suppression): Held {
  return { cause, since: iso(since) };
}

function toldOfRequest(row: Item): Held {
  const { request, at } = row as unknown as StoredRequest;
  return { ...request, at: iso(at) };
}

async function deliveriesTo(
  people: Table,
  news: Table,
  subscriber: string,
  subscriptions: readonly Subscription[],
  nameOf: (id: string) => string,
): Promise<readonly Held[]> {
  const editions = new Set(
    subscriptions.flatMap(({ edition, left }) => [edition, ...left.map((each) => each.edition)]),
  );
  const found: (Held & { readonly frozenAt: Instant })[] = [];
  for (const edition of editions) {
    const issues = await issuesOf(news, edition, limits.exportIssuesMax);
    const rows = await getAll(
      people,
      issues.map(({ id }) => peopleKeys.delivery(id, subscriber)),
    );
    for (const row of rows) {
      const { issue, state, since, cause, messageId } = row as unknown as Delivery;
      const { digest = '', number, slot, frozenAt = 0 } = issues.find(({ id }) => id === issue) ?? {};
      found.push({ digest: nameOf(digest), number, slot, state, since: iso(since), cause, messageId, frozenAt });
    }
  }
  found.sort((a, b) => b.frozenAt - a.frozenAt);
  return found.map(({ frozenAt: _, ...delivery }) => delivery);
}
