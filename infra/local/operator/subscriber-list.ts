/** Who reads what, and whether they are mailed: from the rows that a fan-out asks. */
import { mustNotMail, type Subscription } from '../../../shared/delivery/consent.ts';
import { limits } from '../../../shared/limits.ts';
import { peopleKeys } from '../../../shared/store/keys.ts';
import { profileIn, subscriptionIn, suppressionIn } from '../../../shared/store/subscribers.ts';
import { getAll, queryAll } from '../../../shared/store/whole.ts';
import type { Instant } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import type { Table } from '../../../shared/world.ts';
import { allEditions, type ListedEdition } from './edition-list.ts';

export interface ReaderOfEdition {
  readonly subscriber: string;
  readonly edition: ListedEdition;
  readonly address: string;
  /** `confirmed`, or why no mail goes there: `paused`, `unsubscribed`, `bounced`, … */
  readonly state: string;
  readonly by: Subscription['by'];
  readonly since: Instant;
}

export interface SubscriberList {
  readonly editions: readonly ListedEdition[];
  /** In no order. */
  readonly readers: readonly ReaderOfEdition[];
  /** Rows that were not looked at, because there are too many. */
  readonly more: number;
}

export async function subscriberList(
  people: Table,
  { digests }: Pick<Config, 'digests'>,
  now: Instant,
): Promise<SubscriberList> {
  const editions = await allEditions(people, digests);
  const rows: { readonly edition: ListedEdition; readonly subscriber: string }[] = [];
  for (const edition of editions) {
    const { pk } = peopleKeys.reader(edition.id, '');
    for await (const { sk } of queryAll(people, { pk })) rows.push({ edition, subscriber: sk });
  }
  const looked = rows.slice(0, limits.operatorReadersMax);
  const items = await getAll(people, unique(looked.flatMap(({ edition, subscriber }) => keysOf(edition, subscriber))));
  const stored = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  const readers = looked.flatMap(({ edition, subscriber }): ReaderOfEdition[] => {
    const [profile, subscription, suppression] = keysOf(edition, subscriber).map(({ pk, sk }) =>
      stored.get(`${pk} ${sk}`),
    );
    // A row outlives a sign-up that was not finished, somebody who was erased, and an edition that was left.
    if (profile === undefined || subscription === undefined) return [];
    const known = subscriptionIn(subscription);
    if (known.edition !== edition.id) return [];
    const { address } = profileIn(profile);
    const why = mustNotMail(
      profileIn(profile),
      known,
      suppression === undefined ? null : suppressionIn(suppression),
      now,
    );
    return [{ subscriber, edition, address, state: why ?? 'confirmed', by: known.by, since: known.since }];
  });
  return { editions, readers, more: rows.length - looked.length };
}

function keysOf(edition: ListedEdition, subscriber: string) {
  return [
    peopleKeys.subscriber(subscriber),
    peopleKeys.subscription(subscriber, edition.digest),
    peopleKeys.suppression(subscriber),
  ];
}

/** A batch may name a key once. */
function unique(keys: ReturnType<typeof keysOf>): ReturnType<typeof keysOf> {
  return [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()];
}
