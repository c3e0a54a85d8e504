import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { jsonLog } from '../../shared/aws/log.ts';
import { tokenOf } from '../../shared/delivery/token.ts';
import { testKeys } from '../simulation/test-keys.ts';

/** All that is said of something, as one text. */
function saidOf(say: (log: ReturnType<typeof jsonLog>) => void): string {
  const lines: string[] = [];
  say(jsonLog((line) => lines.push(line)));
  return lines.join('\n');
}

const token = tokenOf({ action: 'unsubscribe', subject: 'k3Jd9_x-', digest: 'd-1', version: 4 }, testKeys);

describe('the log', () => {
  it.each([
    ['an address', 'no such mailbox: ann.smith+news@mail.example.org', 'ann.smith'],
    ['an address between signs', '550 <ann.smith@mail.example.org>: refused', 'ann.smith'],
    ['an address of one label', 'ann.smith@localhost', 'ann.smith'],
    ['a name before an address', 'From: Ann <ann.smith@mail.example.org>', 'ann.smith@'],
    ['a token', `who opened ${token}?`, token],
    ['a token in a link', `GET https://news.example.org/u/${token} failed`, token.slice(-22)],
    ['the password of a feed', 'https://reader:s3cret@feeds.example.org/rss is gone', 's3cret'],
    ['the key in a feed’s address', 'https://feeds.example.org/rss?token=s3cret&page=2', 's3cret'],
  ])('never holds %s, wherever it stands (rows 102, 103)', (_, text, secret) => {
    const fault = new Error(text, { cause: new Error(`beneath: ${text}`) });
    const said = saidOf((log) => {
      log.info(`looked`, { feed: text, deep: { list: [text] } });
      log.error('failed', fault, { url: text });
      log.error('failed', text);
    });
    expect(said.split('\n')).toHaveLength(3);
    expect(said).not.toContain(secret);
  });

  it('says what is no secret as it is', () => {
    const fields = { digest: 'd-1', number: 3, at: '2026-11-25T07:00:00.000Z', trace: 'tick-2026-11-25T07:02:00.000Z' };
    expect(JSON.parse(saidOf((log) => log.info('issued', fields)))).toEqual({
      level: 'info',
      event: 'issued',
      ...fields,
    });
    expect(saidOf((log) => log.info('read', { url: 'https://feeds.example.org/rss' }))).toContain(
      'feeds.example.org/rss',
    );
  });

  it('writes one line of JSON with level and time, and nothing that is the same in every line', () => {
    const said = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { lambdaLog } from './shared/aws/log.ts';
         lambdaLog().info('polled', { shard: 0, read: 2 });
         lambdaLog().error('look failed', new TypeError('odd', { cause: 'ann@example.org' }), { feed: 'f-1' });`,
      ],
      { encoding: 'utf8', env: { ...process.env, AWS_LAMBDA_FUNCTION_NAME: 'poll' } },
    );
    const lines = `${said.stdout}${said.stderr}`.trim().split('\n');
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: 'INFO', timestamp, event: 'polled', shard: 0, read: 2 },
      {
        level: 'ERROR',
        timestamp,
        event: 'look failed',
        feed: 'f-1',
        fault: { name: 'TypeError', message: 'odd', cause: '(address)' },
      },
    ]);
  });
});
