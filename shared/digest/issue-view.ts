/** What an issue says, in order and in words, before it is HTML or text: both parts of the mail read this. */
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import { atMost, type CoverageLines, count, coverageLines, feedsRead } from './coverage-lines.ts';
import { localTime } from './local-time.ts';
import { oneLine } from './mail-text.ts';
import type { Receipt } from './receipt.ts';
import { zoneOrUtc } from './slot.ts';
import type { Story } from './story.ts';
import { headlineText, type StoryView, storyView } from './story-view.ts';

export interface IssueInput {
  readonly digestName: string;
  /** IANA name: the times of the issue are told in it. */
  readonly zone: string;
  readonly slotAt: Instant;
  readonly frozenAt: Instant;
  /** In the order of the digest. */
  readonly watches: readonly { readonly id: string; readonly name: string }[];
  /** The weightiest first: they are the ones that stay when not all fit into a mail. */
  readonly stories: readonly Story[];
  readonly receipt: Receipt;
  /** Host of each feed by its id; beside a link to the host of its own feed none is named. */
  readonly feedHosts?: ReadonlyMap<string, string>;
}

export interface IssueView {
  readonly digestName: string;
  /** `Monday 23 November 2026, 07:00` */
  readonly slot: string;
  readonly zone: string;
  readonly subject: string;
  /** What clients show beside the subject. */
  readonly preheader: string;
  /** How much there is: `8 stories.` */
  readonly summary: string;
  /** Whether every feed was read, as a sentence: who reads no further shall know what may be missing. */
  readonly reading: { readonly whole: boolean; readonly text: string };
  /** Only those with a story to show, in the order of the digest. */
  readonly groups: readonly GroupView[];
  /** Stories of other groups that do not fit, as one sentence; null when there are none. */
  readonly leftOut: string | null;
  /** About watches that found nothing, as one sentence; null when all found something. */
  readonly quiet: string | null;
  readonly coverage: CoverageLines;
  /** Which page of the issue in the browser this is; null for the mail. */
  readonly page: PageOfIssue | null;
}

export interface PageOfIssue {
  /** From 1. */
  readonly number: number;
  readonly pages: number;
}

export interface GroupView {
  readonly name: string;
  /** Of all its stories, shown or not. */
  readonly total: number;
  readonly stories: readonly StoryView[];
  /** `3 more stories are not shown in this mail.`, on a page where they are; or null. */
  readonly more: string | null;
}

/** A watch with all stories that stand under it. */
export interface Listing {
  /** Its id; null for what was found by watches that have left the digest since the issue froze. */
  readonly watch: string | null;
  readonly name: string;
  readonly stories: readonly Story[];
}

/** Every story, each under the first of its watches in the digest's order. */
export function listingsOf({ watches, stories }: Pick<IssueInput, 'watches' | 'stories'>): Listing[] {
  const homeOf = (story: Story) => watches.find(({ id }) => story.watches.some(({ watch }) => watch === id))?.id;
  const byHome = Map.groupBy(stories, homeOf);
  const listings: Listing[] = watches.map(({ id, name }) => ({
    watch: id,
    name: oneLine(name),
    stories: byHome.get(id) ?? [],
  }));
  listings.push({ watch: null, name: 'No longer watched', stories: byHome.get(undefined) ?? [] });
  return listings.filter(({ stories }) => stories.length > 0);
}

/**
 * @param shown the stories that there is room for; totals count all of them
 * @param page of the issue in the browser; null for the mail
 */
export function issueView(
  input: IssueInput,
  listings: readonly Listing[],
  shown: ReadonlySet<Story>,
  page: PageOfIssue | null = null,
): IssueView {
  const time = localTime(input.zone, input.slotAt);
  const total = listings.reduce((sum, { stories }) => sum + stories.length, 0);
  const isShown = (story: Story) => shown.has(story);
  const { read, watched } = input.receipt.feeds;
  return {
    digestName: oneLine(input.digestName),
    slot: time.full(input.slotAt),
    zone: zoneOrUtc(input.zone),
    subject: subjectOf(input, listings, total),
    preheader: preheaderOf(input, total),
    summary: total > 0 ? `${count(total, 'story', 'stories')}.` : read === 0 ? 'No feed was read.' : 'Nothing new.',
    reading: {
      whole: read === watched,
      text:
        read === watched
          ? `${watched === 1 ? 'The one feed was' : `All ${count(watched, 'feed')}`} read.`
          : `Only ${feedsRead(input.receipt)}; see Coverage below.`,
    },
    groups: listings
      .filter(({ stories }) => stories.some(isShown))
      .map(({ watch, name, stories }) => {
        const own = stories.filter(isShown);
        const more = stories.length - own.length;
        return {
          name,
          total: stories.length,
          stories: own.map((story) => storyView(input, story, watch, time)),
          more: more === 0 ? null : page === null ? notShown(more) : `${more} more on other pages.`,
        };
      }),
    leftOut: page === null ? leftOutOf(listings.filter(({ stories }) => !stories.some(isShown))) : null,
    quiet: quietOf(input),
    coverage: coverageLines(input.receipt, time),
    page,
  };
}

/** `3 stories: Encryption (2), Home Secretary (1)`; `Nothing new: Security brief, 8 of 8 feeds read` */
function subjectOf(input: IssueInput, listings: readonly Listing[], total: number): string {
  if (total === 0) {
    const tidings = input.receipt.feeds.read === 0 ? 'No feed was read' : 'Nothing new';
    return `${tidings}: ${oneLine(input.digestName)}, ${feedsRead(input.receipt)}`;
  }
  let subject = `${count(total, 'story', 'stories')}: `;
  for (const [index, { name, stories }] of listings.entries()) {
    const next = `${index === 0 ? '' : ', '}${name} (${stories.length})`;
    if (index > 0 && subject.length + next.length > limits.mailSubjectCharsMax) {
      return `${subject} and ${listings.length - index} more`;
    }
    subject += next;
  }
  return subject;
}

function preheaderOf({ receipt, stories }: IssueInput, total: number): string {
  if (total === 0) return `${count(receipt.entriesScanned, 'new article')} checked against every watch.`;
  const headlines = stories.slice(0, 3).map(({ lead }) => headlineText(lead));
  return oneLine(headlines.join(' · '), limits.mailTitleCharsMax);
}

function leftOutOf(listings: readonly Listing[]): string | null {
  if (listings.length === 0) return null;
  const names = listings.map(({ name, stories }) => `${name} (${stories.length})`);
  const total = listings.reduce((sum, { stories }) => sum + stories.length, 0);
  return `${notShown(total).replace(/\.$/, '')}: ${atMost(names, (more) => `and ${more} more watches`).join(', ')}.`;
}

function notShown(more: number): string {
  return more === 1
    ? '1 more story is not shown in this mail.'
    : `${count(more, 'more story', 'more stories')} are not shown in this mail.`;
}

function quietOf({ watches, stories, receipt }: IssueInput): string | null {
  const told = new Set(stories.flatMap((story) => story.watches.map(({ watch }) => watch)));
  const quiet = watches.filter(({ id }) => !told.has(id)).map(({ name }) => oneLine(name));
  if (quiet.length === 0) return null;
  if (receipt.feeds.read === 0) return 'This mail cannot say whether there is news.';
  if (stories.length === 0) {
    const scanned = count(receipt.entriesScanned, 'new article');
    return `${scanned} checked against ${count(quiet.length, 'watch', 'watches')}: none matched.`;
  }
  return `Nothing found for: ${atMost(quiet, (more) => `and ${more} more watches`).join(', ')}.`;
}
