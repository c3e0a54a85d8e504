/** What an issue says, in order and in words, before it is HTML or text: both parts of the mail read this. */
import { webAddress } from '../feed/links.ts';
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import { reasonLine } from '../watch/explain.ts';
import { atMost, type CoverageLines, count, coverageLines, feedsRead } from './coverage-lines.ts';
import { type LocalTime, localTime } from './local-time.ts';
import { oneLine, type Stretch, stretchesOf } from './mail-text.ts';
import type { Receipt } from './receipt.ts';
import { zoneOrUtc } from './slot.ts';
import type { Article, Story } from './story.ts';

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

export interface StoryView {
  readonly title: readonly Stretch[];
  readonly link: string | null;
  /** Outlet and time. */
  readonly source: string;
  readonly excerpt: readonly Stretch[] | null;
  readonly why: string;
  /** One sentence for each other watch of the digest that found the story. */
  readonly alsoFor: readonly string[];
  readonly alsoIn: readonly { readonly name: string; readonly link: string | null }[];
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
          stories: own.map((story) => storyView(story, watch, input.watches, time)),
          more: more === 0 ? null : page === null ? notShown(more) : `${more} more on other pages.`,
        };
      }),
    leftOut: page === null ? leftOutOf(listings.filter(({ stories }) => !stories.some(isShown))) : null,
    quiet: quietOf(input),
    coverage: coverageLines(input.receipt, time),
    page,
  };
}

/** One story as it stands under a watch. */
export function storyView(
  story: Story,
  under: string | null,
  watches: IssueInput['watches'],
  time: LocalTime,
): StoryView {
  const { lead } = story;
  const reasonOf = (watch: string | null) => {
    const found = watch === null ? story.watches[0] : story.watches.find((each) => each.watch === watch);
    if (found === undefined) return null;
    const where = found.outlet === lead.outlet ? '' : `, in ${oneLine(found.outlet)}`;
    return oneLine(reasonLine(found.reasons), limits.mailSentenceCharsMax) + where;
  };
  return {
    title: titleOf(lead),
    link: linkOf(lead, limits.entryLinkCharsMax),
    source:
      lead.publishedAt === null
        ? `${oneLine(lead.outlet)}, found ${time.nearSlot(lead.foundAt)}`
        : `${oneLine(lead.outlet)}, ${time.nearSlot(lead.publishedAt)}`,
    excerpt: lead.excerpt && stretchesOf(lead.excerpt, limits.excerptCharsMax),
    why: reasonOf(under) ?? '',
    alsoFor: atMost(
      watches.flatMap(({ id, name }) => {
        const reason = id === under ? null : reasonOf(id);
        return reason === null ? [] : [`${oneLine(name)}: ${reason}`];
      }),
      (more) => `and ${count(more, 'more watch', 'more watches')}`,
    ),
    alsoIn: alsoIn(story),
  };
}

function titleOf({ title, link }: Article): Stretch[] {
  const stretches = stretchesOf(title, limits.mailTitleCharsMax);
  if (stretches.some(({ text }) => text.trim() !== '')) return stretches;
  return [
    { text: link === null ? 'Without a headline' : `Without a headline, at ${new URL(link).host}`, marked: false },
  ];
}

function unmarked(stretches: readonly Stretch[]): string {
  return stretches
    .map(({ text }) => text)
    .join('')
    .trim();
}

/** Only http(s), and without a user name: `https://bank.example@evil.example` is read as a bank's. */
function linkOf({ link }: Article, charsMax: number): string | null {
  const address = link === null || link.length > charsMax ? null : webAddress(link, null);
  return address === null || new URL(address).username !== '' ? null : address;
}

/** Each other outlet once; of the lead's own outlet, its other headlines. */
function alsoIn({ lead, others }: Story): StoryView['alsoIn'] {
  const named = new Map<string, { name: string; link: string | null }>();
  for (const article of others) {
    const name = article.outlet === lead.outlet ? `“${unmarked(titleOf(article))}”` : oneLine(article.outlet);
    if (!named.has(name)) named.set(name, { name, link: linkOf(article, limits.urlCharsMax) });
  }
  const all = [...named.values()];
  const first = all.slice(0, limits.mailOutletsPerStoryMax);
  const more = all.length - first.length;
  return more === 0 ? first : [...first, { name: `${more} more`, link: null }];
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
  const headlines = stories.slice(0, 3).map(({ lead }) => unmarked(titleOf(lead)));
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
