/** Mailer over SMTP, for a small team that runs Watchword on a box of its own: the same MIME bytes, another carrier. */
import { createTransport } from 'nodemailer';
import type { Mailer, SendOutcome } from '../../shared/world.ts';
import { HostProblem } from './host-problem.ts';

/**
 * @param url `smtp://user:password@host:587` or `smtps://…`, as nodemailer reads it
 * @throws HostProblem when it is no such address
 */
export function smtpMailer(url: string): Mailer & { close(): void } {
  if (!/^smtps?:\/\/[^/]/.test(url)) {
    throw new HostProblem('SMTP_URL is not an address like smtp://user:password@mail.example.org:587.');
  }
  const transport = createTransport({ url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 });
  return {
    async send({ from, to, raw }) {
      try {
        const sent = await transport.sendMail({ envelope: { from, to }, raw: Buffer.from(raw) });
        return { kind: 'sent', messageId: sent.messageId };
      } catch (fault) {
        return outcomeOf(fault);
      }
    },
    close: () => transport.close(),
  };
}

/**
 * RFC 5321, section 4.2.1: 5yz is "no". It is a refusal of this mail only where the mail or its reader was at issue; a
 * wrong password or a server that is not there keeps every mail waiting until somebody puts it right. Before the message
 * itself was handed over, nothing was sent.
 */
function outcomeOf(fault: unknown): SendOutcome {
  const { responseCode, command, code, syscall, message } = Object(fault) as Readonly<Record<string, unknown>>;
  const detail = `${String(code ?? 'SMTP fault')}${responseCode === undefined ? '' : ` ${String(responseCode)}`}`;
  if (typeof responseCode === 'number') {
    const refused = responseCode >= 500 && aboutThisMail.has(String(command));
    return { kind: refused ? 'refused' : 'later', detail };
  }
  // Without an answer only a connection that never was is proof that nothing was handed over.
  const neverSpoke = /^(?:Connection timeout|Greeting never received)/.test(String(message));
  const neverConnected = neverSpoke || syscall === 'connect' || code === 'EDNS' || code === 'EAUTH';
  return { kind: neverConnected ? 'later' : 'unknown', detail };
}

const aboutThisMail = new Set(['RCPT TO', 'DATA']);
