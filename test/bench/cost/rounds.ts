/** A morning of Watchword under the meter: each kind of round once, at any number of feeds and readers. */
import { marshall } from '@aws-sdk/util-dynamodb';
import { itemBytes } from '../../../infra/cost/capacity.ts';
import { MINUTE } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import { phraseWatch, town } from '../../simulation/small-town.ts';
import { meteredWatchword, type Readings } from './metered-watchword.ts';
import { publishersOf, type Recording } from './recorded-feeds.ts';

export interface Rounds {
  readonly feeds: number;
  readonly readers: number;
  /** Every feed for the first time. Once in the life of a deployment, and in no bill of a month. */
  readonly first: Readings;
  /** A tick at which no feed is due. */
  readonly rest: Readings;
  /** Every feed, and none has anything new. */
  readonly unchanged: Readings;
  /** Every feed, of which some have. */
  readonly changed: Readings;
  /** How many had, and what was found in it. */
  readonly written: number;
  readonly hits: number;
  /** A tick of the digest at which nothing is due. */
  readonly quiet: Readings;
  /** A tick at which its issue is due, all its deliveries, and what the mailer tells of them. */
  readonly issue: Readings;
  /** Bytes of what stays: the state of a feed, a hit, and the row of a look. */
  readonly bytes: { readonly state: number; readonly hit: number; readonly look: number };
}

/** A Monday, a quarter of an hour before the digest is due. */
export const morning = Date.UTC(2026, 10, 23, 6, 45);
/** One feed in so many has something new after a quarter of an hour: 3.7 %, as feeds publish. */
export const writtenOneIn = 27;

const isLook = (pk: string) => pk === 'looks';

/** @param finds whether the watch finds anything in the recorded feeds */
export async function roundsOf(
  feeds: number,
  readers: number,
  finds: boolean,
  recorded: readonly Recording[],
): Promise<Rounds> {
  let now = morning;
  const publishers = publishersOf(feeds, recorded, () => now);
  const watchword = meteredWatchword(configOf(publishers.feeds, readers, finds), publishers, () => now);
  const later = async (minutes: number, round: 'lookRound' | 'mailRound') => {
    now += minutes * MINUTE;
    return watchword[round]();
  };
  const hitsNow = () => watchword.news.items().filter(({ pk }) => pk.startsWith('hit#'));

  const first = await watchword.lookRound();
  await later(2, 'mailRound'); // the digest begins to count
  const rest = await later(3, 'lookRound');
  const unchanged = await later(10, 'lookRound');
  await later(2, 'mailRound'); // what the first round found
  const before = hitsNow().length;
  const written = publishers.write(writtenOneIn);
  const changed = await later(13, 'lookRound');
  const quiet = await later(2, 'mailRound');
  const hits = hitsNow().length - before;
  const issue = await later(24 * 60 - 15, 'mailRound');
  const rows = watchword.news.items();
  const meanBytes = (belongs: (pk: string, sk: string) => boolean) => {
    const some = rows.filter(({ pk, sk }) => belongs(pk, sk));
    return some.reduce((bytes, row) => bytes + itemBytes(marshall(row)), 0) / Math.max(1, some.length);
  };
  return {
    feeds,
    readers,
    first,
    rest,
    unchanged,
    changed,
    written,
    hits,
    quiet,
    issue,
    bytes: {
      state: meanBytes((pk, sk) => pk.startsWith('shard#') && sk !== '#last-look'),
      hit: meanBytes((pk) => pk.startsWith('hit#')),
      look: meanBytes(isLook),
    },
  };
}

/** Of each recorded feed, one of the headlines that its publisher writes between the two editions. */
const newInEach = ['rail fares', 'lifeboat crew', 'ice rink', 'ferry timetable', 'tide tables'] as const;

function configOf(feeds: Config['feeds'], readers: number, finds: boolean): Config {
  const watch = finds ? phraseWatch('Town life', ...newInEach) : phraseWatch('Nothing', 'encrypted quinces of Umbria');
  const to = Array.from({ length: readers }, (_, n) => `reader-${n}@reader.example`);
  const [, daily] = town.digests;
  return { ...town, feeds, watches: [watch], digests: [{ ...daily!, watches: [watch.id], to, empty: 'send' }] };
}
