import { describe, expect, it } from 'vitest';
import { functions } from '../../infra/topology.ts';
import { afterNotice, afterSend, type Delivery, drop, nextStep, queued } from '../../shared/delivery/delivery.ts';
import { limits } from '../../shared/limits.ts';
import { MINUTE, SECOND } from '../../shared/time.ts';

const t0 = Date.UTC(2026, 10, 23, 7);
const lease = limits.leaseSeconds * SECOND;
const fresh = queued('d', 'i', 's', t0);

function sending(attempt = 1, at = t0): Delivery {
  const step = nextStep({ ...fresh, attempt: attempt - 1 }, 'worker', at);
  if (step.kind !== 'send') throw new Error('a queued delivery is sent');
  return step.delivery;
}
const unknown = (attempt = 1) => afterSend(sending(attempt), { kind: 'unknown', detail: 'timeout' }, t0).delivery;

describe('a delivery', () => {
  it('95: has a lease longer than its function runs, with clocks that differ by five minutes', () => {
    expect(lease).toBeGreaterThanOrEqual(functions.deliver.timeoutSeconds * SECOND + 5 * MINUTE);
  });

  it('is claimed with an owner and a lease before it is sent', () => {
    expect(sending()).toMatchObject({
      state: 'SENDING',
      owner: 'worker',
      attempt: 1,
      leaseUntil: t0 + lease,
      rev: 1,
    });
  });

  it('ends SENT with the name that the mailer gave it', () => {
    const step = afterSend(sending(), { kind: 'sent', messageId: 'm1' }, t0);
    expect(step).toMatchObject({ kind: 'end', delivery: { state: 'SENT', messageId: 'm1', owner: null } });
    expect(nextStep(step.delivery, 'other', t0 + MINUTE)).toEqual({ kind: 'end', delivery: step.delivery });
  });

  it('ends DROPPED with its cause when it is refused', () => {
    const step = afterSend(sending(), { kind: 'refused', detail: 'MessageRejected' }, t0);
    expect(step.delivery).toMatchObject({ state: 'DROPPED', cause: 'refused: MessageRejected' });
  });

  it('89: waits when the mailer says not now, and that is no attempt', () => {
    const step = afterSend(sending(), { kind: 'later', detail: 'Throttling' }, t0);
    expect(step).toMatchObject({ kind: 'wait', until: t0 + MINUTE, delivery: { state: 'QUEUED', attempt: 0 } });
  });

  it('90: is left alone while another worker has its lease', () => {
    const step = nextStep(sending(), 'other', t0 + lease - SECOND);
    expect(step).toEqual({ kind: 'wait', delivery: sending(), until: t0 + lease });
  });

  it('88: of unknown fate is tried again only after 15 minutes without a notice', () => {
    expect(nextStep(unknown(), 'w', t0 + 14 * MINUTE)).toMatchObject({ kind: 'wait', until: t0 + 15 * MINUTE });
    expect(nextStep(unknown(), 'w', t0 + 15 * MINUTE)).toMatchObject({ kind: 'send', delivery: { attempt: 2 } });
  });

  it('whose worker died is of unknown fate from when that is seen', () => {
    const step = nextStep(sending(), 'other', t0 + lease + SECOND);
    expect(step).toMatchObject({ kind: 'wait', delivery: { state: 'UNKNOWN', attempt: 1 } });
    expect(step.kind === 'wait' && step.until).toBe(t0 + lease + SECOND + 15 * MINUTE);
  });

  it('is dropped as unconfirmed after three attempts', () => {
    expect(nextStep(unknown(3), 'w', t0 + 15 * MINUTE)).toMatchObject({
      kind: 'end',
      delivery: { state: 'DROPPED', cause: 'unconfirmed', attempt: 3 },
    });
  });

  it('77: is settled by a notice, and nothing moves it after its end', () => {
    const sent = afterNotice(unknown(), 'm9', t0 + MINUTE);
    expect(sent).toMatchObject({ state: 'SENT', messageId: 'm9' });
    expect(afterNotice(sent, 'm10', t0 + MINUTE)).toBe(sent);
    const dropped = drop(fresh, 'unsubscribed', t0);
    expect(afterNotice(dropped, 'm10', t0)).toBe(dropped);
  });

  it('counts every move, so that two workers cannot both make one', () => {
    const revs = [fresh, sending(), unknown(), afterNotice(unknown(), 'm', t0)].map(({ rev }) => rev);
    expect(revs).toEqual([0, 1, 2, 3]);
  });
});
