/**
 * What SES tells of a mail: the events that its configuration set publishes to SNS, as a queue carries them. Shapes:
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */

import { unreachable } from '../../shared/assert.ts';
import { idOf } from '../../shared/id.ts';
import { type Instant, iso } from '../../shared/time.ts';
import type { StoredMail } from './outbox.ts';

export type SesEventKind = 'Send' | 'Delivery' | 'Bounce' | 'Complaint';

/**
 * What becomes of a mail, in the order in which SES would tell it. Recipients at SES's simulator domain behave as its
 * guide says: `bounce@` bounces for good, `complaint@` is delivered and complained about, all others are delivered.
 */
export function fateOf(mail: StoredMail): readonly SesEventKind[] {
  const simulated = mail.destinations.map((address) =>
    /^(bounce|complaint)(\+.*)?@simulator\.amazonses\.com$/i.exec(address)?.[1]?.toLowerCase(),
  );
  if (simulated.includes('bounce')) return ['Send', 'Bounce'];
  if (simulated.includes('complaint')) return ['Send', 'Delivery', 'Complaint'];
  return ['Send', 'Delivery'];
}

/**
 * The body of the queue's message: an SNS envelope around one event.
 *
 * @param at when it became known
 */
export function sesEvent(kind: SesEventKind, mail: StoredMail, at: Instant): string {
  const message = { eventType: kind, mail: mailOf(mail), [kind.toLowerCase()]: detailOf(kind, mail, at) };
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
    messageId: mail.messageId,
    source: mail.source,
    sendingAccountId: '000000000000',
    destination: mail.destinations,
    tags: {
      ...(mail.configurationSet !== null && { 'ses:configuration-set': [mail.configurationSet] }),
      ...Object.fromEntries(tags),
    },
  };
}

function detailOf(kind: SesEventKind, mail: StoredMail, at: Instant): object {
  const recipients = mail.destinations.map((emailAddress) => ({ emailAddress }));
  const timestamp = iso(at);
  const feedbackId = idOf('feedback', kind, mail.messageId);
  switch (kind) {
    case 'Send':
      return {};
    case 'Delivery':
      return {
        timestamp,
        processingTimeMillis: at - mail.receivedAt,
        recipients: mail.destinations,
        smtpResponse: '250 2.6.0 Message received',
        reportingMTA: 'local',
      };
    case 'Bounce': {
      const why = { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };
      return {
        timestamp,
        feedbackId,
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: recipients.map((recipient) => ({ ...recipient, ...why })),
      };
    }
    case 'Complaint':
      return { timestamp, feedbackId, complainedRecipients: recipients, complaintFeedbackType: 'abuse' };
    default:
      return unreachable(kind);
  }
}
