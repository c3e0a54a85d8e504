/** Issues: frozen once, numbered without a gap in each digest, rendered once. */
import type { Issue } from '../digest/issue.ts';
import type { Item, Table, Value } from '../world.ts';
import { newsKeys } from './keys.ts';

/** The newest issue of a digest, finished or not; null when there was none. */
export async function lastIssue(news: Table, digest: string): Promise<Issue | null> {
  const pk = newsKeys.issue(digest, 0).pk;
  let page = await news.query({ pk, descending: true, limit: 1 });
  while (page.items.length === 0 && page.next !== null) {
    page = await news.query({ pk, descending: true, limit: 1, after: page.next });
  }
  return page.items[0] === undefined ? null : issueOf(page.items[0]);
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

export async function issueNumbered(news: Table, digest: string, number: number): Promise<Issue | null> {
  const item = await news.get(newsKeys.issue(digest, number));
  return item === null ? null : issueOf(item);
}

/** The newest issues of a digest, newest first. */
export async function issuesOf(news: Table, digest: string, limit: number): Promise<readonly Issue[]> {
  const page = await news.query({ pk: newsKeys.issue(digest, 0).pk, descending: true, limit });
  return page.items.map(issueOf);
}

function itemOf(issue: Issue): Item {
  return { ...(issue as unknown as Record<string, Value>), ...newsKeys.issue(issue.digest, issue.number) };
}

function issueOf({ pk: _, sk: __, ...issue }: Item): Issue {
  return issue as unknown as Issue;
}
