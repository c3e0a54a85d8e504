import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Usage } from '../../../../infra/local/command.ts';
import { check } from '../../../../infra/local/commands/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const right = `deliver: {from: alerts@example.org, zone: UTC}
feeds: [{opml: ours.opml}]
watches:
  - {watch: Padlocks, any: [padlock], examples: {match: [A padlock of brass]}}
  - watch: Hedgehogs
digests: [{digest: Brief, watches: [Padlocks], when: every day at 07:00, to: [desk@example.org]}]
`;
writeFileSync(join(folder, 'right.yaml'), `\uFEFF${right}`);
writeFileSync(join(folder, 'wrong.yaml'), right.replace('UTC', 'Utopia').replace('padlock]', '007]'));
writeFileSync(join(folder, 'ours.opml'), '<opml><body><outline xmlUrl="https://a.example/feed"/></body></opml>');

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), interactive: false };
  return { code: await check.run(args, terminal), out, err };
}

describe('watchword check', () => {
  it('sums up a file that is right, and tells warnings apart', async () => {
    const path = join(folder, 'right.yaml');
    const { code, out, err } = await run('--watch', path);
    expect(code).toBe(0);
    expect(out).toEqual([
      `${path} is right: 1 feed, 2 watches, 1 digest.`,
      '',
      '  Padlocks   1 line, 1 example holds, finds 0 of 414 ordinary headlines',
      '  Hedgehogs  1 line, no examples, finds 0 of 414 ordinary headlines',
      '',
      '  Brief      every day at 07:00 (UTC), 1 watch, to 1 address and subscribers',
    ]);
    expect(err).toEqual([
      `${path}:5:12: watches.1.watch: no digest has "Hedgehogs"; nobody will be told of what it finds (a warning)`,
      '1 warning.',
    ]);
  });

  it('shows what each ~ takes in, once for each watch', async () => {
    const path = join(folder, 'forms.yaml');
    writeFileSync(
      path,
      right.replace('any: [padlock]', 'any: [end-to-end encryption~, backdoor, padlock~], none: [encryption~]'),
    );
    const { code, out } = await run('--watch', path);
    expect(code).toBe(0);
    expect(out.slice(3, 5).map((line) => line.trim())).toEqual([
      'forms of encryption~: encrypt, encrypted, encrypting, encryption, encrypts',
      'forms of padlock~: padlock, padlocked, padlocking, padlocks',
    ]);
    const watches = JSON.parse((await run('--json', '--watch', path)).out.join('')).watches;
    expect(watches.map(({ forms }: { forms: object }) => Object.keys(forms))).toEqual([['encryption', 'padlock'], []]);
  });

  it('tells every problem on a line of its own, and fails', async () => {
    const path = join(folder, 'wrong.yaml');
    const { code, out, err } = await run('--watch', path);
    expect(code).toBe(1);
    expect(out).toEqual([]);
    expect(err.slice(0, 2).map((line) => line.slice(path.length, path.length + 20))).toEqual([
      ':1:43: deliver.zone:',
      ':4:29: watches.0.any',
    ]);
    expect(err.at(-1)).toBe('2 problems, 1 warning.');
  });

  it.each([
    ['Windows-1252', Buffer.from(`${right}# \ufffd caf\u00e9\n`, 'utf8'), Buffer.from('\u00e9'), 7, 8],
    ['UTF-16', Buffer.from(`\ufeff${right}`, 'utf16le'), null, 1, 1],
    ['UTF-16 without a mark', Buffer.from(right, 'utf16le'), null, 1, 2],
  ])('a file in %s is one problem, at its first strange byte', async (_name, bytes, letter, line, column) => {
    const path = join(folder, 'encoded.yaml');
    const at = letter === null ? -1 : bytes.indexOf(letter);
    const written =
      at === -1 ? bytes : Buffer.concat([bytes.subarray(0, at), Buffer.from([0xe9]), bytes.subarray(at + 2)]);
    writeFileSync(path, written);
    const { code, err } = await run('--watch', path);
    expect(code).toBe(1);
    expect(err).toEqual([
      `${path}:${line}:${column}: this file is not in UTF-8: what stands here would be read wrongly; save the file as UTF-8`,
      '1 problem.',
    ]);
  });

  it('counts an address once, however it is written', async () => {
    const path = join(folder, 'twice.yaml');
    writeFileSync(path, right.replace('[desk@example.org]', '[desk@example.org, Desk@EXAMPLE.org]'));
    expect((await run('--watch', path)).out.at(-1)).toContain(', to 1 address and subscribers');
  });

  it('--json is one object with problems and warnings', async () => {
    const { code, out } = await run('--json', '--watch', join(folder, 'wrong.yaml'));
    expect(code).toBe(1);
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      problems: [{ line: 1, column: 43, path: 'deliver.zone' }, { line: 4 }],
      warnings: [{}],
    });
  });

  it('says plainly that there is no file', async () => {
    const { code, err } = await run('--watch', 'nowhere.yaml');
    expect(code).toBe(1);
    expect(err).toEqual([
      'nowhere.yaml:1:1: there is no file nowhere.yaml that can be read; copy the starter watch.yaml, or name yours with --watch FILE',
      '1 problem.',
    ]);
  });

  it('wrong usage says how it is used', async () => {
    await expect(run('--wtach', 'x')).rejects.toThrow(Usage);
    await expect(run('x.yaml')).rejects.toThrow('watchword check [--watch FILE] [--json]');
  });
});
