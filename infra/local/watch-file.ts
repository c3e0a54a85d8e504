/** The one place of this machine that reads the watch file, and the OPML files it names, from disk. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type ReadResult, readConfig } from '../../shared/watch/read-config.ts';

/**
 * @param path of the watch file, seen from the working directory; problems name it as it is given
 * @param today `YYYY-MM-DD`
 * @returns a file that is not there, or cannot be read, is one problem
 */
export function loadConfig(path: string, today: string): ReadResult {
  const text = textOf(path);
  if (text === null) {
    const message = `there is no file ${path} that can be read; copy the starter watch.yaml, or name yours with --watch FILE`;
    return { problems: [{ file: path, line: 1, column: 1, path: '', message }], warnings: [] };
  }
  return readConfig(text, { file: path, today, readFile: (named) => textOf(resolve(dirname(path), named)) });
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return null;
  }
}
