/** An issue as mail: subject, HTML and text, rendered once, whatever the number of its readers. */
import { assert } from '../assert.ts';
import { limits } from '../limits.ts';
import { type IssueInput, issueView, type Listing, listingsOf } from './issue-view.ts';
import { localTime } from './local-time.ts';
import { marksIn, type OwnLinks, withOwnLinks } from './own-links.ts';
import { renderHtml, storyHtml } from './render-html.ts';
import { renderText } from './render-text.ts';
import type { Story } from './story.ts';
import { storyView } from './story-view.ts';

/** A mail in words. What {@link renderIssue} gives has marks where the reader's own links belong. */
export interface RenderedIssue {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/**
 * Renders an issue. Where not all stories fit into `limits.mailHtmlEncodedBytesMax`, the weightiest stay, totals keep
 * counting all of them, and the mail says how many it does not show.
 */
export function renderIssue(input: IssueInput): RenderedIssue {
  const listings = listingsOf(input);
  const shown = thoseThatFit(input, listings);
  for (;;) {
    const view = issueView(input, listings, new Set(shown));
    const html = renderHtml(view);
    const fits = mailBytes(html) <= limits.mailHtmlEncodedBytesMax;
    // Without any story the mail is as short as it gets: a long one is better than none.
    if (fits || shown.length === 0) return { subject: view.subject, html, text: renderText(view) };
    // The sentence about what is not shown can need the room of the last.
    shown.pop();
  }
}

/**
 * The whole issue for the browser: every story, `limits.storiesPerPage` a page, the receipt on the last one. Whoever has the
 * link may read it, so nothing in it belongs to one reader; links between its pages are still marks.
 *
 * @returns at least one document
 */
export function renderPages(input: IssueInput): string[] {
  const listings = listingsOf(input);
  const stories = listings.flatMap((listing) => listing.stories);
  const pages = Math.max(1, Math.ceil(stories.length / limits.storiesPerPage));
  return Array.from({ length: pages }, (_, index) => {
    const shown = stories.slice(index * limits.storiesPerPage, (index + 1) * limits.storiesPerPage);
    return renderHtml(issueView(input, listings, new Set(shown), { number: index + 1, pages }));
  });
}

/** The mail for one reader. */
export function personalise(rendered: RenderedIssue, own: OwnLinks): RenderedIssue {
  return {
    subject: rendered.subject,
    html: withOwnLinks(rendered.html, own),
    text: withOwnLinks(rendered.text, own),
  };
}

/** Which stories find room, the weightiest first. One that is too long by itself does not keep out those after it. */
function thoseThatFit(input: IssueInput, listings: readonly Listing[]): Story[] {
  const time = localTime(input.zone, input.slotAt);
  const listingOf = new Map(listings.flatMap((listing) => listing.stories.map((story) => [story, listing] as const)));
  const headed = new Set<Listing>();
  const fitting: Story[] = [];
  let room = limits.mailHtmlEncodedBytesMax - mailBytes(renderHtml(issueView(input, listings, new Set())));
  for (const story of input.stories) {
    const listing = listingOf.get(story);
    assert(listing !== undefined, 'every story is listed under a watch');
    const heading = headed.has(listing) ? 0 : HEADING_BYTES;
    const bytes = heading + mailBytes(storyHtml(storyView(input, story, listing.watch, time)));
    if (bytes > room) continue;
    room -= bytes;
    headed.add(listing);
    fitting.push(story);
  }
  return fitting;
}

/** Encoded: the heading of a watch, its list and the line about what is not shown. */
const HEADING_BYTES = 1_000;

/** As sent at most: base64 in lines of 76 characters, with the reader's links at their longest. */
function mailBytes(html: string): number {
  const base64 = Math.ceil((Buffer.byteLength(html) + marksIn(html) * limits.ownUrlCharsMax) / 3) * 4;
  return base64 + Math.ceil(base64 / 76) * '\r\n'.length;
}
