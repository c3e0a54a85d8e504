/** Every key of both tables, in one place: who reads one finds all others that stand beside it. */
import { DAY, type Instant, iso, SECOND } from '../time.ts';
import type { Key } from '../world.ts';

/** Keys of the table `news`. */
export const newsKeys = {
  feedState: (shard: number, feed: string): Key => ({ pk: `shard#${shard}`, sk: feed }),
  /** Sorts before every feed's state of the shard. */
  lastLook: (shard: number): Key => ({ pk: `shard#${shard}`, sk: '#last-look' }),
  /** That a feed moved, under the id that a feed at its new address would have. */
  moved: (feed: string): Key => ({ pk: 'moved', sk: feed }),
  look: (tickAt: Instant, shard: number): Key => ({ pk: 'looks', sk: `${iso(tickAt)}#${shard}` }),
  hit: (watch: string, entry: string): Key => ({ pk: `hit#${watch}`, sk: entry }),
  /** One row for each hit that an edition has still to list, by its shelf (`shelfOf`). */
  pending: (shelf: string, hit: HitKey): Key => ({ pk: `pending#${shelf}`, sk: hitSort(hit) }),
  /** One row for each hit that an issue of the edition has listed. */
  listed: (edition: string, hit: HitKey): Key => ({ pk: `listed#${edition}`, sk: hitSort(hit) }),
  issue: (edition: string, number: number): Key => ({ pk: `issues#${edition}`, sk: String(number).padStart(8, '0') }),
  rendered: (issue: string): Key => ({ pk: `rendered#${issue}`, sk: 'mail' }),
  /** A page of the issue in the browser, from 1. */
  issuePage: (issue: string, page: number): Key => ({
    pk: `rendered#${issue}`,
    sk: `page#${String(page).padStart(4, '0')}`,
  }),
  /** The editions of a digest that people chose themselves: what a poll has to note hits for, without an address. */
  editionsOf: (digest: string): Key => ({ pk: 'editions', sk: digest }),
} as const;

/** Keys of the table `people`. */
export const peopleKeys = {
  subscriber: (subscriber: string): Key => ({ pk: `subscriber#${subscriber}`, sk: 'profile' }),
  subscription: (subscriber: string, digest: string): Key => ({
    pk: `subscriber#${subscriber}`,
    sk: `digest#${digest}`,
  }),
  suppression: (subscriber: string): Key => ({ pk: `subscriber#${subscriber}`, sk: 'suppressed' }),
  /** Of somebody whom an older Watchword named otherwise: the present name. */
  renamed: (subscriber: string): Key => ({ pk: `subscriber#${subscriber}`, sk: 'renamed' }),
  delivery: (issue: string, subscriber: string): Key => ({ pk: `deliveries#${issue}`, sk: subscriber }),
  /** One row for each subscriber of an edition: whom a fan-out asks for their consent. */
  reader: (edition: string, subscriber: string): Key => ({ pk: `readers#${edition}`, sk: subscriber }),
  /** An edition that people chose. */
  edition: (digest: string, edition: string): Key => ({ pk: `editions#${digest}`, sk: edition }),
  /** What somebody asked on the pages: it stands with the person, and goes with the person. */
  request: (subscriber: string, request: string): Key => ({ pk: `subscriber#${subscriber}`, sk: `request#${request}` }),
  /** Mails that came back, and may come through again. */
  bounces: (subscriber: string): Key => ({ pk: `subscriber#${subscriber}`, sk: 'bounces' }),
  /** That somebody was erased. In one place, so that all of them can be done again after a table was restored. */
  erasure: (subscriber: string): Key => ({ pk: 'erasures', sk: subscriber }),
  /** How often something was done within an hour. */
  turns: (who: string, hour: Instant): Key => ({ pk: `turns#${who}`, sk: iso(hour) }),
  /** Until when the send rate is given away, over all workers. */
  sendLine: (): Key => ({ pk: 'send-line', sk: 'all' }),
} as const;

/** What a hit is known by. */
export interface HitKey {
  readonly entry: string;
  readonly watch: string;
}

/** Ids hold no `#`, so the two come apart again. */
function hitSort({ entry, watch }: HitKey): string {
  return `${entry}#${watch}`;
}

export function hitKeyOf(sort: string): HitKey {
  const [entry = '', watch = ''] = sort.split('#');
  return { entry, watch };
}

/** DynamoDB's TTL: seconds since 1970. Only a broom: what is over its time may still be read. */
export function expiresAt(now: Instant, days: number): number {
  return Math.floor((now + days * DAY) / SECOND);
}
