/** An answer as it comes in: its body unpacked, bounded while it streams, and whole, or a value that says why not. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { limits } from '../limits.ts';
import type { HttpAnswer } from '../world.ts';
import { type FailedHop, failed } from './failure.ts';

type Body = { readonly kind: 'body'; readonly bytes: Uint8Array } | FailedHop;

/** Reads to the end. Never rejects; the caller destroys the request when this is a failure. */
export async function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const body = await readBody(response);
  if (body.kind === 'failed') return body;
  return { kind: 'answer', status: response.statusCode ?? 0, headers: firstHeaders(response), body: body.bytes };
}

/** Of repeated headers the first, which Node's own view joins or drops as it sees fit. */
function firstHeaders({ rawHeaders }: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null);
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers[rawHeaders[at]!.toLowerCase()] ??= rawHeaders[at + 1]!;
  return headers;
}

function readBody(response: IncomingMessage): Promise<Body> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const empty = response.statusCode === 304 || response.statusCode === 204;
  if (encoding === 'identity' || encoding === '' || empty) return collected(response, response);
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    return Promise.resolve(failed('protocol', 'The answer is packed in a way that was not asked for.'));
  }
  const gunzip = createGunzip();
  response.on('error', (fault) => gunzip.destroy(fault));
  response.pipe(gunzip);
  return collected(response, gunzip);
}

/** @param unpacked the response itself, or what unpacks it */
function collected(response: IncomingMessage, unpacked: Readable): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let packedSize = 0;
    const tooLarge = (): void =>
      resolve(failed('too large', `The answer is larger than ${limits.bodyBytesMax / 1024 / 1024} MiB.`));
    const cutOff = (): void => resolve(failed('cut off', 'The answer ended before it was complete.'));

    // A packed body can be endless and unpack to nothing.
    response.on('data', (chunk: Buffer) => {
      packedSize += chunk.length;
      if (packedSize > limits.bodyBytesMax) tooLarge();
    });
    unpacked.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.bodyBytesMax) {
        chunks.length = 0;
        unpacked.destroy();
        tooLarge();
      } else chunks.push(chunk);
    });
    unpacked.on('end', () => {
      if (response.complete) resolve({ kind: 'body', bytes: Buffer.concat(chunks) });
      else cutOff();
    });
    unpacked.on('error', (fault: Error) => {
      if (fault.message === 'incorrect header check')
        resolve(failed('protocol', 'The answer is not packed in the way that it says.'));
      else cutOff();
    });
  });
}
