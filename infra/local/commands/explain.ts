/** `watchword explain`: why an article was found by a watch, or what was missing. */
import { parseArgs } from 'node:util';
import type { Entry } from '../../../shared/feed/entry.ts';
import { createHttp } from '../../../shared/fetch/http.ts';
import { reasonLine } from '../../../shared/watch/explain.ts';
import { type Explanation, explainerOf } from '../../../shared/watch/explainer.ts';
import { foldedForm } from '../../../shared/watch/fold.ts';
import { asPolled } from '../as-polled.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { contextOf, dayOf } from '../entry-context.ts';
import { readSource } from '../feed-source.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { stageOptions } from '../stage-options.ts';
import { watchNamed } from '../watch-named.ts';

export const explain: Command = {
  summary: 'say why a watch finds an article, or what was missing',
  help: `watchword explain FILE|URL|- ... [--watch FILE] [--only WATCH] [--entry ID|TEXT] [--at DATE] [--all] [--json]

Holds every article of these feed documents against every watch, and says of each where it fired, or what was missing:
“near: Thames Water found, no fine~ or penalty~ within 10 words”. Shows hits and near misses, in which something of the
watch was found. Nothing is remembered, stored or sent.

  --watch FILE      the watch file (default: ${defaultWatchFile})
  --only WATCH      this watch alone, by its name
  --entry ID|TEXT   only articles with this id, or with this text in the headline
  --at DATE         the day for offices, YYYY-MM-DD (default: the day each article was published)
  --all             also where nothing of the watch was found
  --json            one object a line for each article and watch:
                    {source, watch, entry: {id, title, link}, fired, matches: [{line, field, start, end, text}]}, or
                    with fired false {…, missing, found: [line]}

A watch that is narrowed to some feeds is held against an address that the watch file names as that feed, and against any
other source as if it were not narrowed. Where that feed wants whole articles (text: article or auto), their pages are read.

  watchword explain --stage X --entry ID|TEXT [--region R] [--json]

tells what the deployment X remembers of an article: which watches found it and why, and whether each digest told it.

Exit code: 0 all were read, 1 a source could not be read, no article is as asked, or the watch file is not right.`,
  async run(args, terminal) {
    const { values, positionals: sources } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        watch: { type: 'string', default: defaultWatchFile },
        only: { type: 'string' },
        entry: { type: 'string' },
        at: { type: 'string' },
        all: { type: 'boolean', default: false },
        ...stageOptions,
        json: { type: 'boolean', default: false },
      },
    });
    if (values.stage !== undefined) {
      const { explainStored } = await import('../explain-stored.ts');
      return explainStored({ ...values, stage: values.stage }, sources, terminal);
    }
    if (sources.length === 0) throw new Usage('Name at least one file or address, or - for standard input.');
    const at = dayOf(values.at);
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const watches = values.only === undefined ? config.watches : [watchNamed(config, values.only)];
    const explainEntry = explainerOf(watches);
    const http = createHttp({ allow: config.network.allow, clock: Date });
    let failed = 0;
    let articles = 0;
    try {
      for (const source of sources) {
        const reading = await readSource(http, source);
        if (reading.kind === 'problem') {
          failed += 1;
          terminal.err(`${source}: ${reading.message}`);
          continue;
        }
        const { entries } = reading.document;
        const given = entries.filter((entry) => isAsked(entry, values.entry));
        const asked = await asPolled(http, config, source, given, terminal);
        articles += asked.length;
        const told = asked.map((entry) => ({
          entry,
          explanations: explainEntry(entry, contextOf(config, source, entry, at)).filter(
            (each) => values.all || isTold(each),
          ),
        }));
        if (values.json) sayLines(terminal, source, told);
        else show(terminal, source, entries.length, told);
      }
    } finally {
      http.close();
    }
    if (values.entry !== undefined && articles === 0 && failed === 0) {
      terminal.err(`No article has the id or the headline “${values.entry}”.`);
      return 1;
    }
    return failed === 0 ? 0 : 1;
  },
};

interface Told {
  readonly entry: Entry;
  readonly explanations: readonly Explanation[];
}

/** A hit, or a near miss. */
const isTold = (explanation: Explanation): boolean => explanation.kind === 'fired' || explanation.found.length > 0;

function isAsked({ id, title }: Entry, wanted: string | undefined): boolean {
  return wanted === undefined || id === wanted || (title !== null && foldedForm(title).includes(foldedForm(wanted)));
}

function sayLines(terminal: Terminal, source: string, told: readonly Told[]): void {
  for (const { entry, explanations } of told) {
    const { id, title, link } = entry;
    for (const each of explanations) {
      const answer =
        each.kind === 'fired'
          ? { fired: true, matches: each.matches }
          : { fired: false, missing: each.missing, found: each.found };
      terminal.out(JSON.stringify({ source, watch: each.watch.name, entry: { id, title, link }, ...answer }));
    }
  }
}

function show(terminal: Terminal, source: string, entries: number, told: readonly Told[]): void {
  const kinds = told.map(({ explanations }) => explanations.map(({ kind }) => kind));
  const fired = kinds.filter((each) => each.includes('fired')).length;
  const close = kinds.filter((each) => each.length > 0 && !each.includes('fired')).length;
  terminal.out(`${source}: ${fired} of ${entries} articles match, ${close} more come near`);
  const names = told.flatMap(({ explanations }) => explanations.map(({ watch }) => watch.name));
  const widest = Math.max(0, ...names.map(({ length }) => length));
  for (const { entry, explanations } of told) {
    if (explanations.length === 0) continue;
    terminal.out(`  ${entry.title ?? '(no title)'}`);
    for (const each of explanations) {
      const said = each.kind === 'fired' ? `fired: ${reasonLine(each.matches)}` : `not: ${each.missing}`;
      terminal.out(`    ${each.watch.name.padEnd(widest)}  ${said}`);
    }
  }
}
