/** The mail of an issue, rendered once, whatever the number of its readers. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { assert } from '../assert.ts';
import type { RenderedIssue } from '../digest/render.ts';
import type { Table } from '../world.ts';
import { newsKeys } from './keys.ts';

/** Compressed: 70 kB of HTML become about 10, and a write costs by the kilobyte. The first rendering stays. */
export async function putRendered(news: Table, issue: string, rendered: RenderedIssue): Promise<void> {
  await news.putIf({ ...newsKeys.rendered(issue), mail: gzipSync(JSON.stringify(rendered)) }, 'absent');
}

export async function renderedOf(news: Table, issue: string): Promise<RenderedIssue | null> {
  const item = await news.get(newsKeys.rendered(issue));
  if (item === null) return null;
  const mail = item.mail;
  assert(mail instanceof Uint8Array, 'a rendered mail is bytes');
  return JSON.parse(gunzipSync(mail).toString()) as RenderedIssue;
}
