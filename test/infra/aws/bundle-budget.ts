/** How heavy a function may be. Both are felt by whoever waits for a page that starts a new process. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

/** Of what is uploaded for one function. Lambda fetches and unpacks it at each cold start. */
export const zipBytesMax = 350_000;

/** To import the handler, over the start of an empty Node process, on the machine where both are measured. */
export const importMillisMax = 130;

/** What a zip file of a folder has: its files deflated, and what the format says of each (APPNOTE.TXT, 4.3). */
export function zipBytesOf(folder: string): number {
  const files = readdirSync(folder).map((name) => ({ name, bytes: deflateRawSync(readFileSync(join(folder, name))) }));
  return files.reduce((sum, { name, bytes }) => sum + bytes.length + 30 + 46 + 2 * name.length, 22);
}
