/** Issues: frozen once, numbered without a gap in each edition, rendered once. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { assert } from '../assert.ts';
import type { Issue } from '../digest/issue.ts';
import type { Item, Table } from '../world.ts';
import { newsKeys } from './keys.ts';
import { queryAll } from './whole.ts';

/** The newest issue of an edition, finished or not; null when there was none. */
export async function lastIssue(news: Table, edition: string): Promise<Issue | null> {
  const [last] = await issuesOf(news, edition, 1);
  return last ?? null;
}

/**
 * The moment of truth: from here on these hits belong to this issue. Two workers that freeze at once want the same
 * number, and one of them gets it, whatever slots they had in mind.
 *
 * @returns false when the number is taken
 */
export async function putIssue(news: Table, issue: Issue): Promise<boolean> {
  return news.putIf(itemOf(issue), 'absent');
}

/** All that follows from the issue is done: rendered, cleared, queued. */
export async function finishIssue(news: Table, issue: Issue): Promise<void> {
  await news.put(itemOf({ ...issue, finished: true }));
}

export async function issueNumbered(news: Table, edition: string, number: number): Promise<Issue | null> {
  const item = await news.get(newsKeys.issue(edition, number));
  return item === null ? null : issueOf(item);
}

/** The newest issues of an edition, newest first. */
export async function issuesOf(news: Table, edition: string, limit: number): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  for await (const item of queryAll(news, { pk: newsKeys.issue(edition, 0).pk, descending: true, limit })) {
    issues.push(issueOf(item));
    if (issues.length === limit) break;
  }
  return issues;
}

/**
 * What grows with hits and feeds is compressed: 5,000 hits, 20,000 feeds and their failures stay under the 400 kB that an
 * item may have (`test/store/issues.test.ts`).
 */
function itemOf({ hits, receipt, scanned, ...rest }: Issue): Item {
  const body = gzipSync(JSON.stringify({ hits, receipt, scanned }));
  return { ...rest, body, ...newsKeys.issue(rest.edition, rest.number) };
}

/** An earlier Watchword knew no editions but the digest's own. */
function issueOf({ pk: _, sk: __, body, ...rest }: Item): Issue {
  assert(body instanceof Uint8Array, 'the body of an issue is bytes');
  return { edition: rest.digest, ...rest, ...JSON.parse(gunzipSync(body).toString()) } as unknown as Issue;
}
