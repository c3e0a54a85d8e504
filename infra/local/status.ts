/** How a Watchword fares, wherever it runs: what `watchword status` tells. */
import { type Depth, depthOf, oldestParked, parkedIn } from '../../shared/aws/parked.ts';
import type { Delivery } from '../../shared/delivery/delivery.ts';
import { type Edition, editionsOf, isOwn, shelfOf } from '../../shared/delivery/edition.ts';
import { nextSlot } from '../../shared/digest/slot.ts';
import { deliveriesOf } from '../../shared/store/deliveries.ts';
import { chosenEditions } from '../../shared/store/editions.ts';
import { alreadyListed, pendingOf } from '../../shared/store/hits.ts';
import { issuesOf } from '../../shared/store/issues.ts';
import { looksBetween } from '../../shared/store/looks.ts';
import { DAY, type Instant } from '../../shared/time.ts';
import type { Config, Digest } from '../../shared/watch/config.ts';
import { feedReports } from './operator/feed-health.ts';
import type { Stored } from './stored.ts';

export interface Status {
  /** How many feeds are in each state of health, the most pressing first. */
  readonly feeds: Readonly<Record<string, number>>;
  /** The last poll that looked at anything within a day. */
  readonly lastLook: {
    readonly tickAt: Instant;
    readonly endedAt: Instant;
    readonly read: number;
    readonly unchanged: number;
    readonly failed: number;
    readonly missed: number;
  } | null;
  readonly digests: readonly EditionStatus[];
  readonly queues: readonly (Depth & { readonly queue: string })[];
  readonly deadLetters: readonly {
    readonly queue: string;
    readonly parked: number;
    /** When the oldest was first sent, as far as a look shows; null when there is none. */
    readonly oldestAt: Instant | null;
  }[];
}

/** One cadence of a digest: its own, or one that people chose. */
export interface EditionStatus {
  readonly digest: string;
  readonly isOwn: boolean;
  /** Null when it comes at once. */
  readonly nextAt: Instant | null;
  /** Hits that no issue has told. */
  readonly waiting: number;
  readonly lastIssue: {
    readonly number: number;
    readonly frozenAt: Instant;
    readonly hits: number;
    readonly finished: boolean;
    /** How many deliveries are in each state. */
    readonly deliveries: Readonly<Partial<Record<Delivery['state'], number>>>;
  } | null;
}

export async function statusOf(stored: Stored, config: Config, now: Instant): Promise<Status> {
  const reports = await feedReports({ config, news: stored.news, clock: { now: () => now } });
  const looks = await looksBetween(stored.news, now - DAY, now);
  const editions: EditionStatus[] = [];
  for (const digest of config.digests) {
    for (const edition of editionsOf(digest, await chosenEditions(stored.people, digest.id))) {
      editions.push(await editionStatus(stored, digest, edition, now));
    }
  }
  return {
    feeds: countBy(reports.map(({ health }) => health.kind)),
    lastLook: lastOf(looks),
    digests: editions,
    ...(await queuesOf(stored)),
  };
}

/** Of all shards in the last tick. */
function lastOf(looks: Awaited<ReturnType<typeof looksBetween>>): Status['lastLook'] {
  const tickAt = looks.at(-1)?.tickAt;
  if (tickAt === undefined) return null;
  const last = looks.filter((look) => look.tickAt === tickAt);
  const sum = (of: (look: (typeof looks)[number]) => number) => last.reduce((total, look) => total + of(look), 0);
  return {
    tickAt,
    endedAt: Math.max(...last.map(({ endedAt }) => endedAt)),
    read: sum(({ read }) => read),
    unchanged: sum(({ unchanged }) => unchanged),
    failed: sum(({ failed }) => failed),
    missed: sum(({ missed }) => missed.length),
  };
}

async function editionStatus(
  { news, people }: Stored,
  digest: Digest,
  edition: Edition,
  now: Instant,
): Promise<EditionStatus> {
  // A slot with nothing to tell is closed by an issue that nobody gets: what people want to know is the last they got.
  const recent = await issuesOf(news, edition.id, issuesLookedAt);
  const last = recent.find(({ sends }) => sends) ?? null;
  const frozen = new Set(recent.filter(({ finished }) => !finished).flatMap(({ hits }) => hits.map(keyOf)));
  const noted = await pendingOf(news, shelfOf(edition));
  const listed = await alreadyListed(news, shelfOf(edition), noted);
  return {
    digest: digest.name,
    isOwn: isOwn(edition),
    nextAt: edition.when.kind === 'at once' ? null : nextSlot(edition.when, edition.zone, now).at,
    waiting: noted.filter((hit) => !listed(hit) && !frozen.has(keyOf(hit))).length,
    lastIssue: last && {
      number: last.number,
      frozenAt: last.frozenAt,
      hits: last.hits.length,
      finished: last.finished,
      deliveries: countBy((await deliveriesOf(people, last.id)).map(({ state }) => state)),
    },
  };
}

/** A week of a digest that comes hourly. */
const issuesLookedAt = 7 * 24;

const keyOf = ({ entry, watch }: { readonly entry: string; readonly watch: string }) => `${entry}#${watch}`;

async function queuesOf({ sqs, queues }: Stored): Promise<Pick<Status, 'queues' | 'deadLetters'>> {
  const waiting: Status['queues'][number][] = [];
  const parked: Status['deadLetters'][number][] = [];
  for (const [queue, { url, deadLettersUrl }] of Object.entries(queues)) {
    if (url !== null) waiting.push({ queue, ...(await depthOf(sqs, url)) });
    const letters = await parkedIn(sqs, deadLettersUrl);
    parked.push({ queue, parked: letters, oldestAt: letters === 0 ? null : await oldestParked(sqs, deadLettersUrl) });
  }
  return { queues: waiting, deadLetters: parked };
}

function countBy<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  const counts = new Map<Name, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts) as Readonly<Record<Name, number>>;
}
