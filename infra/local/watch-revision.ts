/** The watch file as it stood in another revision of its git repository, or as another file. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type ReadResult, readConfig } from '../../shared/watch/read-config.ts';
import { codeOf, HostProblem } from './host-problem.ts';
import { loadConfig } from './watch-file.ts';

/**
 * @param named a file, if there is one of that name; otherwise a git revision, such as `HEAD~3` or `main`
 * @param path of the present watch file: the same file is read in the revision, and the OPML files it names there
 * @param today `YYYY-MM-DD`
 * @throws HostProblem when it is neither
 */
export function loadEarlier(named: string, path: string, today: string): ReadResult {
  if (existsSync(named)) return loadConfig(named, today);
  const folder = dirname(path);
  const git = (...args: readonly string[]) => gitIn(folder, args);
  if (git('rev-parse', '--is-inside-work-tree') === null) {
    throw new HostProblem(
      `There is no file ${named}, and ${folder} is in no git repository that could have a revision.`,
    );
  }
  if (git('rev-parse', '--verify', '--quiet', '--end-of-options', `${named}^{commit}`) === null) {
    throw new HostProblem(`“${named}” is neither a file nor a revision of this git repository.`);
  }
  const show = (file: string) => git('show', '--end-of-options', `${named}:./${file}`);
  const text = show(basename(path));
  if (text === null) throw new HostProblem(`The revision ${named} has no file ${join(folder, basename(path))}.`);
  return readConfig(text.replace(/^\uFEFF/, ''), { file: `${named}:${path}`, today, readFile: show });
}

/** What git says, or null when it refuses. */
function gitIn(folder: string, args: readonly string[]): string | null {
  try {
    return execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 50_000_000,
    });
  } catch (fault) {
    if (codeOf(fault) !== 'ENOENT') return null;
    throw new HostProblem('git is not installed: name a file with --against FILE.', { cause: fault });
  }
}
