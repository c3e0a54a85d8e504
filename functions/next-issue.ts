/** digest, part of: what an issue has to say. Reads only, so that an operator can look at the next one before it is frozen. */
import { type Edition, ownEdition, shelfOf } from '../shared/delivery/edition.ts';
import type { Issue } from '../shared/digest/issue.ts';
import type { IssueInput } from '../shared/digest/issue-view.ts';
import { storiesOf } from '../shared/digest/story.ts';
import { limits } from '../shared/limits.ts';
import { alreadyListed, getHits, pendingOf } from '../shared/store/hits.ts';
import { lastIssue } from '../shared/store/issues.ts';
import type { HitKey } from '../shared/store/keys.ts';
import type { Instant } from '../shared/time.ts';
import type { Digest } from '../shared/watch/config.ts';
import type { Table } from '../shared/world.ts';
import { type CoverageWorld, coverage, watchesOf } from './coverage.ts';

export interface Pending {
  /** As much as one issue holds; the rest waits for the next. */
  readonly toTell: readonly HitKey[];
  /** Noted again after an issue listed them: to be cleared away, not told twice. */
  readonly toldBefore: readonly HitKey[];
}

/** What waits to be told in an edition. */
export async function pendingIn(news: Table, edition: Edition): Promise<Pending> {
  const noted = await pendingOf(news, shelfOf(edition));
  const listed = await alreadyListed(news, edition.id, noted);
  return {
    toTell: noted.filter((hit) => !listed(hit)).slice(0, limits.hitsPerIssueMax),
    toldBefore: noted.filter(listed),
  };
}

/** All that a frozen issue says. */
export async function inputOf(
  world: CoverageWorld,
  digest: Digest,
  zone: string,
  issue: Pick<Issue, 'slotAt' | 'frozenAt' | 'hits' | 'receipt'>,
): Promise<IssueInput> {
  const { slotAt, frozenAt, receipt } = issue;
  const stories = storiesOf(await getHits(world.news, issue.hits));
  const watches = watchesOf(world, digest);
  const feedHosts = new Map(world.config.feeds.map(({ id, url }) => [id, new URL(url).host]));
  return { digestName: digest.name, zone, slotAt, frozenAt, watches, stories, receipt, feedHosts };
}

/** What the next issue of the digest would say were it frozen at this moment. */
export async function nextIssue(world: CoverageWorld, digest: Digest, now: Instant): Promise<IssueInput> {
  const edition = ownEdition(digest);
  const last = await lastIssue(world.news, edition.id);
  const { toTell } = await pendingIn(world.news, edition);
  const { receipt } = await coverage(world, digest, last, toTell, now, new Map());
  return inputOf(world, digest, edition.zone, { slotAt: now, frozenAt: now, hits: toTell, receipt });
}
