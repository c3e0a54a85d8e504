/** `watchword parse`: what the parser makes of feed documents, without a watch, a table or a clock of polls. */
import { parseArgs } from 'node:util';
import { createHttp } from '../../../shared/fetch/http.ts';
import { iso, localDay } from '../../../shared/time.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { isAddress, type Reading, readSource } from '../feed-source.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { loadConfig } from '../watch-file.ts';

const help = `Usage: watchword parse [--json] [--watch FILE] FILE|URL|- ...

Reads feed documents and shows what they say: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and
1.0, JSON Feed. A source is a file, an http(s) address, or - for standard input.

  --json        one JSON object a line for each source:
                {source, feed: {title, link, format}, entries: [{id, title, link,
                publishedAt, summary, content}]} or {source, problem: {kind, message}}
  --watch FILE  whose network.allow names hosts on private networks that may be
                asked (default: watch.yaml, if there is a valid one)

Exit code 1 when a source could not be read (the others are shown all the same), or the
watch file that was named is not right.`;

export const parse: Command = {
  summary: 'show what the parser makes of feeds',
  help,
  async run(args, terminal) {
    const { sources, json, watch } = usage(args);
    const allow = watch === null ? allowedByDefault(sources) : openConfig(watch, terminal)?.network.allow;
    if (allow === undefined) return 1;
    const http = createHttp({ allow, clock: Date });
    let failed = 0;
    try {
      for (const source of sources) {
        const reading = await readSource(http, source);
        if (reading.kind === 'problem') failed += 1;
        if (json) terminal.out(JSON.stringify(lineOf(source, reading)));
        else show(terminal, source, reading);
      }
    } finally {
      http.close();
    }
    return failed === 0 ? 0 : 1;
  },
};

function usage(args: readonly string[]): { sources: string[]; json: boolean; watch: string | null } {
  const options = { json: { type: 'boolean', default: false }, watch: { type: 'string' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length === 0) throw new Usage('Name at least one file or address, or - for standard input.');
    return { sources: positionals, json: values.json, watch: values.watch ?? null };
  } catch (fault) {
    if (fault instanceof Usage) throw fault;
    throw new Usage((fault as Error).message);
  }
}

/** Of a watch file that nobody named: one that is missing or not finished allows nothing. */
function allowedByDefault(sources: readonly string[]): readonly string[] {
  if (!sources.some(isAddress)) return [];
  const read = loadConfig(defaultWatchFile, localDay(Date.now(), 'UTC'));
  return 'config' in read ? read.config.network.allow : [];
}

function lineOf(source: string, reading: Reading): object {
  if (reading.kind === 'problem') return { source, problem: { kind: reading.why, message: reading.message } };
  const { title, link, format, entries } = reading.document;
  return {
    source,
    feed: { title, link, format },
    entries: entries.map(({ id, title, link, publishedAt, summary, content }) => ({
      id,
      title,
      link,
      publishedAt: publishedAt === null ? null : iso(publishedAt),
      summary,
      content,
    })),
  };
}

function show(terminal: Terminal, source: string, reading: Reading): void {
  if (reading.kind === 'problem') {
    terminal.err(`${source}: ${reading.message}`);
    return;
  }
  const { title, link, format, entries, repaired, flaw } = reading.document;
  const mended = repaired ? ', mended' : '';
  terminal.out(`${source}: ${title ?? 'no title'} (${format}, ${entries.length} entries${mended})`);
  if (flaw !== null) terminal.err(`${source}: ${flaw.detail}`);
  if (link !== null) terminal.out(`  ${link}`);
  for (const entry of entries) {
    const day = entry.publishedAt === null ? 'no date' : iso(entry.publishedAt);
    terminal.out(`  ${day}  ${entry.title ?? '(no title)'}`);
    if (entry.link !== null) terminal.out(`    ${entry.link}`);
    const text = entry.summary ?? entry.content;
    if (text !== null) terminal.out(`    ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`);
  }
}
