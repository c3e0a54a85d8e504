/**
 * Entries as they were held against the watches: what a history keeps, so that other watches can be tried on it later. The
 * whole text is kept, as working data: a watch that finds something in the text must find it again. What a feed's excerpt
 * rule lets people see is decided where something is shown.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ArticleFate } from '../article/whole-entry.ts';
import type { Entry } from '../feed/entry.ts';
import { type Instant, iso } from '../time.ts';

export interface Scanned {
  /** When it was held against the watches. */
  readonly at: Instant;
  /** Id of the feed. */
  readonly feed: string;
  /** As its feed gave it: the text of an article's page is not ours to keep. */
  readonly entry: Entry;
  /** What became of its page, where the page was wanted: with `read` more was held against the watches than is kept here. */
  readonly article?: ArticleFate;
}

/** @param entry as its feed gave it @param article null where the feed's text was enough */
export function scannedOf(
  at: Instant,
  feed: { readonly id: string },
  entry: Entry,
  article: ArticleFate | null,
): Scanned {
  return { at, feed: feed.id, entry, ...(article === null ? {} : { article }) };
}

/** The UTC day that a history files an instant under. */
export const historyDay = (at: Instant): string => iso(at).slice(0, 10);

/** One gzip member (RFC 1952) of JSON lines. Members one after the other are a gzip file that any tool reads. */
export function packScanned(scanned: readonly Scanned[]): Uint8Array {
  return gzipSync(scanned.map((each) => `${JSON.stringify(each)}\n`).join(''));
}

/** How every member of ours begins: deflate, no flags, no time. Eight bytes do not come by chance. */
const memberStart = Buffer.from('1f8b080000000000', 'hex');

/**
 * @param file members one after the other
 * @returns a member that is cut or damaged, as a process that is killed leaves it, is left out; those behind it are read
 */
export function unpackScanned(file: Uint8Array): Scanned[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const scanned: Scanned[] = [];
  for (let from = bytes.indexOf(memberStart); from !== -1; ) {
    const next = bytes.indexOf(memberStart, from + memberStart.length);
    const text = textOf(bytes.subarray(from, next === -1 ? undefined : next));
    for (const line of text.split('\n')) if (line !== '') scanned.push(JSON.parse(line) as Scanned);
    from = next;
  }
  return scanned;
}

/** Empty when the member is cut: length and check sum are at its end. Behind it may be the first bytes of one that is. */
function textOf(member: Buffer): string {
  for (let begun = 0; begun < memberStart.length; begun++) {
    if (begun > 0 && !member.subarray(-begun).equals(memberStart.subarray(0, begun))) continue;
    try {
      return gunzipSync(member.subarray(0, member.length - begun)).toString('utf8');
    } catch {}
  }
  return '';
}
