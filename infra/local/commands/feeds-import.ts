/** `watchword feeds import`: the feeds of an OPML file, as lines of the watch file. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { decode } from '../../../shared/feed/decode.ts';
import { limits } from '../../../shared/limits.ts';
import type { NewFeed } from '../../../shared/watch/edit-feeds.ts';
import { parseFeedUrl } from '../../../shared/watch/feed-url.ts';
import { parseOpml } from '../../../shared/watch/opml.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { openWatchFile } from '../edit-watch-file.ts';
import { codeOf, diskProblem, HostProblem } from '../host-problem.ts';
import { defaultWatchFile } from '../open-config.ts';

interface Sorted {
  readonly added: readonly NewFeed[];
  /** Addresses of those that the watch file has. */
  readonly known: readonly string[];
  /** One sentence for each that no watch file can have. */
  readonly problems: readonly string[];
}

export const feedsImport: Command = {
  summary: 'put the feeds of an OPML file into the watch file',
  help: `watchword feeds import FILE [--watch FILE] [--json]

Puts the feeds of an OPML file, as feed readers export it, into the watch file, behind those that are there; nothing else in
the file changes, and nothing is asked of any publisher. Names stay, folders become tags, the order is kept. A feed that
the watch file has already is left as it is.

  --watch FILE   the watch file (default: ${defaultWatchFile})
  --json         one object on standard output: {added: [url], known: [url], problems: [text]}

To keep the list in its own file instead, name it in the watch file: feeds: [{opml: FILE}].

Exit code: 0 all feeds are in the file; 1 some cannot be, which were said (the others are in it), or the file is not right.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { watch: { type: 'string', default: defaultWatchFile }, json: { type: 'boolean', default: false } },
    });
    const [path, ...others] = positionals;
    if (path === undefined || others.length > 0) throw new Usage('Name one OPML file.');
    const text = textOf(path);
    if (text.length > limits.watchFileCharsMax) return failed(terminal, [`${path} is too large; split it`]);
    const opml = parseOpml(text);
    if ('problem' in opml) return failed(terminal, [`${path} ${opml.problem}`]);
    const file = openWatchFile(values.watch);
    if ('problems' in file) return failed(terminal, file.problems);
    const sorted = sort(opml.feeds, file.allow, new Set(file.feeds.map(({ url }) => url)));
    if (sorted.added.length > 0) {
      const problems = file.add(sorted.added);
      if (problems.length > 0) return failed(terminal, problems);
    }
    if (values.json) terminal.out(JSON.stringify({ ...sorted, added: sorted.added.map(({ url }) => url) }));
    else show(terminal, values.watch, sorted);
    return failed(terminal, values.json ? [] : sorted.problems, sorted.problems.length === 0 ? 0 : 1);
  },
};

function textOf(path: string): string {
  try {
    return decode(readFileSync(path), null).text; // older feed readers write latin1, and say so
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') throw new HostProblem(`There is no file ${path}.`);
    throw diskProblem(`${path} cannot be read`, fault);
  }
}

function sort(
  feeds: readonly { readonly url: string; readonly name: string | null; readonly tags: readonly string[] }[],
  allow: readonly string[],
  there: ReadonlySet<string>,
): Sorted {
  const added = new Map<string, NewFeed>();
  const known: string[] = [];
  const problems: string[] = [];
  for (const { url: written, name, tags } of feeds) {
    const parsed = parseFeedUrl(written, allow);
    if ('problem' in parsed) problems.push(`${name ?? written}: ${parsed.problem}`);
    else if (there.has(parsed.url)) known.push(parsed.url);
    else if (!added.has(parsed.url))
      added.set(parsed.url, { url: parsed.url, name, tags: tags.map((tag) => tag.slice(0, limits.nameCharsMax)) });
  }
  return { added: [...added.values()], known, problems };
}

function show(terminal: Terminal, watch: string, { added, known }: Sorted): void {
  const there =
    known.length === 0 ? '' : `; ${feeds(known.length)} ${known.length === 1 ? 'was' : 'were'} there already`;
  terminal.out(`${feeds(added.length)} added to ${watch}${there}.`);
  if (added.length > 0) terminal.out('Ask each of them once, to see that it answers: npx watchword feeds check');
}

const feeds = (count: number): string => `${count} ${count === 1 ? 'feed' : 'feeds'}`;

function failed(terminal: Terminal, problems: readonly string[], code = 1): number {
  for (const problem of problems) terminal.err(problem);
  return code;
}
