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

/** By the error names of the SES API reference, "SendRawEmail" and "Common errors". */
function outcomeOf(fault: unknown): SendOutcome {
  const name = fault instanceof Error ? fault.name : 'Unknown';
  const status = httpStatusOf(fault);
  if (laterNames.has(name)) return { kind: 'later', detail: name };
  // Any other 4xx is a definite no; without an answer, or with a 5xx, the mail may be on its way.
  if (status !== null && status >= 400 && status < 500) return { kind: 'refused', detail: name };
  return { kind: 'unknown', detail: name };
}

const laterNames = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'LimitExceededException',
  'AccountSendingPausedException',
  'ConfigurationSetSendingPausedException',
]);

function httpStatusOf(fault: unknown): number | null {
  if (typeof fault !== 'object' || fault === null || !('$metadata' in fault)) return null;
  const metadata = fault.$metadata as { httpStatusCode?: number };
  return metadata.httpStatusCode ?? null;
}
