/** An issue as it is read: its mail and its pages in the browser, rendered once, whatever the number of its readers. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { assert } from '../assert.ts';
import type { RenderedIssue } from '../digest/render.ts';
import type { Key, Table } from '../world.ts';
import { newsKeys } from './keys.ts';

/** Compressed: 70 kB of HTML become about 10, and a write costs by the kilobyte. The first rendering stays. */
export async function putRendered(news: Table, issue: string, rendered: RenderedIssue): Promise<void> {
  await news.putIf({ ...newsKeys.rendered(issue), mail: gzipSync(JSON.stringify(rendered)) }, 'absent');
}

export async function renderedOf(news: Table, issue: string): Promise<RenderedIssue | null> {
  const text = await textAt(news, newsKeys.rendered(issue), 'mail');
  return text === null ? null : (JSON.parse(text) as RenderedIssue);
}

/** Stores the pages before the mail that links to them. */
export async function putIssuePages(news: Table, issue: string, pages: readonly string[]): Promise<void> {
  for (const [index, page] of pages.entries()) {
    await news.putIf({ ...newsKeys.issuePage(issue, index + 1), html: gzipSync(page) }, 'absent');
  }
}

/**
 * @param number of the page, from 1
 * @returns a whole HTML document in which the links between the pages are still marks; null when there is no such page
 */
export async function issuePageOf(news: Table, issue: string, number: number): Promise<string | null> {
  return textAt(news, newsKeys.issuePage(issue, number), 'html');
}

async function textAt(news: Table, key: Key, name: string): Promise<string | null> {
  const item = await news.get(key);
  if (item === null) return null;
  const bytes = item[name];
  assert(bytes instanceof Uint8Array, 'what is rendered is bytes');
  return gunzipSync(bytes).toString();
}
