/** The receipt in words. Each must be true of feeds that failed as well: "none" is only said of what was read. */
import { unreachable } from '../assert.ts';
import type { LookFailure } from '../feed/outcome.ts';
import { limits } from '../limits.ts';
import { type HealthKind, rhythm } from '../poll/health.ts';
import type { Instant } from '../time.ts';
import type { LocalTime } from './local-time.ts';
import { oneLine } from './mail-text.ts';
import type { FailingFeed, Receipt } from './receipt.ts';
import type { Tiding } from './tiding.ts';

export interface CoverageLines {
  /** `7 of 8 feeds read` */
  readonly feeds: string;
  /** Which time it is about. */
  readonly span: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly failing: readonly { readonly name: string; readonly text: string }[];
  /** What changed since the mail before, told once. */
  readonly tidings: readonly { readonly name: string; readonly text: string }[];
  readonly unread: readonly string[];
  /** Quiet since longer than the mail before. */
  readonly stillQuiet: readonly string[];
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
      ...(feeds.quietCount ? [{ name: 'Quiet for unusually long', value: number(feeds.quietCount) }] : []),
      { name: 'Could not be read', value: number(feeds.failingCount) },
      { name: 'Not looked at', value: number(feeds.unreadCount) },
      { name: 'New articles checked', value: number(receipt.entriesScanned) },
      ...(receipt.entriesNotWhole
        ? [{ name: 'Of these, not read whole', value: number(receipt.entriesNotWhole) }]
        : []),
      ...(receipt.entriesRemembered > 0
        ? [{ name: 'Older ones, set aside on a first look', value: number(receipt.entriesRemembered) }]
        : []),
      { name: 'Last look', value: receipt.lastLookAt === null ? 'none in this time' : time.short(receipt.lastLookAt) },
    ],
    failing: atMost(
      feeds.failing.map((each) => ({ name: oneLine(each.name), text: failingText(each, time) })),
      notListed,
      feeds.failingCount,
    ),
    tidings: atMost(
      (receipt.tidings ?? []).map((tiding) => ({ name: oneLine(tiding.name), text: tidingText(tiding, time) })),
      notListed,
      receipt.tidingsCount ?? 0,
    ),
    unread: names(feeds.unread, feeds.unreadCount),
    stillQuiet: names(feeds.stillQuiet ?? [], feeds.stillQuiet?.length ?? 0),
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

const notListed = (more: number) => ({ name: `and ${number(more)} more`, text: 'not listed in this mail' });

function names(all: readonly string[], howMany: number): readonly string[] {
  return atMost(
    all.map((name) => oneLine(name)),
    (more) => `and ${number(more)} more`,
    howMany,
  );
}

/** At length the first time; after that one line, for it is still not read. */
function failingText({ why, detail, since, isOld }: FailingFeed, time: LocalTime): string {
  // The reason is that of the last look, and the run may have begun with another.
  const what = `${failures[why]}; failing since ${time.short(since)}`;
  return isOld ? `${what}, as told before.` : `${what}. ${oneLine(detail, limits.mailSentenceCharsMax)}`;
}

function tidingText(tiding: Tiding, time: LocalTime): string {
  switch (tiding.kind) {
    case 'quiet': {
      const usual = tiding.perDay === null || tiding.perDay === 0 ? '' : `, where ${rhythm(tiding.perDay)} was usual`;
      return `It answers, and has had nothing new since ${time.short(tiding.since)}${usual}.`;
    }
    case 'recovered':
      return `Read again since ${time.short(tiding.to)}; it was ${wasWords[tiding.was] ?? tiding.was} from ${time.short(tiding.from)} on.`;
    case 'moved':
      return `It has moved and is read at its new address, which belongs into the watch file: ${oneLine(tiding.to, limits.mailSentenceCharsMax)}`;
    case 'slow':
      return `It takes more than ${limits.slowLookSeconds} seconds to answer.`;
    case 'gap': {
      const between = tiding.from === null ? `before ${time.short(tiding.to)}` : gapSpan(tiding.from, tiding.to, time);
      return `Articles may have come and gone unseen ${between}: nothing of that look was known from the one before.`;
    }
    case 'held back':
      return (
        `${count(tiding.entries, 'known article')} came back under new names and ${tiding.entries === 1 ? 'is' : 'are'} not told again. ` +
        `Should they keep them for ${limits.heldHours} hours, what was rewritten is held against your watches.`
      );
    default:
      return unreachable(tiding);
  }
}

const gapSpan = (from: Instant, to: Instant, time: LocalTime) => `between ${time.short(from)} and ${time.short(to)}`;

const wasWords: Partial<Record<HealthKind, string>> = {
  blocked: 'blocked by the publisher',
  refused: 'not allowed',
  'not a feed': 'not a feed',
};

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
