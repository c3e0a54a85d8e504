/**
 * A story is what a reader is shown once: one entry with all the watches it is a hit of, and the entries of other
 * outlets that tell the same. How headlines are compared is `headline.ts`; here is who is compared with whom.
 */
import { limits } from '../limits.ts';
import { HOUR, type Instant } from '../time.ts';
import type { Hit, Marked, Reason } from '../watch/hit.ts';
import { type Headline, headlineKey, headlineOf, oneContainsOther } from './headline.ts';

/** One entry, whatever the number of watches that it is a hit of. */
export interface Article {
  /** Id of the entry. */
  readonly entry: string;
  /** Id of the feed. */
  readonly feed: string;
  /** Name of the feed. */
  readonly outlet: string;
  /** Marked for all its watches. */
  readonly title: Marked;
  readonly link: string | null;
  /** Null when the feed gives no date, or one that cannot be: long before it was found, or after. */
  readonly publishedAt: Instant | null;
  readonly foundAt: Instant;
  /** Of the first watch that has one. */
  readonly excerpt: Marked | null;
}

export interface Story {
  /** The outlet that was first, among those that can be clicked if there are any. */
  readonly lead: Article;
  /** The same story elsewhere, or under another headline at the same address; earliest first. */
  readonly others: readonly Article[];
  /** Every watch that found the story, each once, in the order of the hits. */
  readonly watches: readonly WatchedStory[];
}

export interface WatchedStory {
  /** Id of the watch. */
  readonly watch: string;
  /** The outlet whose entry the reasons are about: the lead's wherever the lead is a hit of this watch. */
  readonly outlet: string;
  readonly reasons: readonly Reason[];
}

/**
 * Joins hits into stories. Nothing is lost: every entry is in exactly one story, and every watch of it is named there.
 *
 * Entries with one address are always one story. Otherwise an entry joins the earliest story of other outlets whose
 * first headline says the same, at most `storyWindowHours` later; only the first headline counts, so that stories do not
 * grow from one event to the next. Two entries of one outlet with different addresses are never joined: an outlet that
 * uses a headline twice tells two things.
 *
 * @returns those told by more outlets first, then those of more watches, then the newer ones
 */
export function storiesOf(hits: readonly Hit[]): Story[] {
  const groups = sameAddress(sameEntry(hits));
  return joined(groups).map(storyOf).sort(byWeight);
}

/** An entry with its hits, one for each watch. */
interface Found {
  readonly hits: readonly Hit[];
  readonly first: Hit;
}

/** Entries that are one story, earliest first. */
type Group = Found[];

function sameEntry(hits: readonly Hit[]): Found[] {
  const byEntry = Map.groupBy(hits, (hit) => hit.entry);
  return [...byEntry.values()].map((ofEntry) => ({ hits: ofEntry, first: ofEntry[0] as Hit })).sort(byTime);
}

function sameAddress(entries: readonly Found[]): Group[] {
  const groups = Map.groupBy(entries, ({ first }) => addressKey(first.link) ?? `entry ${first.entry}`);
  return [...groups.values()];
}

/** Joins groups whose headlines say the same; groups come earliest first. */
function joined(groups: readonly Group[]): Group[] {
  const rarity = wordCounts(groups);
  const stories: Group[] = [];
  const byKey = new Map<string, Opening[]>();
  /** A headline that is contained in another has all its words there, so also its rarest. */
  const byRarest = new Map<string, Opening[]>();
  const byWord = new Map<string, Opening[]>();
  for (const group of groups) {
    const headline = headlineOfGroup(group);
    const key = headlineKey(headline);
    if (key === null) {
      stories.push([...group]);
      continue;
    }
    const rarest = rarestOf(headline, rarity);
    const contained = headline.words.flatMap((word) => byRarest.get(word) ?? []);
    const containing = byWord.get(rarest) ?? [];
    const story =
      byKey.get(key)?.find((opening) => mayJoin(opening, group)) ??
      [...contained.slice(-limits.storyCandidatesMax), ...containing.slice(-limits.storyCandidatesMax)]
        .filter((opening) => mayJoin(opening, group) && oneContainsOther(opening.headline, headline))
        .sort((a, b) => byTime(a.group[0] as Found, b.group[0] as Found))[0];
    if (story !== undefined) {
      story.group.push(...group);
      for (const { first } of group) story.outlets.add(first.outlet);
      continue;
    }
    const opening = { headline, group: [...group], outlets: new Set(group.map(({ first }) => first.outlet)) };
    stories.push(opening.group);
    put(byKey, key, opening);
    put(byRarest, rarest, opening);
    for (const word of headline.words) put(byWord, word, opening);
  }
  return stories;
}

/** A story that later entries may join, with the headline that they must tell. */
interface Opening {
  readonly headline: Headline;
  readonly group: Group;
  readonly outlets: Set<string>;
}

function mayJoin(opening: Opening, group: Group): boolean {
  const opened = opening.group[0] as Found;
  const comes = group[0] as Found;
  if (toldAt(comes.first) - toldAt(opened.first) > limits.storyWindowHours * HOUR) return false;
  return group.every(({ first }) => !opening.outlets.has(first.outlet));
}

function headlineOfGroup(group: Group): Headline {
  const { first } = group[0] as Found;
  return headlineOf(first.title.text, first.outlet);
}

function wordCounts(groups: readonly Group[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const group of groups) {
    for (const word of headlineOfGroup(group).words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function rarestOf({ words }: Headline, counts: ReadonlyMap<string, number>): string {
  return words.reduce((rarest, word) => ((counts.get(word) ?? 0) < (counts.get(rarest) ?? 0) ? word : rarest));
}

function put<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

function storyOf(group: Group): Story {
  const earliestFirst = group.toSorted(byTime);
  const lead = earliestFirst.find(({ first }) => first.link !== null) ?? (earliestFirst[0] as Found);
  const others = earliestFirst.filter((found) => found !== lead);
  const watches = new Map<string, WatchedStory>();
  for (const { watch, outlet, reasons } of [lead, ...others].flatMap(({ hits }) => hits)) {
    if (!watches.has(watch)) watches.set(watch, { watch, outlet, reasons });
  }
  return { lead: articleOf(lead), others: others.map(articleOf), watches: [...watches.values()] };
}

function articleOf({ hits, first }: Found): Article {
  const excerpt = hits.find((hit) => hit.excerpt !== null)?.excerpt ?? null;
  return {
    entry: first.entry,
    feed: first.feed,
    outlet: first.outlet,
    title: marked(
      first.title.text,
      hits.map((hit) => hit.title),
    ),
    link: first.link,
    publishedAt: believedDate(first),
    foundAt: first.foundAt,
    excerpt:
      excerpt &&
      marked(
        excerpt.text,
        hits.flatMap((hit) => hit.excerpt ?? []),
      ),
  };
}

/** The text with the marks of all that have this very text; marks that touch become one. */
function marked(text: string, same: readonly Marked[]): Marked {
  const all = same.filter((other) => other.text === text).flatMap((other) => other.marks);
  const marks: [number, number][] = [];
  for (const [start, end] of all.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = marks.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else marks.push([start, end]);
  }
  return { text, marks };
}

/**
 * What makes an address another one: host and path and query, without what only counts visitors. Null for none and for
 * a front page: feeds without pages of their own link every entry to it.
 */
function addressKey(link: string | null): string | null {
  if (link === null || !URL.canParse(link)) return null;
  const { host, pathname, searchParams } = new URL(link);
  const query = [...searchParams].filter(([name]) => !/^(?:utm_|at_|cmp$|fbclid$|gclid$)/i.test(name));
  if (pathname === '/' && query.length === 0) return null;
  return JSON.stringify([host.replace(/^www\./, ''), pathname.replace(/\/$/, ''), query]);
}

/** A date is believed when it lies in the days before the entry was found: news is new. */
function believedDate({ publishedAt, foundAt }: Hit): Instant | null {
  if (publishedAt === null || publishedAt > foundAt) return null;
  return publishedAt >= foundAt - limits.storyWindowHours * HOUR ? publishedAt : null;
}

function toldAt(hit: Hit): Instant {
  return believedDate(hit) ?? hit.foundAt;
}

/** Earliest first; by id where the time is the same, so that the order of the hits does not matter. */
function byTime(a: Found, b: Found): number {
  return toldAt(a.first) - toldAt(b.first) || (a.first.entry < b.first.entry ? -1 : 1);
}

function byWeight(a: Story, b: Story): number {
  const outlets = (story: Story) => new Set([story.lead, ...story.others].map(({ outlet }) => outlet)).size;
  const told = ({ lead }: Story) => lead.publishedAt ?? lead.foundAt;
  return outlets(b) - outlets(a) || b.watches.length - a.watches.length || told(b) - told(a);
}
