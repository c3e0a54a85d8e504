import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HostProblem } from '../../../infra/local/host-problem.ts';
import { tokenKeyIn } from '../../../infra/local/token-key.ts';
import { temporaryFolder } from './temporary-folder.ts';

it('is made once, for this user alone, and leaves nothing beside it', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'token-key');
  const key = await tokenKeyIn(path);
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(await tokenKeyIn(path)).toBe(key);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['token-key']);
});

it.each(['', '\n', 'short', `${'a'.repeat(42)}!`, 'a'.repeat(44)])(
  'a file that holds %j is refused and kept',
  async (content) => {
    const path = join(temporaryFolder(), 'token-key');
    writeFileSync(path, content);
    const problem: unknown = await tokenKeyIn(path).catch((fault: unknown) => fault);
    expect(problem).toBeInstanceOf(HostProblem);
    expect(String(problem)).toContain(`The file ${path} holds no key: `);
    expect(readFileSync(path, 'utf8')).toBe(content);
  },
);

it('a half that an interrupted start left is no key', async () => {
  const path = join(temporaryFolder(), 'token-key');
  writeFileSync(`${path}.tmp`, 'abc');
  expect(await tokenKeyIn(path)).toMatch(/^[\w-]{43}$/);
});

it('a place that cannot be written is told in a sentence', async () => {
  await expect(tokenKeyIn(join(temporaryFolder(), 'none', 'token-key'))).rejects.toThrow(
    /^The key in .* cannot be used: there is no such place\.$/,
  );
});
