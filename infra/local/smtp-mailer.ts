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

/** RFC 5321, section 4.2.1: 4yz is "not now", 5yz is "no". Before the message itself was handed over, nothing was sent. */
function outcomeOf(fault: unknown): SendOutcome {
  const { responseCode, command, code } = Object(fault) as { responseCode?: number; command?: string; code?: string };
  const detail = `${code ?? 'SMTP fault'}${responseCode === undefined ? '' : ` ${responseCode}`}`;
  if (responseCode !== undefined && responseCode >= 500) return { kind: 'refused', detail };
  if (responseCode !== undefined && responseCode >= 400) return { kind: 'later', detail };
  return command === 'CONN' || code === 'ECONNECTION' || code === 'EDNS'
    ? { kind: 'later', detail }
    : { kind: 'unknown', detail };
}
