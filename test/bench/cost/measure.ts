/** From rounds at several sizes to what each thing uses: differences of two rounds that differ in nothing else. */
import { cpus } from 'node:os';
import type { Line, Measured } from '../../../infra/cost/measured.ts';
import type { Counts } from '../../../infra/cost/meter.ts';
import { iso } from '../../../shared/time.ts';
import { pollFor } from '../intervals.ts';
import { lineOf } from './asker.ts';
import { designs, roundOf } from './design-months.ts';
import { answersOfHundred, type Recording } from './recorded-feeds.ts';
import { type Rounds, roundsOf } from './rounds.ts';

/** Bytes of a feed's state with its marks of fifty entries, over feeds of recorded rates: `npm run bench:interval`. The recorded feeds have ten. */
export const usualStateBytes = 661;

/** `times(a, 1, b, -1)` and so on; what is left out is none. */
function mixed(...parts: readonly (readonly [counts: Counts, times: number])[]): Counts {
  const total: Record<string, number> = {};
  for (const [counts, times] of parts) {
    for (const [name, amount] of Object.entries(counts)) total[name] = (total[name] ?? 0) + amount * times;
  }
  return Object.fromEntries(Object.entries(total).filter(([, amount]) => Math.abs(amount) > 1e-9));
}

const difference = (one: Counts, other: Counts, divisor: number) => mixed([one, 1 / divisor], [other, -1 / divisor]);

/** All functions of a round of mail together. */
const allOf = ({ digest, deliver, feedback }: Rounds['issue']) => mixed([digest, 1], [deliver, 1], [feedback, 1]);

/** @param recorded what the publishers serve */
export async function measure(recorded: readonly Recording[]): Promise<Measured> {
  await roundsOf(200, 5, true, recorded); // warm: what a process compiles in its first minute is in the scale of its CPU
  const [few, many] = [await roundsOf(100, 10, false, recorded), await roundsOf(1_000, 10, false, recorded)];
  const [readers, found] = [await roundsOf(100, 50, false, recorded), await roundsOf(1_000, 10, true, recorded)];
  const [line, again] = [await lineOf('unchanged'), await lineOf('again')];
  const notChanged = answersOfHundred.notChanged / 100;
  const feeds = many.feeds - few.feeds;
  const perLook = difference(many.unchanged.poll, few.unchanged.poll, feeds);
  const stateUnits = (0.5 * (usualStateBytes - many.bytes.state)) / 4_096;
  const usualLine = mixed([countsOf(line), notChanged], [countsOf(again), 1 - notChanged]);
  const look = mixed([perLook, 1], [usualLine, 1], [{ readUnits: stateUnits }, 1]);
  const mail = difference(allOf(readers.issue), allOf(few.issue), readers.readers - few.readers);
  const issueFeed = difference(many.issue.digest, few.issue.digest, feeds);
  const pollOfHit = difference(found.changed.poll, many.changed.poll, found.hits);
  const digestOfHit = difference(found.issue.digest, many.issue.digest, found.hits);
  const quietFeed = difference(many.quiet.digest, few.quiet.digest, feeds);
  return {
    date: iso(Date.now()).slice(0, 10),
    node: process.version,
    machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores`,
    line: rounded({ again: countsOf(again), mixed: usualLine }) as unknown as Measured['line'],
    designCpuMs: await designCpu(recorded),
    each: rounded({
      dispatch: few.unchanged.dispatch,
      rest: many.rest.poll,
      poll: mixed([few.unchanged.poll, 1], [perLook, -few.feeds]),
      look,
      written: difference(many.changed.poll, many.unchanged.poll, many.written),
      hit: mixed([pollOfHit, 1], [digestOfHit, 1]),
      quiet: mixed([few.quiet.digest, 1], [quietFeed, -few.feeds]),
      quietFeed,
      issue: mixed([few.issue.digest, 1], [issueFeed, -few.feeds], [digestPartOf(few, readers), -few.readers]),
      issueFeed,
      mail,
    }),
    bytes: { ...many.bytes, state: usualStateBytes, hit: found.bytes.hit },
    autoLooksADay: await autoLooks(),
  };
}

function digestPartOf(few: Rounds, readers: Rounds): Counts {
  return difference(readers.issue.digest, few.issue.digest, readers.readers - few.readers);
}

async function autoLooks(): Promise<Record<string, number>> {
  const [days, feeds] = [14, 100];
  const looks: Record<string, number> = {};
  for (const atMostMinutes of [15, 30, 60, 240]) {
    const { polls } = await pollFor(days, feeds, { atMostMinutes });
    looks[atMostMinutes] = Number((polls / days / feeds).toFixed(1));
  }
  return looks;
}

async function designCpu(recorded: readonly Recording[]): Promise<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const design of designs) {
    const { cpuMs = 0, invocations = 1 } = await roundOf(design, 500, recorded);
    all[design.name] = Number((cpuMs / invocations).toPrecision(3));
  }
  return all;
}

const countsOf = (line: Line): Counts => ({ ...line });

/** To four digits: more were not measured. Less than nothing is a machine that was busy, and counts as nothing. */
function rounded<Name extends string>(each: Readonly<Record<Name, Counts>>): Readonly<Record<Name, Counts>> {
  const figures = Object.entries<Counts>(each).map(([name, counts]) => [
    name,
    Object.fromEntries(
      Object.entries(counts)
        .filter(([count, amount]) => count !== 'wallMs' && amount > 0)
        .map(([count, amount]) => [count, Number(amount.toPrecision(4))]),
    ),
  ]);
  return Object.fromEntries(figures) as Record<Name, Counts>;
}
