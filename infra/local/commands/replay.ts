/** `watchword replay`: what the watches would have found in the last days, and how that differs from an earlier watch file. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { limits } from '../../../shared/limits.ts';
import {
  type Counts,
  type ReplayHit,
  type ReplayReport,
  replayOf,
  type WatchReplay,
} from '../../../shared/poll/replay.ts';
import { DAY, localDay } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import { problemLine } from '../../../shared/watch/problem.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { historyFolder, readHistory } from '../history-files.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { loadEarlier } from '../watch-revision.ts';
import { defaultData } from './start.ts';

export const replay: Command = {
  summary: 'try the watches on the articles of the last days, beside an earlier watch file',
  help: `watchword replay [--days N] [--against GIT-REV|FILE] [--watch FILE] [--data DIR] [--max-per-day N] [--json]

Holds the watches against every article that a host read in the last days, and counts per watch what they would have
found. With --against it says what the present watch file gains, keeps and loses. An article counts once a watch, on the
day it was first found. A running host is not disturbed.

  --days N            so many days, today included (default: ${limits.replayDays}, at most ${limits.historyDaysMax})
  --against REV|FILE  another watch file, or the same one in a git revision, such as HEAD or main
  --watch FILE        the watch file (default: ${defaultWatchFile})
  --data DIR          where a host keeps its data (default: ${defaultData}); the history is DIR/${historyFolder}
  --max-per-day N     fail when a watch would find more than N articles on one of the days
  --json              one object on standard output:
                      {days: [day], entries, entriesOfOtherFeeds, cut: [day], watches: [{watch, isPresent, days:
                      [{day, kept, gained, lost}], total: {kept, gained, lost}, gained: [{day, title, outlet}], lost}]}
                      what the present watch finds is kept + gained; without --against all is kept

Exit code: 0 done, 1 a watch finds more than it may, there is no history, or a watch file is not right.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        days: { type: 'string', default: String(limits.replayDays) },
        against: { type: 'string' },
        watch: { type: 'string', default: defaultWatchFile },
        data: { type: 'string', default: defaultData },
        'max-per-day': { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const days = numberOf('--days', values.days, 1, limits.historyDaysMax);
    const most = values['max-per-day'];
    const perDayMax = most === undefined ? null : numberOf('--max-per-day', most, 0, Number.MAX_SAFE_INTEGER);
    const present = openConfig(values.watch, terminal);
    if (present === null) return 1;
    const earlier = values.against === undefined ? null : openEarlier(values.against, values.watch, terminal);
    if (values.against !== undefined && earlier === null) return 1;

    const fromDay = localDay(Date.now() - (days - 1) * DAY, present.deliver.zone);
    const tried = replayOf(present, earlier, fromDay);
    const cut: string[] = [];
    const folder = join(values.data, historyFolder);
    for await (const { day, scanned, whole } of readHistory(folder)) {
      if (!whole) cut.push(day);
      for (const each of scanned) tried.take(each);
    }
    const report = tried.report();
    if (report.entries === 0) {
      terminal.err(
        `There is no history of the last ${days} days in ${folder}: start a host, and let it read some news.`,
      );
      return 1;
    }
    if (values.json) terminal.out(JSON.stringify({ ...report, cut }));
    else show(terminal, report, values.against ?? null);
    for (const day of cut) {
      terminal.err(`The history of ${day} is not whole: more was read than is kept of a day. Counts may be higher.`);
    }
    return perDayMax === null || isWithin(report, perDayMax, terminal) ? 0 : 1;
  },
};

/** @throws Usage */
function numberOf(option: string, text: string, min: number, max: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
  throw new Usage(`${option} is a whole number, ${range}, and not “${text}”.`);
}

function openEarlier(named: string, path: string, terminal: Terminal): Config | null {
  const result = loadEarlier(named, path, localDay(Date.now(), 'UTC'));
  if ('config' in result) return result.config;
  for (const problem of result.problems) terminal.err(problemLine(problem));
  return null;
}

const hitsOf = ({ kept, gained }: Counts): number => kept + gained;

function isWithin({ watches }: ReplayReport, perDayMax: number, terminal: Terminal): boolean {
  const over = watches.flatMap(({ watch, days }) =>
    days.filter((day) => hitsOf(day) > perDayMax).map((day) => `${watch}: ${hitsOf(day)} hits on ${day.day}`),
  );
  for (const line of over) terminal.err(`${line}, and at most ${perDayMax} are allowed.`);
  return over.length === 0;
}

function show(terminal: Terminal, report: ReplayReport, against: string | null): void {
  const { days, entries, entriesOfOtherFeeds, watches } = report;
  const span = days.length === 1 ? days[0] : `${days.length} days, ${days[0]} to ${days.at(-1)}`;
  terminal.out(`${entries} articles of ${span}${against === null ? '' : `, against the watches of ${against}`}:`);
  if (entriesOfOtherFeeds > 0) {
    terminal.out(`${entriesOfOtherFeeds} of them are of feeds that the watch file does not have.`);
  }
  terminal.out('');
  const widest = Math.max(...watches.map(({ watch }) => watch.length));
  for (const watch of watches) {
    const name = watch.watch.padEnd(widest);
    if (against === null) terminal.out(`  ${name}  ${perDay(watch)}`);
    else showChange(terminal, name, watch);
  }
}

function perDay({ total, days }: WatchReplay): string {
  const each = days.map((day) => `${hitsOf(day)} on ${day.day}`).join(', ');
  return each === '' ? 'no hit' : `${countOf(hitsOf(total))}: ${each}`;
}

function showChange(terminal: Terminal, name: string, { isPresent, days, total, gained, lost }: WatchReplay): void {
  if (total.gained + total.lost === 0) {
    terminal.out(`  ${name}  ${isPresent ? `${countOf(total.kept)}, as before` : 'removed, without a hit'}`);
    return;
  }
  const changes = ({ kept, gained: more, lost: fewer }: Counts) => `${kept} kept, ${more} gained, ${fewer} lost`;
  terminal.out(`  ${name}  ${isPresent ? countOf(hitsOf(total)) : 'removed'}: ${changes(total)}`);
  const indent = ' '.repeat(name.length + 4);
  for (const day of days) if (day.gained + day.lost > 0) terminal.out(`${indent}${day.day}: ${changes(day)}`);
  const sample = (sign: string, hits: readonly ReplayHit[], all: number) => {
    for (const { title, outlet } of hits) terminal.out(`${indent}${sign} ${title} (${outlet})`);
    if (all > hits.length) terminal.out(`${indent}${sign} and ${all - hits.length} more`);
  };
  sample('+', gained, total.gained);
  sample('-', lost, total.lost);
}

const countOf = (hits: number): string => `${hits} ${hits === 1 ? 'hit' : 'hits'}`;
