/** The watch file for a command that puts feeds into it: as far as it can be read, checked before it is written, written whole. */
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { localDay } from '../../shared/time.ts';
import type { Feed } from '../../shared/watch/config.ts';
import { type NewFeed, withFeeds } from '../../shared/watch/edit-feeds.ts';
import { problemLine } from '../../shared/watch/problem.ts';
import { rawItems, rawText } from '../../shared/watch/raw.ts';
import { readConfig } from '../../shared/watch/read-config.ts';
import { readFeeds } from '../../shared/watch/read-feeds.ts';
import { readYaml } from '../../shared/watch/yaml-source.ts';
import { diskProblem, HostProblem } from './host-problem.ts';
import { fileReader, readWatchText } from './watch-file.ts';

export interface OpenWatchFile {
  /** Those that can be read, OPML files included. The file may have problems: putting the first feed in may be what it lacks. */
  readonly feeds: readonly Feed[];
  /** Places of `network.allow`. */
  readonly allow: readonly string[];
  readonly contact: string | null;
  /**
   * Puts feeds behind those that are there.
   *
   * @param feeds none of them in the file yet
   * @returns problems, one sentence a line; when there are any, nothing was written
   * @throws HostProblem when the disk says no
   */
  add(feeds: readonly NewFeed[]): readonly string[];
}

/** @returns problems, one a line, when there is no such file or it is no text */
export function openWatchFile(path: string): OpenWatchFile | { readonly problems: readonly string[] } {
  const read = readWatchText(path);
  if ('problems' in read) return { problems: read.problems.map(problemLine) };
  const { text } = read;
  const readFile = fileReader(path);
  const file = readYaml(text).value;
  const { feeds } = readFeeds(file, readFile);
  return {
    feeds,
    allow: rawItems(file, ['network', 'allow']).flatMap(({ item }) => (typeof item === 'string' ? [item] : [])),
    contact: rawText(file, ['poll', 'contact']),
    add(added) {
      const edited = withFeeds(text, added);
      if ('problem' in edited) return [`${path}: ${edited.problem}`];
      const result = readConfig(edited.text, { file: path, today: localDay(Date.now(), 'UTC'), readFile });
      if ('problems' in result) return [...result.problems.map(problemLine), `${path} was left as it is.`];
      const expected = [...feeds, ...added].map(({ url }) => url);
      if (
        result.config.feeds
          .map(({ url }) => url)
          .sort()
          .join('\n') !== expected.sort().join('\n')
      ) {
        return [
          `${path} is written in a way that cannot be added to; add by hand: ${added.map(({ url }) => url).join(' ')}`,
        ];
      }
      replaceFile(path, text, edited.text);
      return [];
    },
  };
}

/** In one step: whoever reads the file meanwhile, or a process that is killed, has the old one or the new. */
function replaceFile(path: string, before: string, after: string): void {
  const real = realpathSync(path);
  const beside = `${real}.${process.pid}.new`;
  try {
    const bytes = readFileSync(real);
    const mark = bytes.subarray(0, 3).equals(byteOrderMark) ? '\uFEFF' : '';
    if (bytes.toString('utf8') !== mark + before) {
      throw new HostProblem(`${path} was changed by somebody else meanwhile, and left as it is: try again.`);
    }
    writeFileSync(beside, mark + after, { flag: 'wx', mode: statSync(real).mode });
    renameSync(beside, real);
  } catch (fault) {
    rmSync(beside, { force: true });
    throw fault instanceof HostProblem ? fault : diskProblem(`${path} cannot be written`, fault);
  }
}

const byteOrderMark = Buffer.from('\uFEFF');
