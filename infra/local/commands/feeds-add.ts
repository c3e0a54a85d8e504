/** `watchword feeds add`: from the address of a site, or of a feed, to a line of the watch file. */
import { parseArgs } from 'node:util';
import { type FoundFeed, findFeeds } from '../../../shared/fetch/find-feeds.ts';
import { createHttp } from '../../../shared/fetch/http.ts';
import { limits } from '../../../shared/limits.ts';
import { iso } from '../../../shared/time.ts';
import { parseFeedUrl } from '../../../shared/watch/feed-url.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { type OpenWatchFile, openWatchFile } from '../edit-watch-file.ts';
import { defaultWatchFile } from '../open-config.ts';

interface Options {
  readonly address: string;
  readonly watch: string;
  readonly name: string | null;
  readonly tags: readonly string[];
  readonly json: boolean;
}

export const feedsAdd: Command = {
  summary: 'put the feed of a site into the watch file',
  help: `watchword feeds add URL [--name NAME] [--tag TAG ...] [--watch FILE] [--json]

Looks for the feed of a site and puts it into the watch file, behind those that are there; nothing else in the file
changes. URL is the address of a feed, or of any page of a site: then the feeds are meant that the page names, or, where it
names none, those in the usual places. Where there are several, they are listed: name the one you want.

  --name NAME    what readers see as the source (default: what the feed calls itself)
  --tag TAG      a word to choose feeds by; may be given several times
  --watch FILE   the watch file (default: ${defaultWatchFile})
  --json         one object on standard output: {added, known, found: [{url, title, format, entries, newest}]}
                 added and known: the address that was put in, or that was there already; else null

Exit code: 0 the feed is in the file, also when it was there before; 1 nothing was added: no feed was found, or several, or
the file is not right.`,
  async run(args, terminal) {
    const options = optionsOf(args);
    const file = openWatchFile(options.watch);
    if ('problems' in file) return failed(terminal, file.problems);
    const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(options.address) ? options.address : `https://${options.address}`;
    const parsed = parseFeedUrl(written, file.allow);
    if ('problem' in parsed) return failed(terminal, [`${options.address}: ${parsed.problem}`]);
    if (isIn(file, parsed.url)) return said(options, terminal, [], null, parsed.url);
    const http = createHttp({ allow: file.allow, clock: Date });
    try {
      const finding = await findFeeds({ http, clock: Date, contact: file.contact }, parsed.url);
      if (finding.kind === 'none') return failed(terminal, [`${parsed.url}: ${finding.detail}`]);
      return choose(options, file, finding.kind === 'feed' ? [finding.feed] : finding.feeds, terminal);
    } finally {
      http.close();
    }
  },
};

function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      watch: { type: 'string', default: defaultWatchFile },
      name: { type: 'string' },
      tag: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const [address, ...others] = positionals;
  if (address === undefined) throw new Usage('Name the address of a site or of a feed.');
  if (others.length > 0) throw new Usage('Name one address at a time; for many there is watchword feeds import.');
  const { watch, name = null, tag: tags, json } = values;
  return { address, watch, name, tags, json };
}

/** Puts in the one that was found; of several, says which there are. */
function choose(options: Options, file: OpenWatchFile, found: readonly FoundFeed[], terminal: Terminal): number {
  const [feed, ...others] = found;
  const known = found.find(({ url }) => isIn(file, url));
  if (feed === undefined || others.length > 0) return several(options, file, found, terminal);
  if (known !== undefined) return said(options, terminal, found, null, known.url);
  const problems = file.add([{ url: feed.url, name: options.name ?? nameIn(feed), tags: options.tags }]);
  if (problems.length > 0) return failed(terminal, problems);
  return said(options, terminal, found, feed.url, null);
}

/** What is said when the feed is in the file. */
function said(
  { json, watch }: Options,
  terminal: Terminal,
  found: readonly FoundFeed[],
  added: string | null,
  known: string | null,
): number {
  if (json) terminal.out(JSON.stringify({ added, known, found: found.map(lineOf) }));
  else if (known !== null) terminal.out(`${known} is already a feed of ${watch}.`);
  else for (const feed of found) terminal.out(`Added to ${watch}: ${textOf(feed)}`);
  return 0;
}

function several(
  { json, watch, address }: Options,
  file: OpenWatchFile,
  found: readonly FoundFeed[],
  terminal: Terminal,
): number {
  if (json) terminal.out(JSON.stringify({ added: null, known: null, found: found.map(lineOf) }));
  else for (const feed of found) terminal.out(`${textOf(feed)}${isIn(file, feed.url) ? `; already in ${watch}` : ''}`);
  const { url } = found.find((feed) => !isIn(file, feed.url)) ?? found[0]!;
  terminal.err(
    `${address} has ${found.length} feeds: nothing was added. Name the one you want, such as: npx watchword feeds add ${url}`,
  );
  return 1;
}

function failed(terminal: Terminal, problems: readonly string[]): number {
  for (const problem of problems) terminal.err(problem);
  return 1;
}

const isIn = (file: OpenWatchFile, url: string): boolean => {
  const parsed = parseFeedUrl(url, file.allow);
  return 'url' in parsed && file.feeds.some((feed) => feed.url === parsed.url);
};

/** As a name of the watch file may be: one line, of bounded length. */
function nameIn({ title }: FoundFeed): string | null {
  const name = (title ?? '')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, limits.nameCharsMax)
    .trim();
  return name === '' ? null : name;
}

function textOf({ url, title, format, entries, newestAt }: FoundFeed): string {
  const newest = newestAt === null ? '' : `, the newest of ${iso(newestAt).slice(0, 10)}`;
  return `${url}  ${title ?? 'no title'} (${format}, ${entries} ${entries === 1 ? 'article' : 'articles'}${newest})`;
}

function lineOf({ newestAt, ...feed }: FoundFeed): object {
  return { ...feed, newest: newestAt === null ? null : iso(newestAt) };
}
