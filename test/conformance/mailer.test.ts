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
