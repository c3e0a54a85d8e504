/** The watch file for a command that works with it: read, or all its problems told. */
import { localDay } from '../../shared/time.ts';
import type { Config } from '../../shared/watch/config.ts';
import { problemLine } from '../../shared/watch/problem.ts';
import type { Terminal } from './command.ts';
import { loadConfig } from './watch-file.ts';

/** The default of every `--watch`. */
export const defaultWatchFile = 'watch.yaml';

/** @returns null when the file has problems; they were said on `err`, one a line */
export function openConfig(path: string, terminal: Terminal): Config | null {
  const result = loadConfig(path, localDay(Date.now(), 'UTC'));
  if ('config' in result) return result.config;
  for (const problem of result.problems) terminal.err(problemLine(problem));
  return null;
}
