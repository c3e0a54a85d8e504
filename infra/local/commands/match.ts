/** `watchword match`: which articles of some feed documents the watches would find, by which lines, and where. */
import { parseArgs } from 'node:util';
import type { Entry } from '../../../shared/feed/entry.ts';
import { createHttp } from '../../../shared/fetch/http.ts';
import { compile } from '../../../shared/watch/compile.ts';
import type { Config } from '../../../shared/watch/config.ts';
import { engineOf } from '../../../shared/watch/engine.ts';
import { reasonLine } from '../../../shared/watch/explain.ts';
import type { Matcher, WatchMatch } from '../../../shared/watch/match.ts';
import { asPolled } from '../as-polled.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { contextOf, dayOf } from '../entry-context.ts';
import { readSource } from '../feed-source.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';

export const match: Command = {
  summary: 'show what the watches find in feeds, by which line, and where',
  help: `watchword match FILE|URL|- ... [--watch FILE] [--at DATE] [--json]

Holds every article of these feed documents against every watch. Nothing is remembered, stored or sent.

  --watch FILE   the watch file (default: ${defaultWatchFile})
  --at DATE      the day for offices, YYYY-MM-DD (default: the day each article was published)
  --json         one object a line for each article and watch that finds it:
                 {source, watch, entry: {id, title, link}, matches: [{line, field, start, end, text}]}
                 line: as written in the watch file; start and end: UTF-16 units of the field's plain text

A watch that is narrowed to some feeds is held against an address that the watch file names as that feed, and against any
other source as if it were not narrowed. Where that feed wants whole articles (text: article or auto), their pages are read.

Exit code: 0 all were read, 1 a source could not be read or the watch file is not right.`,
  async run(args, terminal) {
    const { values, positionals: sources } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        watch: { type: 'string', default: defaultWatchFile },
        at: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    if (sources.length === 0) throw new Usage('Name at least one file or address, or - for standard input.');
    const at = dayOf(values.at);
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const matcher = engineOf(compile(config.watches));
    const http = createHttp({ allow: config.network.allow, clock: Date });
    let failed = 0;
    try {
      for (const source of sources) {
        const reading = await readSource(http, source);
        if (reading.kind === 'problem') {
          failed += 1;
          terminal.err(`${source}: ${reading.message}`);
          continue;
        }
        const entries = await asPolled(http, config, source, reading.document.entries, terminal);
        const found = entries.flatMap((entry) => findIn(config, matcher, source, entry, at, terminal));
        if (values.json) for (const each of found) terminal.out(JSON.stringify(lineOf(source, each)));
        else show(terminal, source, entries.length, found);
      }
    } finally {
      http.close();
    }
    return failed === 0 ? 0 : 1;
  },
};

interface Found {
  readonly entry: Entry;
  readonly match: WatchMatch;
}

function findIn(
  config: Config,
  matcher: Matcher,
  source: string,
  entry: Entry,
  at: string | null,
  terminal: Terminal,
): readonly Found[] {
  const matches = matcher.match(entry, contextOf(config, source, entry, at));
  if (matcher.leftOut) terminal.err(`${source}: ${entry.id} has too many places to tell; some are left out.`);
  return matches.map((match) => ({ entry, match }));
}

function lineOf(source: string, { entry: { id, title, link }, match: { watch, matches } }: Found): object {
  return { source, watch: watch.name, entry: { id, title, link }, matches };
}

function show(terminal: Terminal, source: string, entries: number, found: readonly Found[]): void {
  const articles = new Set(found.map(({ entry }) => entry)).size;
  terminal.out(`${source}: ${articles} of ${entries} articles match`);
  const widest = Math.max(0, ...found.map(({ match }) => match.watch.name.length));
  for (const [entry, ofEntry] of Map.groupBy(found, (each) => each.entry)) {
    terminal.out(`  ${entry.title ?? '(no title)'}`);
    for (const { match } of ofEntry)
      terminal.out(`    ${match.watch.name.padEnd(widest)}  ${reasonLine(match.matches)}`);
  }
}
