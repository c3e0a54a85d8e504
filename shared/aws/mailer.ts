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
        return outcomeOf(fault);
      }
    },
  };
}

/**
 * By the error names of the SES API reference, "SendRawEmail" and "Common errors". Only what is wrong with this mail is a
 * refusal; what is wrong with the account, its rights, its clock or its settings keeps every mail waiting until somebody
 * puts it right.
 */
function outcomeOf(fault: unknown): SendOutcome {
  const { name, code } = Object(fault) as { name?: string; code?: string };
  const detail = name ?? 'Unknown';
  const status = httpStatusOf(fault);
  // SES says the same of a mail that it finds harmful and of an account that may not send.
  const ofAccount = /not verified|paused|suspended|disabled/i.test(String(Object(fault).message));
  if (refusals.has(detail) && !ofAccount) return { kind: 'refused', detail };
  if (neverConnected.has(code ?? '')) return { kind: 'later', detail: code ?? detail };
  // Any other 4xx says that nothing was sent; without an answer, or with a 5xx, the mail may be on its way.
  return status !== null && status >= 400 && status < 500 ? { kind: 'later', detail } : { kind: 'unknown', detail };
}

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
