import { describe, expect, it } from 'vitest';
import type { StoredMail } from '../../../infra/local/outbox.ts';
import { type BounceCause, type SesEventKind, sesEvent } from '../../../infra/local/ses-event.ts';
import { doubledAndReversed, fateOf } from '../../../infra/local/ses-fate.ts';
import { readNotice } from '../../../shared/delivery/notice.ts';

const sentAt = Date.UTC(2026, 10, 23, 12);
const mailTo = (...destinations: string[]): StoredMail => ({
  messageId: '000001-ab',
  source: 'Watchword <news@watch.example>',
  destinations,
  tags: { issue: 'daily_2026-11-23', subscriber: 's-1' },
  configurationSet: 'watchword',
  receivedAt: sentAt,
  file: '/mail/1.eml',
});

/** The event within its envelope, known two seconds after the mail was taken. */
const eventOf = (kind: SesEventKind, cause?: BounceCause) =>
  JSON.parse(JSON.parse(sesEvent(kind, mailTo('ada@reader.example'), sentAt + 2_000, cause)).Message);

describe('what becomes of a mail', () => {
  it.each<[string, readonly SesEventKind[]]>([
    ['ada@reader.example', ['Send', 'Delivery']],
    ['success@simulator.amazonses.com', ['Send', 'Delivery']],
    ['bounce@simulator.amazonses.com', ['Send', 'Bounce']],
    ['Bounce+label@Reader.Example', ['Send', 'Bounce']],
    ['softbounce@reader.example', ['Send', 'Bounce']],
    ['complain@reader.example', ['Send', 'Delivery', 'Complaint']],
    ['complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
    ['slow@reader.example', ['Send', 'DeliveryDelay', 'Delivery']],
    ['suppressed@reader.example', ['Send', 'Bounce']],
    ['suppressionlist@simulator.amazonses.com', ['Send', 'Bounce']],
    ['reject@reader.example', ['Send', 'Reject']],
    ['ooto@reader.example', ['Send', 'Delivery', 'Bounce']],
    ['no.bounce@reader.example', ['Send', 'Delivery']],
    ['bounces@reader.example', ['Send', 'Delivery']],
    ['"bounce@"@reader.example', ['Send', 'Delivery']],
  ])('to %s: %j', (address, fate) => {
    expect(fateOf([address]).map(({ kind }) => kind)).toEqual(fate);
  });

  it('is known at once, but for what is slow: that arrives ten minutes later', () => {
    expect(fateOf(['slow@reader.example']).map(({ afterSeconds }) => afterSeconds)).toEqual([0, 0, 600]);
    expect(fateOf(['complain@reader.example']).every(({ afterSeconds }) => afterSeconds === 0)).toBe(true);
  });

  it.each([
    ['bounce', 'hard bounce'],
    ['suppressed', 'hard bounce'],
    ['softbounce', 'soft bounce'],
    ['ooto', 'soft bounce'],
  ])('78: a bounce of %s@ is read as: %s', (mailbox, read) => {
    const mail = mailTo(`${mailbox}@reader.example`);
    const told = fateOf(mail.destinations).find(({ kind }) => kind === 'Bounce');
    expect(readNotice(sesEvent('Bounce', mail, sentAt, told?.bounce))?.kind).toBe(read);
  });

  it('may come twice, and the last first (row 77)', () => {
    expect(doubledAndReversed(['Send', 'Delivery'])).toEqual(['Delivery', 'Delivery', 'Send', 'Send']);
  });
});

describe('an event', () => {
  it.each<[SesEventKind, string]>([
    ['Send', 'accepted'],
    ['Delivery', 'delivered'],
    ['DeliveryDelay', 'accepted'],
    ['Bounce', 'hard bounce'],
    ['Complaint', 'complaint'],
  ])('%s is read as: %s, with the ids and tags of its mail', (kind, read) => {
    expect(readNotice(sesEvent(kind, mailTo('ada@reader.example'), sentAt))).toMatchObject({
      kind: read,
      messageId: '000001-ab',
      issue: 'daily_2026-11-23',
      subscriber: 's-1',
    });
  });

  it('lies in an SNS envelope, and is the same bytes when it comes again', () => {
    const body = sesEvent('Bounce', mailTo('gone@reader.example'), sentAt + 2_000);
    expect(JSON.parse(body)).toMatchObject({ Type: 'Notification', Timestamp: '2026-11-23T12:00:02Z' });
    expect(sesEvent('Bounce', mailTo('gone@reader.example'), sentAt + 2_000)).toBe(body);
  });

  it('says of its mail who sent it, to whom, and its tags as lists, SES’s own among them', () => {
    expect(eventOf('Send').mail).toMatchObject({
      timestamp: '2026-11-23T12:00:00Z',
      messageId: '000001-ab',
      source: 'Watchword <news@watch.example>',
      destination: ['ada@reader.example'],
      tags: {
        issue: ['daily_2026-11-23'],
        subscriber: ['s-1'],
        'ses:configuration-set': ['watchword'],
        'ses:from-domain': ['watch.example'],
      },
    });
  });

  it.each<[SesEventKind, string, object]>([
    ['Send', 'send', {}],
    [
      'Delivery',
      'delivery',
      { timestamp: '2026-11-23T12:00:02Z', processingTimeMillis: 2_000, recipients: ['ada@reader.example'] },
    ],
    [
      'Bounce',
      'bounce',
      {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [{ emailAddress: 'ada@reader.example', action: 'failed', status: '5.1.1' }],
        timestamp: '2026-11-23T12:00:02Z',
      },
    ],
    [
      'Complaint',
      'complaint',
      { complainedRecipients: [{ emailAddress: 'ada@reader.example' }], complaintFeedbackType: 'abuse' },
    ],
    ['Reject', 'reject', { reason: 'Bad content' }],
    [
      'DeliveryDelay',
      'deliveryDelay',
      {
        delayType: 'TransientCommunicationFailure',
        expirationTime: '2026-11-24T02:00:00Z',
        delayedRecipients: [{ emailAddress: 'ada@reader.example', status: '4.4.1' }],
      },
    ],
    ['Rendering Failure', 'failure', { errorMessage: expect.any(String), templateName: expect.any(String) }],
  ])('%s has its detail under “%s”, and no other', (kind, name, detail) => {
    const event = eventOf(kind);
    expect(event.eventType).toBe(kind);
    expect(event[name]).toMatchObject(detail);
    expect(Object.keys(event)).toEqual(['eventType', 'mail', name]);
  });

  it.each<[BounceCause, string, string]>([
    ['no such mailbox', 'Permanent', 'General'],
    ['suppressed', 'Permanent', 'Suppressed'],
    ['mailbox full', 'Transient', 'MailboxFull'],
    ['automatic answer', 'Transient', 'General'],
  ])('names a bounce for “%s” %s, %s', (cause, bounceType, bounceSubType) => {
    expect(eventOf('Bounce', cause).bounce).toMatchObject({ bounceType, bounceSubType });
  });
});
