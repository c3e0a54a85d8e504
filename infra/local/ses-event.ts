/**
 * What SES tells of a mail: the events that its configuration set publishes to SNS, as a queue carries them. Shapes:
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */

import { unreachable } from '../../shared/assert.ts';
import { idOf } from '../../shared/id.ts';
import { HOUR, type Instant, iso } from '../../shared/time.ts';
import type { StoredMail } from './outbox.ts';

/** Without opens, clicks and subscriptions: Watchword follows nobody. */
export type SesEventKind =
  | 'Send'
  | 'Delivery'
  | 'Bounce'
  | 'Complaint'
  | 'Reject'
  | 'DeliveryDelay'
  | 'Rendering Failure';

export type BounceCause = 'no such mailbox' | 'mailbox full' | 'suppressed' | 'automatic answer';

/**
 * The body of the queue's message: an SNS envelope around one event. The same event twice is the same bytes.
 *
 * @param at when it became known
 * @param cause of a bounce
 */
export function sesEvent(
  kind: SesEventKind,
  mail: StoredMail,
  at: Instant,
  cause: BounceCause = 'no such mailbox',
): string {
  const message = { eventType: kind, mail: mailOf(mail), ...detailOf(kind, mail, at, cause) };
  return JSON.stringify({
    Type: 'Notification',
    MessageId: idOf('notice', kind, mail.messageId),
    TopicArn: 'arn:aws:sns:local:000000000000:notices',
    Subject: 'Amazon SES Email Event Notification',
    Message: JSON.stringify(message),
    Timestamp: iso(at),
  });
}

function mailOf(mail: StoredMail) {
  const tags = Object.entries(mail.tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp: iso(mail.receivedAt),
    source: mail.source,
    sourceArn: `arn:aws:ses:local:000000000000:identity/${domainOf(mail.source)}`,
    sendingAccountId: '000000000000',
    messageId: mail.messageId,
    destination: mail.destinations,
    // SES lists the headers too, unless they are long; nothing here reads them, so they count as long.
    headersTruncated: true,
    headers: [],
    commonHeaders: { from: [mail.source], to: mail.destinations, messageId: mail.messageId },
    tags: {
      ...(mail.configurationSet !== null && { 'ses:configuration-set': [mail.configurationSet] }),
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [domainOf(mail.source)],
      'ses:caller-identity': ['local'],
      ...Object.fromEntries(tags),
    },
  };
}

/** The detail, under the name that SES gives it. */
function detailOf(kind: SesEventKind, mail: StoredMail, at: Instant, cause: BounceCause): object {
  const recipients = mail.destinations.map((emailAddress) => ({ emailAddress }));
  const timestamp = iso(at);
  const feedbackId = idOf('feedback', kind, mail.messageId);
  switch (kind) {
    case 'Send':
      return { send: {} };
    case 'Delivery': {
      const smtpResponse = '250 2.6.0 Message received';
      const processingTimeMillis = at - mail.receivedAt;
      return {
        delivery: { timestamp, processingTimeMillis, recipients: mail.destinations, smtpResponse, reportingMTA },
      };
    }
    case 'Bounce': {
      const { type, subType, detail } = bounces[cause];
      const bouncedRecipients = recipients.map((recipient) => ({ ...recipient, ...detail }));
      return {
        bounce: {
          feedbackId,
          bounceType: type,
          bounceSubType: subType,
          bouncedRecipients,
          timestamp,
          reportingMTA: `dsn; ${reportingMTA}`,
        },
      };
    }
    case 'Complaint': {
      const told = { timestamp, feedbackId, complainedRecipients: recipients, complaintSubType: null };
      return { complaint: { ...told, userAgent: 'local', complaintFeedbackType: 'abuse', arrivalDate: timestamp } };
    }
    case 'Reject':
      return { reject: { reason: 'Bad content' } };
    case 'DeliveryDelay': {
      const why = { status: '4.4.1', diagnosticCode: 'smtp; 421 4.4.1 Unable to connect to remote host' };
      return {
        deliveryDelay: {
          timestamp,
          delayType: 'TransientCommunicationFailure',
          expirationTime: iso(mail.receivedAt + triedHours * HOUR),
          delayedRecipients: recipients.map((recipient) => ({ ...recipient, ...why })),
          reportingMTA,
        },
      };
    }
    case 'Rendering Failure':
      return {
        failure: { errorMessage: "Attribute 'name' is not present in the rendering data.", templateName: 'local' },
      };
    default:
      return unreachable(kind);
  }
}

/** SES's words; 'automatic answer' is what its simulator makes of an absence note. */
const bounces: Readonly<
  Record<BounceCause, { readonly type: string; readonly subType: string; readonly detail: object }>
> = {
  'no such mailbox': { type: 'Permanent', subType: 'General', detail: failed('5.1.1', '550 5.1.1 user unknown') },
  suppressed: {
    type: 'Permanent',
    subType: 'Suppressed',
    detail: failed('5.1.1', '550 5.1.1 the address is on the suppression list'),
  },
  'mailbox full': { type: 'Transient', subType: 'MailboxFull', detail: failed('4.2.2', '452 4.2.2 mailbox full') },
  'automatic answer': { type: 'Transient', subType: 'General', detail: {} },
};

function failed(status: string, answer: string): object {
  return { action: 'failed', status, diagnosticCode: `smtp; ${answer}` };
}

const reportingMTA = 'local.smtp-out.amazonses.com';

/** SES tries for so long to hand a mail over. */
const triedHours = 14;

function domainOf(source: string): string {
  return /@([^@>\s]+)>?\s*$/.exec(source)?.[1] ?? '';
}
