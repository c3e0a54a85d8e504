/**
 * Who reads what, and whether they are mailed: from the rows that a fan-out asks. Who has not confirmed yet has none, and a
 * row goes some time after its reader has left.
 */
import { mustNotMail, type Subscription } from '../../../shared/delivery/consent.ts';
import type { Edition } from '../../../shared/delivery/edition.ts';
import { limits } from '../../../shared/limits.ts';
import { readersOf, standingsOf } from '../../../shared/store/readers.ts';
import type { Instant } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import type { Table } from '../../../shared/world.ts';
import { allEditions } from './edition-list.ts';

export interface ReaderOfEdition {
  readonly subscriber: string;
  readonly edition: Edition;
  readonly address: string;
  /** `confirmed`, or why no mail goes there: `paused`, `unsubscribed`, `bounced`, … */
  readonly state: string;
  readonly by: Subscription['by'];
  readonly since: Instant;
}

export interface SubscriberList {
  readonly editions: readonly Edition[];
  /** In no order. */
  readonly readers: readonly ReaderOfEdition[];
  /** There are more than are looked at for a page. */
  readonly isCut: boolean;
}

export async function subscriberList(
  people: Table,
  { digests }: Pick<Config, 'digests'>,
  now: Instant,
): Promise<SubscriberList> {
  const editions = await allEditions(people, digests);
  const readers: ReaderOfEdition[] = [];
  let room: number = limits.operatorReadersMax;
  let isCut = false;
  for (const edition of editions) {
    const page = room === 0 ? null : await readersOf(people, edition.id, null, room);
    isCut ||= page === null || page.next !== null;
    const subscribers = page?.readers.map(({ subscriber }) => subscriber) ?? [];
    room -= subscribers.length;
    const standingOf = await standingsOf(people, edition.digest, subscribers);
    for (const subscriber of subscribers) {
      const { profile, subscription, suppression } = standingOf(subscriber);
      // A row may outlive its reader's stay, and come before it.
      if (profile === null || subscription?.edition !== edition.id) continue;
      const state = mustNotMail(profile, subscription, suppression, now) ?? 'confirmed';
      const { by, since } = subscription;
      readers.push({ subscriber, edition, address: profile.address, state, by, since });
    }
  }
  return { editions, readers, isCut };
}
