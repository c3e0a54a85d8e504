/**
 * Mailer, spoken to SES. Its judgement is one table: which answers mean "not sent", "not now", and "who knows".
 * SES has no token that makes a send happen once, so a client that retries by itself would send twice unseen: the client
 * given here must have `maxAttempts: 1`.
 */
import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Mailer, SendOutcome } from '../world.ts';

/** @param configurationSet whose events carry our tags back; null where there is none */
export function sesMailer(client: SESClient, configurationSet: string | null): Mailer {
  return {
    async send({ from, to, raw, tags }) {
      try {
        const answer = await client.send(
          new SendRawEmailCommand({
            Source: from,
            Destinations: [to],
            RawMessage: { Data: raw },
            Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
            ...(configurationSet !== null && { ConfigurationSetName: configurationSet }),
          }),
        );
        return { kind: 'sent', messageId: answer.MessageId ?? '' };
      } catch (fault) {
        return outcomeOf(fault, from, to);
      }
    },
  };
}

/**
 * By the error names of the SES API reference, "SendRawEmail" and "Common errors". Only what is wrong with this mail is a
 * refusal; what is wrong with the account, its rights, its clock or its settings keeps every mail waiting until somebody
 * puts it right. SES puts much under one name, so its sentence is read too; it may hold an address and goes no further.
 */
function outcomeOf(fault: unknown, from: string, to: string): SendOutcome {
  const { name, code } = Object(fault) as { name?: string; code?: string };
  const detail = name ?? 'Unknown';
  const said = String(Object(fault).message);
  const status = httpStatusOf(fault);
  if (throttled.has(detail)) return { kind: 'later', why: /quota/i.test(said) ? 'quota' : 'rate', detail };
  if (refusals.has(detail)) {
    if (isOfReader(said, from, to)) return { kind: 'refused', why: 'sandbox', detail };
    if (/suppress/i.test(said)) return { kind: 'refused', why: 'suppressed', detail };
    // SES says the same of a mail that it finds harmful and of an account that may not send.
    if (!/not verified|paused|suspended|disabled/i.test(said)) return { kind: 'refused', detail };
  }
  if (neverConnected.has(code ?? '')) return { kind: 'later', detail: code ?? detail };
  // Any other 4xx says that nothing was sent; without an answer, or with a 5xx, the mail may be on its way.
  return status !== null && status >= 400 && status < 500 ? { kind: 'later', detail } : { kind: 'unknown', detail };
}

/**
 * Whether SES names the reader as not verified, and not the sender as well: `Email address is not verified. The following
 * identities failed the check in region EU-WEST-2: a@b.example, c@d.example`.
 */
function isOfReader(said: string, from: string, to: string): boolean {
  const [, list = ''] = /not verified\..*failed the check in [^:]*:(.*)$/is.exec(said) ?? [];
  const named = list.split(',').map((identity) => bareAddress(identity));
  return named.includes(bareAddress(to)) && !named.includes(bareAddress(from));
}

/** Of `Name <address>` or an address, in small letters. */
function bareAddress(text: string): string {
  return (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
}

/** "Maximum sending rate exceeded." and "Daily message quota exceeded." */
const throttled = new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'LimitExceededException']);

const refusals = new Set([
  'MessageRejected',
  'InvalidParameterValue',
  'InvalidParameterCombination',
  'MalformedQueryString',
  'ValidationError',
]);

/** Faults of Node before a byte of the request could leave. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function httpStatusOf(fault: unknown): number | null {
  if (typeof fault !== 'object' || fault === null || !('$metadata' in fault)) return null;
  const metadata = fault.$metadata as { httpStatusCode?: number };
  return metadata.httpStatusCode ?? null;
}
