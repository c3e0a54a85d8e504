/** What SES tells of a mail: an event in an SNS envelope in a queue's message. Evidence, late, doubled and out of order. */
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';

export interface Notice {
  readonly kind: NoticeKind;
  readonly messageId: string;
  /** When it came to pass, by the mailer's clock; null when it does not say. */
  readonly at: Instant | null;
  /** Whom the mail was for; empty when it does not say. */
  readonly to: readonly string[];
  readonly configurationSet: string | null;
  /** From the tags that we put on the mail; null when it is not one of ours, or not one of that kind. */
  readonly issue: string | null;
  readonly letter: string | null;
  readonly subscriber: string | null;
}

export type NoticeKind =
  /** The mailer has it, whatever becomes of it. */
  | 'accepted'
  | 'delivered'
  /** There is no such mailbox, or the mailer itself has it on its list of those. */
  | 'hard bounce'
  /** Not this time: full, away, unreachable. */
  | 'soft bounce'
  | 'complaint'
  /** The mailer took it and would not send it. */
  | 'rejected'
  | 'other';

/** @returns null for what is no SES event at all: such a message is not understood, and must not be dropped silently */
export function readNotice(body: string): Notice | null {
  if (body.length > limits.noticeCharsMax) return null;
  const event = eventOf(body);
  const mail = record(event?.mail);
  const messageId = mail?.messageId;
  if (event === null || mail === null || typeof messageId !== 'string') return null;
  const tags = record(mail.tags);
  return {
    kind: kindOf(event),
    messageId,
    at: instantOf(event, mail),
    to: Array.isArray(mail.destination) ? mail.destination.filter((each) => typeof each === 'string') : [],
    configurationSet: tag(tags, 'ses:configuration-set'),
    issue: tag(tags, 'issue'),
    letter: tag(tags, 'letter'),
    subscriber: tag(tags, 'subscriber'),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function kindOf(event: Fields): NoticeKind {
  switch (event.eventType) {
    case 'Send':
    case 'DeliveryDelay':
      return 'accepted';
    case 'Delivery':
      return 'delivered';
    case 'Bounce':
      return isForGood(record(event.bounce)) ? 'hard bounce' : 'soft bounce';
    case 'Complaint':
      // Some mailboxes have a button that says the contrary.
      return record(event.complaint)?.complaintFeedbackType === 'not-spam' ? 'accepted' : 'complaint';
    case 'Reject':
    case 'Rendering Failure':
      return 'rejected';
    default:
      return 'other';
  }
}

/** RFC 3463, section 3.5: 5.4.x is about the way to a mailbox, such as a name that does not resolve; it may come back. */
function isForGood(bounce: Fields | null): boolean {
  if (bounce?.bounceType !== 'Permanent') return false;
  const recipients = Array.isArray(bounce.bouncedRecipients) ? bounce.bouncedRecipients : [];
  const ofTheWay = (each: unknown) => /^5\.4\./.test(String(record(each)?.status));
  return recipients.length === 0 || !recipients.every(ofTheWay);
}

function instantOf(event: Fields, mail: Fields): Instant | null {
  const details = [event.bounce, event.complaint, event.delivery, event.deliveryDelay, mail].map(record);
  const stamp = details.find((detail) => typeof detail?.timestamp === 'string')?.timestamp;
  const at = Date.parse(String(stamp));
  return Number.isNaN(at) ? null : at;
}

/** With or without the SNS envelope: raw message delivery leaves it out. */
function eventOf(body: string): Fields | null {
  const outer = parsed(body);
  const message = outer?.Message;
  return typeof message === 'string' ? parsed(message) : outer;
}

function parsed(text: string): Fields | null {
  try {
    return record(JSON.parse(text));
  } catch {
    return null;
  }
}

function record(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function tag(tags: Fields | null, name: string): string | null {
  const values = tags?.[name];
  const value = Array.isArray(values) ? values[0] : undefined;
  return typeof value === 'string' ? value : null;
}
