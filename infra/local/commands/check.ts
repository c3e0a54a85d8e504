/** `watchword check`: every mistake of the watch file at once, and what each watch would do. */
import { parseArgs } from 'node:util';
import { localDay } from '../../../shared/time.ts';
import type { Config, Watch } from '../../../shared/watch/config.ts';
import { formsOf, markedWords, type Vocabulary, vocabularyOf } from '../../../shared/watch/forms.ts';
import { problemLine } from '../../../shared/watch/problem.ts';
import type { ReadResult } from '../../../shared/watch/read-config.ts';
import { sampleHeadlines } from '../../../shared/watch/sample-headlines.ts';
import { sayWhen } from '../../../shared/watch/when.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { englishWords } from '../english-words.ts';
import { loadConfig } from '../watch-file.ts';

export const check: Command = {
  summary: 'check the watch file: every mistake with its line, and each watch on its examples',
  help: `watchword check [--watch FILE] [--json]

Reads the watch file, tells every mistake as FILE:LINE:COLUMN and what to write instead, shows what each ~ takes in, and
tries each watch on its examples and on ${sampleHeadlines.length} ordinary headlines.

  --watch FILE   the watch file (default: watch.yaml)
  --json         the result as one JSON object

Exit code: 0 the file is right (there may be warnings), 1 it is not.`,
  async run(args, terminal) {
    const { watch: path, json } = optionsOf(args);
    const today = localDay(Date.now(), new Intl.DateTimeFormat().resolvedOptions().timeZone);
    const result = loadConfig(path, today);
    const problems = 'problems' in result ? result.problems : [];
    if (json) {
      const found = 'config' in result ? summaryOf(result) : {};
      terminal.out(JSON.stringify({ file: path, ...found, problems, warnings: result.warnings }));
    } else {
      if ('config' in result) show(result, path, terminal);
      for (const problem of problems) terminal.err(problemLine(problem));
      for (const warning of result.warnings) terminal.err(`${problemLine(warning)} (a warning)`);
      const sums = [...sum(problems.length, 'problem'), ...sum(result.warnings.length, 'warning')];
      if (sums.length > 0) terminal.err(`${sums.join(', ')}.`);
    }
    return problems.length === 0 ? 0 : 1;
  },
};

function optionsOf(args: readonly string[]): { readonly watch: string; readonly json: boolean } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { watch: { type: 'string', default: 'watch.yaml' }, json: { type: 'boolean', default: false } },
    });
    return values;
  } catch (fault) {
    throw new Usage(
      `${fault instanceof Error ? fault.message : String(fault)}\nwatchword check [--watch FILE] [--json]`,
    );
  }
}

type Checked = Extract<ReadResult, { config: Config }>;

function summaryOf({ config, sample: found }: Checked) {
  const forms = formsShown(config.watches);
  return {
    feeds: config.feeds.length,
    watches: config.watches.map((watch) => ({
      name: watch.name,
      lines: linesOf(watch).length,
      forms: forms.get(watch) ?? {},
      examples: exampleCount(watch),
      sample: found.get(watch.id) ?? [],
    })),
    digests: config.digests.map((digest) => ({
      name: digest.name,
      when: sayWhen(digest.when),
      zone: digest.zone,
      watches: digest.watches.length,
      addresses: new Set(digest.to.map((address) => address.toLowerCase())).size,
    })),
  };
}

function show(checked: Checked, path: string, terminal: Terminal): void {
  const { feeds, watches, digests } = summaryOf(checked);
  const widest = Math.max(...watches.map(({ name }) => name.length), ...digests.map(({ name }) => name.length));
  terminal.out(
    `${path} is right: ${count(feeds, 'feed')}, ${count(watches.length, 'watch')}, ${count(digests.length, 'digest')}.`,
  );
  terminal.out('');
  for (const { name, lines, forms, examples, sample } of watches) {
    const tried = examples === 0 ? 'no examples' : `${count(examples, 'example')} ${examples === 1 ? 'holds' : 'hold'}`;
    terminal.out(
      `  ${name.padEnd(widest)}  ${count(lines, 'line')}, ${tried}, finds ${sample.length} of ${sampleHeadlines.length} ordinary headlines`,
    );
    for (const [word, all] of Object.entries(forms)) {
      terminal.out(`  ${' '.repeat(widest)}    forms of ${word}~: ${all.join(', ')}`);
    }
    for (const headline of sample.slice(0, 2)) terminal.out(`  ${' '.repeat(widest)}    ${headline}`);
  }
  terminal.out('');
  for (const { name, when, zone, watches: listed, addresses } of digests) {
    const to = addresses === 0 ? 'to subscribers' : `to ${count(addresses, 'address')} and subscribers`;
    terminal.out(`  ${name.padEnd(widest)}  ${when} (${zone}), ${count(listed, 'watch')}, ${to}`);
  }
}

function linesOf(watch: Watch): readonly string[] {
  const people = [...(watch.person === null ? [] : [watch.person]), ...(watch.office?.holders ?? [])];
  const groups = [watch.any ?? [], ...(watch.all ?? []), ...(watch.near?.all ?? []), watch.atLeast?.of ?? []];
  const named = people.flatMap(({ name, also, none }) => [name, ...also, ...none]);
  return [...groups.flat(), ...named, ...(watch.office?.titles ?? []), ...watch.none];
}

/** Of each watch, each word with `~` and what it takes in. English words are read only for a file that has one. */
function formsShown(watches: readonly Watch[]): ReadonlyMap<Watch, Readonly<Record<string, readonly string[]>>> {
  const marked = watches
    .map((watch) => ({ watch, words: new Set(linesOf(watch).flatMap(markedWords)) }))
    .filter(({ words }) => words.size > 0);
  const vocabulary: Vocabulary = marked.length === 0 ? new Map() : vocabularyOf(englishWords());
  return new Map(
    marked.map(({ watch, words }) => [
      watch,
      Object.fromEntries([...words].map((word) => [word, formsOf(word, vocabulary)])),
    ]),
  );
}

function exampleCount(watch: Watch): number {
  return watch.examples.match.length + watch.examples.noMatch.length;
}

/** Of nothing, nothing is said. */
function sum(many: number, what: string): string[] {
  return many === 0 ? [] : [count(many, what)];
}

function count(many: number, what: string): string {
  if (many === 1) return `1 ${what}`;
  return `${many} ${what}${/(ch|s)$/.test(what) ? 'es' : 's'}`;
}
