/**
 * History in a folder: a gzip file a UTC day, of JSON lines, oldest days deleted. Whoever reads takes no lock: what a
 * running host has not written whole is left out.
 */
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '../../shared/limits.ts';
import { type Scanned, unpackScanned } from '../../shared/poll/scanned.ts';
import { DAY } from '../../shared/time.ts';
import type { History, Log } from '../../shared/world.ts';
import { codeOf } from './host-problem.ts';

/** Its name in a data folder. */
export const historyFolder = 'history';

const fileOf = (day: string) => `${day}.jsonl.gz`;
/** Says that a day was longer than its file may be. */
const cutOf = (day: string) => `${day}.cut`;
/** A file, or a folder as `aws s3 sync` brings it from a bucket. */
const dayIn = (name: string): string | null => /^(\d{4}-\d\d-\d\d)(?:[./\\]|$)/.exec(name)?.[1] ?? null;

/**
 * @param folder made when it is missing
 * @param days how many are kept, the present one included
 * @param bytesMax of one day's file
 */
export function historyFiles(
  folder: string,
  days: number,
  log: Log,
  bytesMax: number = limits.historyDayBytesMax,
): History {
  let latest = '';
  let last: Promise<void> = Promise.resolve();

  async function write(day: string, bytes: Uint8Array): Promise<void> {
    if (day > latest) {
      await mkdir(folder, { recursive: true });
      await forget(folder, day, days);
      latest = day;
    }
    const file = await open(join(folder, fileOf(day)), 'a');
    try {
      const { size } = await file.stat();
      if (size + bytes.length > bytesMax) await cut(day);
      else await file.appendFile(bytes);
    } finally {
      await file.close();
    }
  }

  async function cut(day: string): Promise<void> {
    try {
      await (await open(join(folder, cutOf(day)), 'wx')).close();
      log.info('history is full', { day, bytesMax });
    } catch (fault) {
      if (codeOf(fault) !== 'EEXIST') throw fault;
    }
  }

  return {
    append(day, bytes) {
      // One after the other: two that write at once would find the same size, and mix what they write.
      const written = last.then(() => write(day, bytes));
      last = written.catch(() => {});
      return written;
    },
  };
}

async function forget(folder: string, today: string, days: number): Promise<void> {
  const oldest = new Date(Date.parse(today) - (days - 1) * DAY).toISOString().slice(0, 10);
  for (const name of await readdir(folder)) {
    const day = dayIn(name);
    if (day !== null && day < oldest) await rm(join(folder, name), { recursive: true });
  }
}

export interface HistoryOfDay {
  readonly day: string;
  /** In the order in which they were held against the watches. */
  readonly scanned: readonly Scanned[];
  /** False when the day was longer than its file may be. */
  readonly whole: boolean;
}

/** Day by day, oldest first. Nothing when there is no folder. */
export async function* readHistory(folder: string): AsyncGenerator<HistoryOfDay> {
  const names = await readdir(folder, { recursive: true }).catch((fault: unknown) => {
    if (codeOf(fault) === 'ENOENT') return [];
    throw fault;
  });
  const byDay = Map.groupBy(names.sort(), dayIn);
  for (const [day, members] of [...byDay].sort()) {
    if (day === null) continue;
    const scanned: Scanned[] = [];
    for (const name of members) {
      if (name.endsWith('.gz'))
        for (const each of unpackScanned(await readFile(join(folder, name)))) scanned.push(each);
    }
    scanned.sort((a, b) => a.at - b.at);
    yield { day, scanned, whole: !members.includes(cutOf(day)) };
  }
}
