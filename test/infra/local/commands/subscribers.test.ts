/** What an operator can do for people, on the data of a host that is not running. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Command, Usage } from '../../../../infra/local/command.ts';
import { keys } from '../../../../infra/local/commands/keys.ts';
import { subscribers } from '../../../../infra/local/commands/subscribers.ts';
import { HostProblem } from '../../../../infra/local/host-problem.ts';
import { openPeople } from '../../../../infra/local/open-people.ts';
import { type Folder, openFolder } from '../folder.ts';

const watchFile = `deliver: {from: news@watch.example, zone: Europe/London}
feeds: [{url: 'https://herald.example/feed.xml', name: Herald}]
watches: [{watch: Encryption, any: [encryption~]}]
digests:
  - {digest: Morning, watches: [Encryption], when: every day at 07:00}
  - {digest: Evening, watches: [Encryption], when: every day at 18:00}
`;
let opened: Folder;
let folder: string;
let data: string;

beforeAll(async () => {
  opened = await openFolder();
  folder = opened.path;
  data = join(folder, 'data');
  mkdirSync(join(data, 'tables'), { recursive: true });
  writeFileSync(join(folder, 'watch.yaml'), watchFile);
});
afterAll(() => opened.remove());

async function run(command: Command, ...words: string[]) {
  const [word = '', ...rest] = words;
  const within = command.subcommands?.[word];
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    interactive: false,
  };
  const code = within === undefined ? await command.run(words, terminal) : await (await within()).run(rest, terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const watch = () => ['--watch', join(folder, 'watch.yaml'), '--data', data];
const subscribe = (address: string, digest = 'Morning') =>
  run(subscribers, 'add', address, '--digest', digest, ...watch());

describe('subscribers', () => {
  it('are added by the operator’s word, once', async () => {
    expect(await subscribe('ann@reader.example')).toEqual({
      code: 0,
      out: 'ann@reader.example: subscribed to Morning.',
      err: '',
    });
    expect((await subscribe('ANN@reader.example')).out).toBe('ANN@reader.example: was subscribed to Morning before.');
    expect((await subscribe('ann@reader.example', 'Evening')).code).toBe(0);
    expect((await subscribe('ben@reader.example')).code).toBe(0);
  });

  it('are listed with what they get', async () => {
    const { code, out } = await run(subscribers, ...watch());
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^2 people, 3 subscriptions\. Times in /);
    expect(lines).toContain('ann@reader.example');
    expect(out).toMatch(/^ {2}Morning: confirmed since \S+; every day at 07:00 \(.+\)$/m);
    const { out: json } = await run(subscribers, 'list', '--json', ...watch());
    expect(JSON.parse(json.split('\n').at(-1) ?? '')).toEqual({
      address: 'ben@reader.example',
      digest: 'Morning',
      when: 'every day at 07:00',
      zone: expect.any(String),
      state: 'confirmed',
      since: expect.stringMatching(/^\d{4}-.*Z$/),
      by: 'added',
    });
  });

  it('are removed, and the operator’s word does not bring them back', async () => {
    const gone = await run(subscribers, 'remove', 'ann@reader.example', '--digest', 'Morning', ...watch());
    expect(gone).toMatchObject({ code: 0, out: 'ann@reader.example: unsubscribed from Morning.' });
    expect(await subscribe('ann@reader.example')).toMatchObject({
      code: 1,
      err: expect.stringContaining('has unsubscribed from Morning'),
    });
    expect((await run(subscribers, 'remove', 'ann@reader.example', ...watch())).out).toContain(
      'unsubscribed from Evening',
    );
    expect(await run(subscribers, 'remove', 'ann@reader.example', ...watch())).toMatchObject({
      code: 1,
      err: 'ann@reader.example: nothing to end.',
    });
  });

  it('are shown all that is held of them', async () => {
    const { code, out } = await run(subscribers, 'export', 'ann@reader.example', ...watch());
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      address: 'ann@reader.example',
      subscriptions: [{ state: 'unsubscribed' }, { state: 'unsubscribed' }],
    });
    expect(await run(subscribers, 'export', 'nobody@reader.example', ...watch())).toMatchObject({ code: 1, out: '' });
  });

  it('are erased when it is said twice, and stay so', async () => {
    const asked = await run(subscribers, 'erase', 'ann@reader.example', '--data', data);
    expect(asked).toMatchObject({ code: 1, err: expect.stringContaining('say --yes') });
    const done = await run(subscribers, 'erase', 'ann@reader.example', '--yes', '--data', data);
    expect(done).toMatchObject({ code: 0, out: 'ann@reader.example: erased.' });
    expect((await subscribe('ann@reader.example')).err).toContain('was erased');
    expect((await run(subscribers, 'list', ...watch())).out).not.toContain('ann@');
  });

  it('104: who come back with an older table are erased again, by the list that was kept', async () => {
    const listed = await run(subscribers, 'erasures', '--data', data);
    const list = join(folder, 'list.jsonl');
    writeFileSync(list, `${listed.out}\n`);
    expect(readFileSync(join(data, 'erasures.jsonl'), 'utf8')).toContain(listed.out);
    expect((await run(subscribers, 'replay-erasures', list, '--data', data)).out).toBe('Nobody had come back.');
    const { people, close } = await openPeople({ data });
    const { subscriber } = JSON.parse(listed.out) as { subscriber: string };
    await people.put({ pk: `subscriber#${subscriber}`, sk: 'profile', address: 'ann@reader.example', since: 1 });
    await close();
    const again = await run(subscribers, 'replay-erasures', list, '--data', data);
    expect(again.out).toBe('1 had come back, and is erased again.');
    expect((await run(subscribers, 'list', ...watch())).out).not.toContain('ann@');
    writeFileSync(list, '{"subscriber":1}');
    await expect(run(subscribers, 'replay-erasures', list, '--data', data)).rejects.toThrow(/list\.jsonl:1 is no line/);
  });

  it.each([
    [['add', 'ann@reader.example'], 'Name the digest with --digest.'],
    [['add', 'ann@reader.example', '--digest', 'Mornin'], 'did you mean "Morning"?'],
    [['add', '--digest', 'Morning'], 'Name one mail address.'],
    [['add', 'Ann <ann@reader.example>', '--digest', 'Morning'], 'is a name with an address'],
    [['erase', 'a@b.example', 'c@d.example'], 'Name one mail address.'],
    [['lists'], 'did you mean "list"?'],
  ])('%j is told to be wrong, and what to write', async (words, says) => {
    const all = words[0] === 'erase' ? words : [...words, ...watch()];
    const fault: unknown = await run(subscribers, ...all).catch((thrown: unknown) => thrown);
    expect(fault).toBeInstanceOf(Usage);
    expect(String(fault)).toContain(says);
  });

  it('of a folder where no host ever ran are none, and no folder is made', async () => {
    const nowhere = join(folder, 'nowhere');
    await expect(openPeople({ data: nowhere })).rejects.toThrow(HostProblem);
    await expect(openPeople({ data: nowhere })).rejects.toThrow(/Nothing is kept in .*nowhere yet/);
  });
});

it('keys are told of without being shown, and changed', async () => {
  const before = await run(keys, '--data', data);
  expect(before.out).toMatch(/^Links are signed with key 1 since \S+\.$/);
  expect((await run(keys, 'rotate', '--data', data)).out).toMatch(/key 2 since \S+; links of key 1 still work\.$/);
  const refused = await run(keys, 'rotate', '--data', data);
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--force') });
  expect((await run(keys, 'rotate', '--force', '--data', data)).out).toMatch(/key 3/);
  expect((await run(subscribers, 'list', ...watch())).out).toContain('ben@reader.example');
});
