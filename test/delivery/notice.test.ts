import { describe, expect, it } from 'vitest';
import { readNotice } from '../../shared/delivery/notice.ts';

const event = (eventType: string, more: object = {}) => ({
  eventType,
  mail: { messageId: 'm1', tags: { issue: ['i1'], subscriber: ['s1'], 'ses:from-domain': ['example.org'] } },
  ...more,
});
const enveloped = (inner: object) => JSON.stringify({ Type: 'Notification', Message: JSON.stringify(inner) });

describe('a notice', () => {
  it.each([
    ['Send', {}, 'accepted'],
    ['Delivery', {}, 'accepted'],
    ['DeliveryDelay', {}, 'accepted'],
    ['Bounce', { bounce: { bounceType: 'Permanent' } }, 'hard bounce'],
    ['Bounce', { bounce: { bounceType: 'Transient' } }, 'soft bounce'],
    ['Bounce', {}, 'soft bounce'],
    ['Complaint', {}, 'complaint'],
    ['Rendering Failure', {}, 'other'],
  ])('%s %j is: %s', (type, more, kind) => {
    const expected = { kind, messageId: 'm1', issue: 'i1', subscriber: 's1' };
    expect(readNotice(enveloped(event(type, more)))).toEqual(expected);
    expect(readNotice(JSON.stringify(event(type, more)))).toEqual(expected);
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
