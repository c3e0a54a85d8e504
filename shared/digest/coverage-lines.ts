/** The receipt in words. Each must be true of feeds that failed as well: "none" is only said of what was read. */
import type { LookFailure } from '../feed/outcome.ts';
import { limits } from '../limits.ts';
import type { LocalTime } from './local-time.ts';
import { oneLine } from './mail-text.ts';
import type { Receipt } from './receipt.ts';

export interface CoverageLines {
  /** `7 of 8 feeds read` */
  readonly feeds: string;
  /** Which time it is about. */
  readonly span: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly failing: readonly { readonly name: string; readonly text: string }[];
  readonly unread: readonly string[];
  readonly watches: readonly { readonly name: string; readonly found: string }[];
}

export function coverageLines(receipt: Receipt, time: LocalTime): CoverageLines {
  const { feeds } = receipt;
  const to = time.short(receipt.to);
  return {
    feeds: feedsRead(receipt),
    span: receipt.from === null ? `The first look, up to ${to}.` : `From ${time.short(receipt.from)} to ${to}.`,
    facts: [
      { name: 'Feeds read', value: `${feeds.read} of ${feeds.watched}` },
      { name: 'Read, with nothing new', value: number(feeds.unchanged) },
      { name: 'Could not be read', value: number(feeds.failingCount) },
      { name: 'Not looked at', value: number(feeds.unreadCount) },
      { name: 'New articles checked', value: number(receipt.entriesScanned) },
      ...(receipt.entriesRemembered > 0
        ? [{ name: 'Older ones, set aside on a first look', value: number(receipt.entriesRemembered) }]
        : []),
      { name: 'Last look', value: receipt.lastLookAt === null ? 'none in this time' : time.short(receipt.lastLookAt) },
    ],
    failing: atMost(
      feeds.failing.map(({ name, why, detail, since }) => ({
        name: oneLine(name),
        text: `${failures[why]} since ${time.short(since)}. ${oneLine(detail, limits.mailSentenceCharsMax)}`,
      })),
      (more) => ({ name: `and ${number(more)} more`, text: 'not listed in this mail' }),
      feeds.failingCount,
    ),
    unread: atMost(
      feeds.unread.map((name) => oneLine(name)),
      (more) => `and ${number(more)} more`,
      feeds.unreadCount,
    ),
    watches: atMost(
      receipt.watches.map(({ name, hits }) => ({ name: oneLine(name), found: found(hits, receipt) })),
      (more, rest) => ({
        name: `and ${number(more)} more watches`,
        found: found(
          receipt.watches.slice(-rest.length).reduce((sum, { hits }) => sum + hits, 0),
          receipt,
        ),
      }),
    ),
  };
}

/** `8 of 8 feeds read` */
export function feedsRead({ feeds }: Receipt): string {
  return `${number(feeds.read)} of ${count(feeds.watched, 'feed')} read`;
}

/** `1 story`, `1,204 stories` */
export function count(howMany: number, one: string, many = `${one}s`): string {
  return `${number(howMany)} ${howMany === 1 ? one : many}`;
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

function found(hits: number, { feeds }: Receipt): string {
  if (hits > 0) return count(hits, 'article');
  if (feeds.read === 0) return 'not looked: no feed was read';
  return feeds.read === feeds.watched ? 'looked, and found none' : `found none in ${count(feeds.read, 'feed')}`;
}

/**
 * The first of a list, and in the place of the others one line that counts them.
 *
 * @param count of what the list stands for, which may be more than it holds
 */
export function atMost<T>(
  all: readonly T[],
  rest: (more: number, others: readonly T[]) => T,
  count: number = all.length,
): T[] {
  if (count <= limits.mailListLinesMax) return [...all];
  const others = all.slice(limits.mailListLinesMax);
  return [...all.slice(0, limits.mailListLinesMax), rest(count - limits.mailListLinesMax, others)];
}

const failures: Readonly<Record<LookFailure, string>> = {
  'not allowed': 'Not allowed',
  unreachable: 'Unreachable',
  timeout: 'No answer in time',
  blocked: 'Blocked by the publisher',
  'not found': 'Not found',
  gone: 'Gone',
  'server error': 'Server error',
  'bad answer': 'No usable answer',
  'too large': 'Too large',
  'cut off': 'Cut off',
  'not a feed': 'Not a feed',
  unreadable: 'Unreadable',
};
