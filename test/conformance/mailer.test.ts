import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listenOnLoopback } from '../../infra/local/loopback.ts';
import { type SesOptions, startSes } from '../../infra/local/ses.ts';
import { awsClients } from '../../shared/aws/clients.ts';
import { sesMailer } from '../../shared/aws/mailer.ts';
import { memoryMailer } from '../simulation/memory-mailer.ts';
import { mailerConforms } from './mailer.ts';

mailerConforms('in memory', async () => {
  const mailer = memoryMailer();
  return { mailer, accepted: async () => mailer.accepted, close: async () => {} };
});

async function openSes(options: Pick<SesOptions, 'refuse' | 'verified'> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'watchword-mailer-'));
  const server = await startSes({ folder, clock: () => 0, ...options });
  const { ses } = awsClients({ dynamodb: server.endpoint, sqs: server.endpoint, ses: server.endpoint });
  return {
    mailer: sesMailer(ses, null),
    accepted: () =>
      Promise.all(
        server.sent().map(async ({ destinations, tags, file }) => ({
          to: destinations.join(),
          tags,
          raw: new Uint8Array(await readFile(file)),
        })),
      ),
    async close() {
      ses.destroy();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

mailerConforms('SES, embedded', () => openSes());

const mail = { from: 'a@watchword.example', to: 'b@reader.example', raw: new Uint8Array([65]), tags: {} };

describe('SES says no', () => {
  it.each([
    ['MessageRejected', 'refused'],
    ['MailFromDomainNotVerifiedException', 'later'],
    ['InvalidParameterValue', 'refused'],
    ['Throttling', 'later'],
    ['AccessDenied', 'later'],
    ['AccountSendingPausedException', 'later'],
  ])('89: %s means %s', async (code, kind) => {
    const { mailer, accepted, close } = await openSes({ refuse: () => ({ code, message: 'No.' }) });
    expect(await mailer.send(mail)).toMatchObject({ kind });
    expect(await accepted()).toEqual([]);
    await close();
  });

  const notVerified = (...identities: readonly string[]) =>
    `Email address is not verified. The following identities failed the check in region EU-WEST-2: ${identities.join(', ')}`;
  it.each([
    ['Throttling', 'Maximum sending rate exceeded.', { kind: 'later', why: 'rate' }],
    ['Throttling', 'Daily message quota exceeded.', { kind: 'later', why: 'quota' }],
    ['MessageRejected', notVerified('B@reader.example'), { kind: 'refused', why: 'sandbox' }],
    ['MessageRejected', notVerified('b@reader.example', 'a@watchword.example'), { kind: 'later' }],
    ['MessageRejected', notVerified('a@watchword.example'), { kind: 'later' }],
    ['MessageRejected', 'Address is on the suppression list for your account', { kind: 'refused', why: 'suppressed' }],
    ['MessageRejected', 'Sending paused for this account.', { kind: 'later' }],
  ])('89: %s, “%s”', async (code, message, outcome) => {
    const { mailer, close } = await openSes({ refuse: () => ({ code, message }) });
    const answer = await mailer.send(mail);
    expect(answer).toMatchObject(outcome);
    expect('why' in answer ? answer.why : undefined).toBe('why' in outcome ? outcome.why : undefined);
    expect(JSON.stringify(answer)).not.toContain('@');
    await close();
  });

  it('88: no answer means that nobody knows, and the client does not ask again by itself', async () => {
    let asked = 0;
    const server = createServer((request) => {
      asked += 1;
      request.socket.destroy();
    });
    const { url, close } = await listenOnLoopback(server, 0);
    const { ses } = awsClients({ dynamodb: url, sqs: url, ses: url });
    expect(await sesMailer(ses, null).send(mail)).toMatchObject({ kind: 'unknown' });
    expect(asked).toBe(1);
    ses.destroy();
    await close();
  });
});
