import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { HostProblem } from '../../../infra/local/host-problem.ts';
import type { StoredMail } from '../../../infra/local/outbox.ts';
import { type EmbeddedSes, type SesOptions, startSes } from '../../../infra/local/ses.ts';
import { awsClients } from '../../../shared/aws/clients.ts';
import { sesMailer } from '../../../shared/aws/mailer.ts';
import { limits } from '../../../shared/limits.ts';
import type { OutgoingMail } from '../../../shared/world.ts';
import { temporaryFolder } from './temporary-folder.ts';

const noon = Date.UTC(2026, 10, 23, 12);

async function start(options: Partial<SesOptions> & { folder: string }): Promise<EmbeddedSes> {
  const server = await startSes({ clock: () => noon, ...options });
  onTestFinished(() => server.close());
  return server;
}

function mailerTo({ endpoint }: EmbeddedSes) {
  return sesMailer(awsClients({ dynamodb: endpoint, sqs: endpoint, ses: endpoint }).ses, 'watchword');
}

/** Every byte there is: none may be lost or changed on the way. */
const raw = Buffer.concat([
  Buffer.from('Subject: =?UTF-8?Q?Z=C3=BCrich?=\r\nList-Unsubscribe: <https://news.example/u?a=1&b=2>\r\n\r\n'),
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
]);
const mail: OutgoingMail = {
  from: 'Watchword <news@watch.example>',
  to: 'ada+news@reader.example',
  raw,
  tags: { issue: 'daily_2026-11-23', subscriber: 's-1' },
};

/** What the Query protocol answers to a form. */
async function post(server: EmbeddedSes, form: Readonly<Record<string, string>>) {
  const answer = await fetch(server.endpoint, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, xml: await answer.text() };
}

it('keeps a message byte for byte, with its envelope beside it', async () => {
  const folder = temporaryFolder();
  const server = await start({ folder });
  const outcome = await mailerTo(server).send(mail);

  const [stored] = server.sent();
  expect(outcome).toEqual({ kind: 'sent', messageId: stored?.messageId });
  expect(readFileSync(stored?.file ?? '')).toEqual(raw);
  expect(JSON.parse(readFileSync((stored?.file ?? '').replace(/eml$/, 'json'), 'utf8'))).toEqual({
    messageId: stored?.messageId,
    source: mail.from,
    destinations: [mail.to],
    tags: mail.tags,
    configurationSet: 'watchword',
    receivedAt: noon,
  });
  expect(readdirSync(folder).sort()).toEqual([
    `20261123T120000000Z-${stored?.messageId}.eml`,
    `20261123T120000000Z-${stored?.messageId}.json`,
  ]);
});

it('mails, their order and the count go on over a restart, and ids depend on nothing random', async () => {
  const send = async (folder: string) => {
    const first = await start({ folder });
    await mailerTo(first).send(mail);
    await mailerTo(first).send(mail);
    await first.close();
    const second = await start({ folder });
    await mailerTo(second).send({ ...mail, raw: Buffer.from('other') });
    return second.sent().map(({ messageId }) => messageId);
  };
  const ids = await send(temporaryFolder());
  expect(new Set(ids).size).toBe(3);
  expect(ids.map((id) => id.slice(0, 6))).toEqual(['000001', '000002', '000003']);
  expect(await send(temporaryFolder())).toEqual(ids);
});

it('tells of each stored mail once', async () => {
  const told: StoredMail[] = [];
  const server = await start({ folder: temporaryFolder(), onSent: (stored) => void told.push(stored) });
  await mailerTo(server).send(mail);
  await expect.poll(() => told).toEqual(server.sent());
});

const verified = ['watch.example', 'press@other.example'];
it.each([
  ['news@watch.example', 'sent'],
  ['Watchword <NEWS@Watch.Example>', 'sent'],
  ['press@other.example', 'sent'],
  // An identity that nobody verified is the operator's to put right: the mail waits.
  ['news@other.example', 'later'],
  ['news@evil-watch.example', 'later'],
])('of a sender %s the mail is %s', async (from, kind) => {
  const server = await start({ folder: temporaryFolder(), verified });
  expect(await mailerTo(server).send({ ...mail, from })).toMatchObject(
    kind === 'sent' ? { kind } : { kind, detail: 'MessageRejected' },
  );
  expect(server.sent()).toHaveLength(kind === 'sent' ? 1 : 0);
});

it('89: a refusal on request reaches the sender as SES would say it', async () => {
  const server = await start({
    folder: temporaryFolder(),
    refuse: ({ destinations }) =>
      destinations.includes(mail.to) ? { code: 'Throttling', message: 'Maximum sending rate exceeded.' } : null,
  });
  expect(await mailerTo(server).send(mail)).toMatchObject({ kind: 'later', detail: 'Throttling' });
  expect(await mailerTo(server).send({ ...mail, to: 'bea@reader.example' })).toMatchObject({ kind: 'sent' });
});

it('takes 10 MB and 50 recipients, and no more', async () => {
  const server = await start({ folder: temporaryFolder() });
  const most = Buffer.alloc(limits.rawMailBytesMax, 0xff); // in base64 all `/`, the longest form there is
  expect(await mailerTo(server).send({ ...mail, raw: most })).toMatchObject({ kind: 'sent' });
  expect(await mailerTo(server).send({ ...mail, raw: Buffer.alloc(most.length + 1) })).toMatchObject({
    kind: 'refused',
    detail: 'InvalidParameterValue',
  });
  const to = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`Destinations.member.${n + 1}`, `r${n}@reader.example`]),
    );
  const form = { Action: 'SendRawEmail', Source: mail.from, 'RawMessage.Data': raw.toString('base64') };
  expect(await post(server, { ...form, ...to(50) })).toMatchObject({ status: 200 });
  expect(await post(server, { ...form, ...to(51) })).toMatchObject({ status: 400, xml: /Recipient count exceeds 50/ });
});

it('a request over the cap is refused without being read to its end', async () => {
  const server = await start({ folder: temporaryFolder() });
  let offered = 0;
  const endless = new ReadableStream({
    pull(controller) {
      offered += 1_048_576;
      if (offered > 200_000_000) controller.close();
      else controller.enqueue(new Uint8Array(1_048_576));
    },
  });
  await fetch(server.endpoint, { method: 'POST', body: endless, duplex: 'half' }).then(
    ({ status }) => expect(status).toBe(413),
    () => {}, // the server may hang up before the client has seen its answer
  );
  expect(offered).toBeLessThan(100_000_000);
  expect(await mailerTo(server).send(mail)).toMatchObject({ kind: 'sent' });
});

it('what it does not know is refused, and hostile text stays text', async () => {
  const server = await start({ folder: temporaryFolder() });
  const { status, xml } = await post(server, { Action: '<b>&\u0000' });
  expect(status).toBe(400);
  expect(xml).toContain('<Code>InvalidAction</Code>');
  expect(xml).toContain('&lt;b&gt;&amp; ');
});

it('a mail that cannot be stored is not accepted, and nothing of it stays', async () => {
  const other = temporaryFolder();
  await mailerTo(await start({ folder: other })).send(mail);
  const [name = ''] = readdirSync(other).filter((file) => file.endsWith('.eml'));
  const folder = temporaryFolder();
  const server = await start({ folder });
  mkdirSync(join(folder, name)); // ids follow from the bytes: here is where the message has to go
  expect(await mailerTo(server).send(mail)).toMatchObject({ kind: 'unknown' });
  expect(readdirSync(folder)).toEqual([name]);
  expect(server.sent()).toEqual([]);
  rmSync(join(folder, name), { recursive: true });
  expect(await mailerTo(server).send(mail)).toMatchObject({ kind: 'sent' });
});

it('leftovers of a crash between envelope and message are not listed', async () => {
  const folder = temporaryFolder();
  const server = await start({ folder });
  await mailerTo(server).send(mail);
  await server.close();
  writeFileSync(join(folder, '20261123T120001000Z-000002-ab.json'), '{}');
  writeFileSync(join(folder, '20261123T120001000Z-000002-ab.eml.tmp'), 'half');
  expect((await start({ folder })).sent()).toHaveLength(1);
});

it('a mailbox that cannot be a folder is told in a sentence', async () => {
  const folder = join(temporaryFolder(), 'file');
  writeFileSync(folder, '');
  await expect(startSes({ folder, clock: () => noon })).rejects.toThrow(HostProblem);
});
