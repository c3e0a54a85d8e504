/** What SES tells of a mail: an event in an SNS envelope in a queue's message. Evidence, late, doubled and out of order. */

export interface Notice {
  readonly kind: 'accepted' | 'hard bounce' | 'soft bounce' | 'complaint' | 'other';
  readonly messageId: string;
  /** From the tags that we put on the mail; null when it is not one of ours. */
  readonly issue: string | null;
  readonly subscriber: string | null;
}

/** @returns null for what is no SES event at all: such a message is not understood, and must not be dropped silently */
export function readNotice(body: string): Notice | null {
  const event = eventOf(body);
  const mail = record(event?.mail);
  const messageId = mail?.messageId;
  if (event === null || mail === null || typeof messageId !== 'string') return null;
  const tags = record(mail.tags);
  return { kind: kindOf(event), messageId, issue: tag(tags, 'issue'), subscriber: tag(tags, 'subscriber') };
}

function kindOf(event: Readonly<Record<string, unknown>>): Notice['kind'] {
  switch (event.eventType) {
    case 'Send':
    case 'Delivery':
    case 'DeliveryDelay':
      return 'accepted';
    case 'Bounce':
      return record(event.bounce)?.bounceType === 'Permanent' ? 'hard bounce' : 'soft bounce';
    case 'Complaint':
      return 'complaint';
    default:
      return 'other';
  }
}

/** With or without the SNS envelope: raw message delivery leaves it out. */
function eventOf(body: string): Readonly<Record<string, unknown>> | null {
  const outer = parsed(body);
  const message = outer?.Message;
  return typeof message === 'string' ? parsed(message) : outer;
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return record(JSON.parse(text));
  } catch {
    return null;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}

function tag(tags: Readonly<Record<string, unknown>> | null, name: string): string | null {
  const values = tags?.[name];
  const value = Array.isArray(values) ? values[0] : undefined;
  return typeof value === 'string' ? value : null;
}
