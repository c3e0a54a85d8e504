/** Mail by SMTP: what each answer of a server means for the mail. */

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { smtpMailer } from '../../../infra/local/smtp-mailer.ts';

let server: Server | null = null;
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((done) => (server === null ? done(null) : server.close(done)));
  server = null;
});

/** A server that answers each command by this script; `null` hangs up. Commands that are not named get 250. */
async function smtp(script: Readonly<Record<string, string | null>>): Promise<string> {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const say = (line: string | null | undefined) =>
      line === null ? socket.destroy() : socket.write(`${line ?? '250 ok'}\r\n`);
    say(script.greeting ?? '220 hello');
    let inData = false;
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (inData) {
        if (!text.endsWith('\r\n.\r\n')) return;
        inData = false;
        return say('end' in script ? script.end : '250 taken');
      }
      const command = text.slice(0, 4).toUpperCase();
      if (command === 'DATA' && !('DATA' in script)) {
        inData = true;
        return say('354 go on');
      }
      if (command === 'EHLO') return say(script.EHLO ?? '250 AUTH PLAIN');
      return say(script[command]);
    });
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  return `smtp://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const mail = {
  from: 'Watchword <alerts@watchword.example>',
  to: 'press@reader.example',
  raw: Buffer.from('From: a@b.example\r\nTo: c@d.example\r\nSubject: s\r\n\r\nbody\r\n'),
  tags: {},
};

describe('a mail by SMTP', () => {
  it.each([
    ['everything is well', { AUTH: '235 ok' }, 'sent'],
    ['the password is wrong: every mail waits until it is put right', { AUTH: '535 no' }, 'later'],
    ['the server is not in service', { greeting: '554 no' }, 'later'],
    ['the sender is not allowed: a matter of settings', { AUTH: '235 ok', MAIL: '550 no' }, 'later'],
    ['the reader does not exist', { AUTH: '235 ok', RCPT: '550 no such user' }, 'refused'],
    ['the reader is to be tried later', { AUTH: '235 ok', RCPT: '451 greylisted' }, 'later'],
    ['the message is refused', { AUTH: '235 ok', end: '554 spam' }, 'refused'],
    ['the answer to the whole message is lost', { AUTH: '235 ok', end: null }, 'unknown'],
  ])('%s', async (_, script, kind) => {
    const mailer = smtpMailer(await smtp(script));
    expect(await mailer.send(mail)).toMatchObject({ kind });
    mailer.close();
  });

  it('nobody listens: nothing was sent', async () => {
    const url = await smtp({});
    await new Promise((done) => server?.close(done));
    server = null;
    const mailer = smtpMailer(url);
    expect(await mailer.send(mail)).toMatchObject({ kind: 'later' });
    mailer.close();
  });
});
