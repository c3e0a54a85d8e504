/** Feed documents named on the command line: a file, an address, or standard input. */
import { open } from 'node:fs/promises';
import type { FeedDocument } from '../../shared/feed/entry.ts';
import { parseFeed } from '../../shared/feed/parse.ts';
import { fetchFeed } from '../../shared/fetch/fetch-feed.ts';
import { limits } from '../../shared/limits.ts';
import type { Http } from '../../shared/world.ts';

export type Reading =
  | { readonly kind: 'feed'; readonly document: FeedDocument }
  | { readonly kind: 'problem'; readonly why: string; readonly message: string };

export const isAddress = (source: string): boolean => /^https?:\/\//i.test(source);

/** @param source a path, an http(s) address, or `-` for standard input */
export async function readSource(http: Http, source: string): Promise<Reading> {
  if (isAddress(source)) {
    const outcome = await fetchFeed({ http, clock: Date }, { url: source }, { validators: null, bodyHash: null });
    switch (outcome.kind) {
      case 'read':
        return { kind: 'feed', document: outcome.document };
      case 'failed':
        return { kind: 'problem', why: outcome.why, message: outcome.detail };
      case 'unchanged':
        return {
          kind: 'problem',
          why: 'bad answer',
          message: 'The server answered "not changed" to a first question.',
        };
    }
  }
  const file = await readFile(source, limits.bodyBytesMax);
  return file.kind === 'problem' ? file : parseFeed(file.bytes, null, '');
}

type FileRead = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | Extract<Reading, { kind: 'problem' }>;

/** Never more than `bytesMax` and one chunk in memory, whatever the file is. */
async function readFile(path: string, bytesMax: number): Promise<FileRead> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    const stream = path === '-' ? process.stdin : (await open(path)).createReadStream();
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > bytesMax) {
        return { kind: 'problem', why: 'too large', message: `The file is larger than ${bytesMax} bytes.` };
      }
      chunks.push(chunk);
    }
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code;
    const message = code === 'ENOENT' ? 'There is no such file.' : `The file cannot be read (${code ?? 'unknown'}).`;
    return { kind: 'problem', why: 'no file', message };
  }
  return { kind: 'bytes', bytes: Buffer.concat(chunks) };
}
