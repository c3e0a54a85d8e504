import { describe, expect, it, onTestFinished } from 'vitest';
import { startSes } from '../../../infra/local/ses.ts';
import { type SesAccountOptions, sesAccount } from '../../../infra/local/ses-account.ts';
import { awsClients } from '../../../shared/aws/clients.ts';
import { sesMailer } from '../../../shared/aws/mailer.ts';
import { DAY, type Instant, SECOND } from '../../../shared/time.ts';
import { temporaryFolder } from './temporary-folder.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const rate = { code: 'Throttling', message: 'Maximum sending rate exceeded.' };
const quota = { code: 'Throttling', message: 'Daily message quota exceeded.' };

function asking(options: SesAccountOptions) {
  const account = sesAccount(options);
  return (at: Instant, ...to: string[]) =>
    account({ source: 'news@watch.example', destinations: to, tags: {}, configurationSet: null }, at);
}

describe('an account', () => {
  it('in the sandbox mails only verified readers and the simulator, and names the others (row 89)', () => {
    const ask = asking({ verified: ['watch.example', 'ada@reader.example'], sandbox: true });
    expect(ask(noon, 'Ada@reader.example')).toBeNull();
    expect(ask(noon, 'success@simulator.amazonses.com')).toBeNull();
    expect(ask(noon, 'bea@reader.example')).toEqual({
      code: 'MessageRejected',
      message:
        'Email address is not verified. The following identities failed the check in region LOCAL: bea@reader.example',
    });
  });

  it('in the sandbox sends one a second and 200 a day, unless told otherwise', () => {
    const ask = asking({ verified: ['watch.example', 'reader.example'], sandbox: true });
    expect(ask(noon, 'ada@reader.example')).toBeNull();
    expect(ask(noon + SECOND - 1, 'ada@reader.example')).toEqual(rate);
    for (let sent = 1; sent < 200; sent += 1) expect(ask(noon + sent * SECOND, 'ada@reader.example')).toBeNull();
    expect(ask(noon + 200 * SECOND, 'ada@reader.example')).toEqual(quota);
  });

  it('has its rate back a second later, its quota a day later; what was refused does not count', () => {
    const ask = asking({ sendsPerSecondMax: 2, sendsPerDayMax: 3 });
    expect(ask(noon, 'ada@reader.example', 'bea@reader.example')).toBeNull();
    for (let again = 0; again < 5; again += 1) expect(ask(noon, 'cleo@reader.example')).toEqual(rate);
    expect(ask(noon + SECOND, 'cleo@reader.example')).toBeNull();
    expect(ask(noon + 2 * SECOND, 'dan@reader.example')).toEqual(quota);
    expect(ask(noon + DAY, 'dan@reader.example')).toBeNull();
  });

  it('without bounds sends as many as come', () => {
    const ask = asking({});
    for (let sent = 0; sent < 1_000; sent += 1) expect(ask(noon, 'ada@reader.example')).toBeNull();
  });
});

it.each<[string, SesAccountOptions, object]>([
  ['over the rate', { sendsPerSecondMax: 1 }, { kind: 'later', why: 'rate' }],
  ['over the daily quota', { sendsPerDayMax: 1 }, { kind: 'later', why: 'quota' }],
  [
    'from the sandbox',
    { sandbox: true, verified: ['watch.example', 'ada@reader.example'] },
    { kind: 'refused', why: 'sandbox' },
  ],
  ['of an unknown sender', { verified: ['other.example'] }, { kind: 'later' }],
])('89: a mail %s is told apart by the mailer', async (_what, options, outcome) => {
  let now = noon;
  const server = await startSes({ folder: temporaryFolder(), clock: () => now, ...options });
  onTestFinished(() => server.close());
  const { ses } = awsClients({ dynamodb: server.endpoint, sqs: server.endpoint, ses: server.endpoint });
  onTestFinished(() => ses.destroy());
  const mailer = sesMailer(ses, null);
  const mail = { from: 'news@watch.example', to: 'ada@reader.example', raw: new Uint8Array([65]), tags: {} };
  const isUnknown = options.verified?.includes('other.example') === true;
  expect(await mailer.send(mail)).toMatchObject(isUnknown ? outcome : { kind: 'sent' });
  if (options.sandbox) now += SECOND;
  expect(await mailer.send({ ...mail, to: 'bea@reader.example' })).toMatchObject(outcome);
});
