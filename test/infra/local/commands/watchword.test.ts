/** The command itself, whatever it is asked for. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Folder, openFolder } from '../folder.ts';

const project = JSON.parse(readFileSync('package.json', 'utf8'));
const installed = resolve(project.bin.watchword);

let folder: Folder;
beforeAll(async () => {
  folder = await openFolder();
});
afterAll(() => folder.remove());

it('--version is that of the package', async () => {
  expect(await folder.run('--version')).toEqual({ code: 0, out: `${project.version}\n`, err: '' });
});

it('an unknown command names the nearest', async () => {
  const { code, err } = await folder.run('chekc');
  expect([code, err]).toEqual([2, 'There is no command “chekc”: did you mean "check"?\n']);
  expect((await folder.run('nonsense')).err).toContain('the commands are: demo, start, run, check, parse, match');
});

it('help COMMAND is COMMAND --help', async () => {
  expect(await folder.run('help', 'check')).toEqual(await folder.run('check', '--help'));
  expect((await folder.run('help', 'nonsense')).code).toBe(2);
});

it('what npm installs is the same command, from any folder', () => {
  const out = execFileSync(process.execPath, [installed, '--version'], { cwd: folder.path, encoding: 'utf8' });
  expect(out).toBe(`${project.version}\n`);
  const { status } = spawnSync(process.execPath, [installed, 'nonsense'], { cwd: folder.path });
  expect(status).toBe(2);
});

it.runIf(existsSync('/dev/full'))('output that cannot be written is one sentence', () => {
  const full = openSync('/dev/full', 'w');
  try {
    const command = [resolve('infra/local/watchword.ts'), 'help'];
    const { status, stderr } = spawnSync(process.execPath, command, {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, 'The output cannot be written: the disk is full.\n']);
    expect(spawnSync(process.execPath, command, { stdio: ['ignore', full, full] }).status).toBe(1);
  } finally {
    closeSync(full);
  }
});
