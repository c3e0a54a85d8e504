import { describe, expect, it } from 'vitest';
import { readNotice } from '../../shared/delivery/notice.ts';

const bounceOf = (bounceType: string, status: string) => ({
  bounce: { bounceType, bouncedRecipients: [{ emailAddress: 'ann@reader.example', status }] },
});
const event = (eventType: string, more: object = {}) => ({
  eventType,
  mail: { messageId: 'm1', tags: { issue: ['i1'], subscriber: ['s1'], 'ses:configuration-set': ['ours'] } },
  ...more,
});
const enveloped = (inner: object) => JSON.stringify({ Type: 'Notification', Message: JSON.stringify(inner) });

describe('a notice', () => {
  it.each([
    ['Send', {}, 'accepted'],
    ['Delivery', {}, 'delivered'],
    ['DeliveryDelay', {}, 'accepted'],
    ['Bounce', { bounce: { bounceType: 'Permanent' } }, 'hard bounce'],
    ['Bounce', { bounce: { bounceType: 'Transient' } }, 'soft bounce'],
    ['Bounce', {}, 'soft bounce'],
    ['Bounce', bounceOf('Permanent', '5.1.1'), 'hard bounce'],
    ['Bounce', bounceOf('Permanent', '5.4.4'), 'soft bounce'],
    ['Bounce', bounceOf('Undetermined', '5.1.1'), 'soft bounce'],
    ['Complaint', {}, 'complaint'],
    ['Complaint', { complaint: { complaintFeedbackType: 'abuse' } }, 'complaint'],
    ['Complaint', { complaint: { complaintFeedbackType: 'not-spam' } }, 'accepted'],
    ['Reject', { reject: { reason: 'Bad content' } }, 'rejected'],
    ['Rendering Failure', {}, 'rejected'],
    ['Click', {}, 'other'],
  ])('%s %j is: %s', (type, more, kind) => {
    const expected = { kind, messageId: 'm1', issue: 'i1', letter: null, subscriber: 's1', configurationSet: 'ours' };
    expect(readNotice(enveloped(event(type, more)))).toMatchObject(expected);
    expect(readNotice(JSON.stringify(event(type, more)))).toMatchObject(expected);
  });

  it('says when it came to pass, and whom the mail was for, where the mailer says so', () => {
    const sent = event('Send');
    expect(readNotice(JSON.stringify(sent))).toMatchObject({ at: null, to: [] });
    const mail = { ...sent.mail, timestamp: '2026-11-23T09:00:00.000Z', destination: ['ann@reader.example'] };
    const at = Date.UTC(2026, 10, 23, 9);
    expect(readNotice(JSON.stringify({ ...sent, mail }))).toMatchObject({ at, to: ['ann@reader.example'] });
    const bounce = { bounceType: 'Transient', timestamp: '2026-11-23T10:00:00.000Z' };
    expect(readNotice(JSON.stringify({ ...sent, eventType: 'Bounce', mail, bounce }))).toMatchObject({
      at: at + 3_600_000,
    });
  });

  it('80: is not made of more than a queue carries', () => {
    expect(readNotice(JSON.stringify({ ...event('Send'), more: 'x'.repeat(262_144) }))).toBeNull();
  });

  it('79: of a foreign mail names no issue', () => {
    expect(readNotice(JSON.stringify({ eventType: 'Send', mail: { messageId: 'x' } }))).toMatchObject({ issue: null });
  });

  it.each(['', 'text', '{}', '[]', 'null', '{"Message":"{"}', '{"Message":"{}"}', '{"mail":{}}'])(
    '80: is not made of %s',
    (body) => {
      expect(readNotice(body)).toBeNull();
    },
  );
});
