/** The history of this machine: bounded, and readable beside a host that writes it. */
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { historyFiles, readHistory } from '../../../infra/local/history-files.ts';
import { packScanned } from '../../../shared/poll/scanned.ts';
import { temporaryFolder } from './temporary-folder.ts';

const member = (id: string, at = 0) =>
  packScanned([
    { at, feed: 'f', entry: { id, title: id, link: null, publishedAt: null, summary: null, content: null } },
  ]);

async function daysIn(folder: string) {
  const days: [day: string, ids: string[], whole: boolean][] = [];
  for await (const { day, scanned, whole } of readHistory(folder)) {
    days.push([day, scanned.map(({ entry }) => entry.id), whole]);
  }
  return days;
}

const quiet = { info() {}, error() {} };

it('a day that ends cut, as kill -9 leaves it, goes on after the cut', async () => {
  const folder = temporaryFolder();
  await historyFiles(folder, 30, quiet).append('2026-11-23', member('a'));
  appendFileSync(join(folder, '2026-11-23.jsonl.gz'), member('cut').subarray(0, 30));
  await historyFiles(folder, 30, quiet).append('2026-11-23', member('b'));
  expect(await daysIn(folder)).toEqual([['2026-11-23', ['a', 'b'], true]]);
});

it('keeps so many days and deletes no other files', async () => {
  const folder = temporaryFolder();
  const history = historyFiles(folder, 3, quiet);
  writeFileSync(join(folder, 'notes.txt'), '');
  for (const day of ['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01']) await history.append(day, member(day));
  expect(readdirSync(folder)).toEqual([
    '2026-02-27.jsonl.gz',
    '2026-02-28.jsonl.gz',
    '2026-03-01.jsonl.gz',
    'notes.txt',
  ]);
});

it('a day that would grow too long is cut, told once, and known as not whole', async () => {
  const folder = temporaryFolder();
  const told: unknown[] = [];
  const log = { info: (event: string, fields = {}) => void told.push([event, fields]), error() {} };
  const history = historyFiles(folder, 30, log, member('a').length * 2);
  for (const id of ['a', 'b', 'c', 'd']) await history.append('2026-11-23', member(id));
  await history.append('2026-11-24', member('e'));
  expect(await daysIn(folder)).toEqual([
    ['2026-11-23', ['a', 'b'], false],
    ['2026-11-24', ['e'], true],
  ]);
  expect(told).toEqual([['history is full', { day: '2026-11-23', bytesMax: member('a').length * 2 }]]);
});

it('reads a bucket that was copied here, in the order of time', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '2026-11-23'));
  writeFileSync(join(folder, '2026-11-23', 'aa.jsonl.gz'), member('second', 2));
  writeFileSync(join(folder, '2026-11-23', 'bb.jsonl.gz'), member('first', 1));
  expect(await daysIn(folder)).toEqual([['2026-11-23', ['first', 'second'], true]]);
});

it('where there is no history there are no days', async () => {
  expect(await daysIn(join(temporaryFolder(), 'nothing'))).toEqual([]);
});
