import { createHmac } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HostProblem } from '../../../infra/local/host-problem.ts';
import { keysIn, rotateKeys } from '../../../infra/local/keys-file.ts';
import { readToken, tokenOf } from '../../../shared/delivery/token.ts';
import { DAY } from '../../../shared/time.ts';
import { temporaryFolder } from './temporary-folder.ts';

const now = Date.UTC(2026, 10, 23);
const claim = { action: 'unsubscribe', subject: 'AbCdEfGhIjKlMnOp', digest: null, version: 1 } as const;

function newFolder() {
  const path = temporaryFolder();
  return { path, file: (name: string) => join(path, name) };
}

describe('keys', () => {
  it('are made once, for this user alone, and leave nothing beside them', async () => {
    const folder = newFolder();
    const keys = await keysIn(folder, now);
    expect(keys).toMatchObject({ current: { id: '1' }, previous: null, since: now });
    expect(new Set([keys.current.secret, keys.identity]).size).toBe(2);
    expect(await keysIn(folder, now + DAY)).toEqual(keys);
    expect(statSync(folder.file('keys.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path)).toEqual(['keys.json']);
  });

  it('of an older Watchword are taken over: no link ends, and nobody gets another name', async () => {
    const folder = newFolder();
    const secret = 'a'.repeat(43);
    writeFileSync(folder.file('token-key'), `${secret}\n`);
    const keys = await keysIn(folder, now);
    const identity = createHmac('sha256', secret).update('identity').digest('base64url');
    expect(keys).toMatchObject({ current: { id: '1', secret }, identity });
    expect(await keysIn(folder, now)).toEqual(keys);
    expect(readdirSync(folder.path)).toEqual(['keys.json']);
  });

  it('are changed: links of the two newest are valid, and names stay', async () => {
    const folder = newFolder();
    const [first, second] = [await keysIn(folder, now), await rotateKeys(folder, now + DAY, false)];
    if (second === null) throw new Error('the first change is free');
    expect(second).toMatchObject({ current: { id: '2' }, previous: first.current, identity: first.identity });
    expect(readToken('unsubscribe', tokenOf(claim, first), second)).toEqual(claim);
    expect(readToken('unsubscribe', tokenOf(claim, second), second)).toEqual(claim);
    expect(await keysIn(folder, now)).toEqual(second);
  });

  it('are not changed again while links that were promised to work would end, unless somebody insists', async () => {
    const folder = newFolder();
    const first = await keysIn(folder, now);
    await rotateKeys(folder, now, false);
    expect(await rotateKeys(folder, now + 700 * DAY, false)).toBeNull();
    const third = await rotateKeys(folder, now + 700 * DAY, true);
    if (third === null) throw new Error('somebody insisted');
    expect(readToken('unsubscribe', tokenOf(claim, first), third)).toBeNull();
    expect(await rotateKeys(folder, now + 1_431 * DAY, false)).toMatchObject({ current: { id: '4' } });
  });

  const whole = { current: { id: '1', secret: 'a'.repeat(43) }, previous: null, identity: 'b'.repeat(43), since: null };
  it.each([
    ['token-key', ''],
    ['token-key', 'short'],
    ['token-key', `${'a'.repeat(42)}!`],
    ['keys.json', ''],
    ['keys.json', '{}'],
    ['keys.json', JSON.stringify({ ...whole, identity: '' })],
    ['keys.json', JSON.stringify({ ...whole, current: { id: '1', secret: 'x' } })],
    ['keys.json', JSON.stringify({ ...whole, previous: {} })],
  ])('are not to be had from a %s that holds %j, which is kept', async (name, content) => {
    const folder = newFolder();
    writeFileSync(folder.file(name), content);
    const problem: unknown = await keysIn(folder, now).catch((fault: unknown) => fault);
    expect(problem).toBeInstanceOf(HostProblem);
    expect(String(problem)).toContain(`The file ${folder.file(name)} holds no keys: `);
    expect(readFileSync(folder.file(name), 'utf8')).toBe(content);
  });

  it('that are lost beside a database are not made anew: nobody who unsubscribed would be known', async () => {
    const folder = newFolder();
    mkdirSync(folder.file('tables'));
    writeFileSync(join(folder.file('tables'), 'CURRENT'), '');
    await expect(keysIn(folder, now)).rejects.toThrow(/are lost: put their backup there/);
    expect(readdirSync(folder.path)).toEqual(['tables']);
  });

  it('of which an interrupted start left a half are made', async () => {
    const folder = newFolder();
    writeFileSync(folder.file('keys.json.tmp'), '{"cur');
    expect(await keysIn(folder, now)).toMatchObject({ current: { id: '1' } });
  });

  it('in a place that cannot be written are told of in a sentence', async () => {
    const nowhere = { file: (name: string) => join(newFolder().path, 'none', name) };
    await expect(keysIn(nowhere, now)).rejects.toThrow(/^The keys in .* cannot be used: there is no such place\.$/);
  });
});
