import { describe, expect, it } from 'vitest';
import type { StoredMail } from '../../../infra/local/outbox.ts';
import { fateOf, type SesEventKind, sesEvent } from '../../../infra/local/ses-event.ts';
import { readNotice } from '../../../shared/delivery/notice.ts';

const sentAt = Date.UTC(2026, 10, 23, 12);
const mailTo = (...destinations: string[]): StoredMail => ({
  messageId: '000001-ab',
  source: 'news@watch.example',
  destinations,
  tags: { issue: 'daily_2026-11-23', subscriber: 's-1' },
  configurationSet: 'watchword',
  receivedAt: sentAt,
  file: '/mail/1.eml',
});

describe('what becomes of a mail', () => {
  it.each<[string, readonly SesEventKind[]]>([
    ['ada@reader.example', ['Send', 'Delivery']],
    ['success@simulator.amazonses.com', ['Send', 'Delivery']],
    ['bounce@simulator.amazonses.com', ['Send', 'Bounce']],
    ['Bounce+label@Simulator.AmazonSES.com', ['Send', 'Bounce']],
    ['complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
    ['bounce@reader.example', ['Send', 'Delivery']],
    ['bounce@simulator.amazonses.com.reader.example', ['Send', 'Delivery']],
  ])('to %s: %j', (address, fate) => {
    expect(fateOf(mailTo(address))).toEqual(fate);
  });
});

it.each<[SesEventKind, string]>([
  ['Send', 'accepted'],
  ['Delivery', 'delivered'],
  ['Bounce', 'hard bounce'],
  ['Complaint', 'complaint'],
])('%s is read as: %s, with the ids and tags of its mail', (kind, read) => {
  expect(readNotice(sesEvent(kind, mailTo('ada@reader.example'), sentAt + 2_000))).toMatchObject({
    kind: read,
    messageId: '000001-ab',
    issue: 'daily_2026-11-23',
    subscriber: 's-1',
  });
});

it('an event lies in an SNS envelope, its tags in lists, its detail under its own name', () => {
  const envelope = JSON.parse(sesEvent('Bounce', mailTo('gone@reader.example'), sentAt + 2_000));
  expect(envelope).toMatchObject({ Type: 'Notification', Timestamp: '2026-11-23T12:00:02Z' });
  expect(JSON.parse(envelope.Message)).toMatchObject({
    eventType: 'Bounce',
    mail: {
      timestamp: '2026-11-23T12:00:00Z',
      source: 'news@watch.example',
      destination: ['gone@reader.example'],
      tags: { 'ses:configuration-set': ['watchword'], issue: ['daily_2026-11-23'] },
    },
    bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'gone@reader.example' }] },
  });
});
