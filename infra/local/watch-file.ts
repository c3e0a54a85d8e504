/** The one place of this machine that reads the watch file, and the OPML files it names, from disk. */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type ReadResult, readConfig } from '../../shared/watch/read-config.ts';

/**
 * @param path of the watch file, seen from the working directory; problems name it as it is given
 * @param today `YYYY-MM-DD`
 * @returns a file that is not there, cannot be read, or is not UTF-8 is one problem
 */
export function loadConfig(path: string, today: string): ReadResult {
  const read = readWatchText(path);
  return 'problems' in read ? read : readConfig(read.text, { file: path, today, readFile: fileReader(path) });
}

/** The text of a watch file, without a byte order mark; or why it has none. */
export function readWatchText(path: string): { readonly text: string } | Extract<ReadResult, { problems: unknown }> {
  const bytes = bytesOf(path);
  if (bytes === null) {
    const message = `there is no file ${path} that can be read; copy the starter watch.yaml, or name yours with --watch FILE`;
    return { problems: [{ file: path, line: 1, column: 1, path: '', message }], warnings: [] };
  }
  const strange = firstStrangeByte(bytes);
  if (strange !== null) {
    const message = 'this file is not in UTF-8: what stands here would be read wrongly; save the file as UTF-8';
    return { problems: [{ file: path, ...strange, path: '', message }], warnings: [] };
  }
  return { text: textOf(bytes) };
}

/** Reads the files that a watch file names, by their path seen from it. */
export function fileReader(path: string): (named: string) => string | null {
  return (named) => {
    const other = bytesOf(resolve(dirname(path), named));
    return other === null ? null : textOf(other);
  };
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/** Where the first byte stands that UTF-8 does not have there, or that no text has: UTF-16 shows by its NULs. */
function firstStrangeByte(bytes: Buffer): { readonly line: number; readonly column: number } | null {
  if (isUtf8(bytes) && !bytes.includes(0)) return null;
  for (let line = 1, from = 0; ; line++) {
    const end = bytes.indexOf('\n', from);
    const row = bytes.subarray(from, end === -1 ? undefined : end);
    if (!isUtf8(row) || row.includes(0)) return { line, column: strangeColumn(row) };
    from = end + 1;
  }
}

function strangeColumn(row: Buffer): number {
  const text = row.toString('utf8');
  for (const { index } of text.matchAll(/[\uFFFD\0]/g)) {
    // A replacement character that was written as such is as long in the file as it is here.
    const upTo = row.subarray(0, Buffer.byteLength(text.slice(0, index + 1)));
    if (!isUtf8(upTo) || text[index] === '\0') return index + 1;
  }
  return 1;
}
