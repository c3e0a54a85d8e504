import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DataFolder, openDataFolder } from '../../../infra/local/data-folder.ts';
import { DataFolderBusy, diskProblem, HostProblem } from '../../../infra/local/host-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function open(path: string): Promise<DataFolder> {
  const folder = await openDataFolder(path);
  onTestFinished(() => folder.close());
  return folder;
}

it('is made with its parents and says its format; what is in it stays', async () => {
  const path = join(temporaryFolder(), 'new', '.watchword');
  const first = await open(path);
  expect(first.path).toBe(path);
  expect(JSON.parse(readFileSync(first.file('version.json'), 'utf8'))).toEqual({ format: 1 });
  writeFileSync(first.file('kept'), 'yes');
  await first.close();
  expect(readFileSync((await open(path)).file('kept'), 'utf8')).toBe('yes');
});

it('a second host is refused until the first is closed, in the same process too', async () => {
  const path = temporaryFolder();
  const first = await open(path);
  await expect(openDataFolder(path)).rejects.toThrow(
    `Another Watchword (process ${process.pid}) is using the data in ${path}: stop it first, or choose another folder.`,
  );
  await first.announce('http://127.0.0.1:8600');
  const problem: unknown = await openDataFolder(path).catch((fault: unknown) => fault);
  expect(problem).toBeInstanceOf(DataFolderBusy);
  expect(String(problem)).toContain(`(process ${process.pid}, at http://127.0.0.1:8600)`);
  await first.close();
  expect(existsSync(first.file('host.json'))).toBe(false);
  await open(path);
});

it('who held it before a crash is of no interest', async () => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'host.json'), JSON.stringify({ pid: 1, address: 'http://127.0.0.1:1' }));
  await open(path);
});

it.each([
  ['{"format":2}', /was written by a newer Watchword \(format 2, this one knows 1\)/],
  ['{"format":"x"}', /is not one of Watchword's, or its version.json is damaged/],
  ['{', /is not one of Watchword's, or its version.json is damaged/],
])('a folder whose version.json is %s is refused and left alone', async (version, sentence) => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'version.json'), version);
  for (const attempt of ['first', 'second, since the lock was given back']) {
    const problem: unknown = await openDataFolder(path).catch((fault: unknown) => fault);
    expect(problem, attempt).toBeInstanceOf(HostProblem);
    expect(String(problem), attempt).toMatch(sentence);
  }
  expect(readFileSync(join(path, 'version.json'), 'utf8')).toBe(version);
});

it('a place that cannot be a folder is told in a sentence', async () => {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, '');
  await expect(openDataFolder(path)).rejects.toThrow(
    `The data folder ${path} cannot be used: a file stands where a folder should be.`,
  );
  await expect(openDataFolder(join(path, 'below'))).rejects.toThrow(HostProblem);
});

it.runIf(existsSync('/proc/self'))('a place where nothing can be made is told at once', async () => {
  await expect(openDataFolder('/proc/watchword/data')).rejects.toThrow(
    'The data folder /proc/watchword/data cannot be used: there is no such place.',
  );
});

it('a lock that is no file is told in a sentence', async () => {
  const path = temporaryFolder();
  mkdirSync(join(path, 'lock'));
  await expect(openDataFolder(path)).rejects.toThrow(/^The data folder .* cannot be used: .*\.$/);
});

describe('faults of a disk are told as what they mean', () => {
  it.each([
    ['ENOSPC', 'The data folder /d cannot be used: the disk is full.'],
    ['EACCES', 'The data folder /d cannot be used: this user may not write there.'],
    ['EROFS', 'The data folder /d cannot be used: the file system is read-only.'],
    ['EIO', 'The data folder /d cannot be used: i/o error.'],
  ])('%s: %s', (code, sentence) => {
    const fault = Object.assign(new Error('i/o error'), { code });
    expect(diskProblem('The data folder /d cannot be used', fault)).toMatchObject({ message: sentence, cause: fault });
  });
});
