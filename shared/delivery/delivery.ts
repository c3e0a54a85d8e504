/**
 * What became of one issue on its way to one subscriber. The mailer knows no "do this once", so a send whose answer was
 * lost is a state of its own: it is settled by a notice, or tried again after a wait, and never blindly.
 *
 * ```
 * QUEUED ─claim→ SENDING ─answer→ SENT | DROPPED(cause) | QUEUED (not now)
 *                   │                  └─rejected by the mailer→ DROPPED
 *                   └─no answer, or its worker died→ UNKNOWN ─notice→ SENT
 *                                                       └─15 min, at most 3 attempts→ SENDING
 * ```
 */
import { assert, unreachable } from '../assert.ts';
import { limits } from '../limits.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../time.ts';

export interface Delivery {
  /** `idOf('delivery', issue, subscriber)` */
  readonly id: string;
  readonly issue: string;
  readonly subscriber: string;
  readonly state: 'QUEUED' | 'SENDING' | 'UNKNOWN' | 'SENT' | 'DROPPED';
  /** How often a send was begun. */
  readonly attempt: number;
  /** Who sends, while SENDING. */
  readonly owner: string | null;
  readonly leaseUntil: Instant | null;
  /** When the state was entered. */
  readonly since: Instant;
  /** The mailer's name for the mail, once it told us. */
  readonly messageId: string | null;
  /** Why it was dropped, or what the mailer last said. */
  readonly cause: string | null;
  /** Rises by one with each move. */
  readonly rev: number;
}

/** What the mailer answered, as far as a delivery cares. */
export type SendResult =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'refused'; readonly why?: 'sandbox' | 'suppressed'; readonly detail: string }
  | { readonly kind: 'later'; readonly why?: 'rate' | 'quota'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string };

export type Step =
  /** Store `delivery` if nobody moved it meanwhile, then send. */
  { readonly kind: 'send'; readonly delivery: Delivery } | Rest;

/** Nothing to send at this moment. */
export type Rest =
  /** Store `delivery` when it differs; come back at `until`. */
  | { readonly kind: 'wait'; readonly delivery: Delivery; readonly until: Instant }
  /** Nothing is left to do but to store `delivery` when it differs. */
  | { readonly kind: 'end'; readonly delivery: Delivery };

export function queued(id: string, issue: string, subscriber: string, now: Instant): Delivery {
  return {
    id,
    issue,
    subscriber,
    state: 'QUEUED',
    attempt: 0,
    owner: null,
    leaseUntil: null,
    since: now,
    messageId: null,
    cause: null,
    rev: 0,
  };
}

/** What a worker that holds this delivery in its hands may do with it now. */
export function nextStep(delivery: Delivery, owner: string, now: Instant): Step {
  switch (delivery.state) {
    case 'SENT':
    case 'DROPPED':
      return { kind: 'end', delivery };
    case 'QUEUED':
      return { kind: 'send', delivery: claim(delivery, owner, now) };
    case 'SENDING': {
      assert(delivery.leaseUntil !== null, 'a delivery that is being sent has a lease');
      if (now < delivery.leaseUntil) return { kind: 'wait', delivery, until: delivery.leaseUntil };
      // Its worker died, maybe after the mailer took the mail.
      const unknown = moved(delivery, 'UNKNOWN', now, { cause: 'the worker stopped while sending' });
      return { kind: 'wait', delivery: unknown, until: now + limits.unknownWaitMinutes * MINUTE };
    }
    case 'UNKNOWN': {
      const until = delivery.since + limits.unknownWaitMinutes * MINUTE;
      if (now < until) return { kind: 'wait', delivery, until };
      if (delivery.attempt < limits.sendAttemptsMax) return { kind: 'send', delivery: claim(delivery, owner, now) };
      return { kind: 'end', delivery: drop(delivery, 'unconfirmed', now) };
    }
    default:
      return unreachable(delivery.state);
  }
}

/** After the mailer's answer to the attempt that `delivery` (SENDING) began. */
export function afterSend(delivery: Delivery, result: SendResult, now: Instant): Rest {
  assert(delivery.state === 'SENDING', 'an answer belongs to a delivery that is being sent');
  switch (result.kind) {
    case 'sent':
      return { kind: 'end', delivery: moved(delivery, 'SENT', now, { messageId: result.messageId, cause: null }) };
    case 'refused':
      return { kind: 'end', delivery: drop(delivery, refusal(result), now) };
    case 'later': {
      // Nothing was sent, so the attempt does not count.
      const back = moved(delivery, 'QUEUED', now, { attempt: delivery.attempt - 1, cause: result.detail });
      return { kind: 'wait', delivery: back, until: laterThan(now, result.why) };
    }
    case 'unknown': {
      const unknown = moved(delivery, 'UNKNOWN', now, { cause: result.detail });
      return { kind: 'wait', delivery: unknown, until: now + limits.unknownWaitMinutes * MINUTE };
    }
    default:
      return unreachable(result);
  }
}

/** A notice that carries this delivery's tag is evidence that the mailer took the mail. A dropped one stays dropped. */
export function afterNotice(delivery: Delivery, messageId: string, now: Instant): Delivery {
  if (delivery.state === 'SENT' || delivery.state === 'DROPPED') return delivery;
  return moved(delivery, 'SENT', now, { messageId, cause: null });
}

/**
 * The mailer took the mail, looked into it and would not carry it on: it is known as sent, and was not. Nothing follows from
 * a rejection of another attempt's mail.
 */
export function afterReject(delivery: Delivery, messageId: string, now: Instant): Delivery {
  const ofAnother = delivery.messageId !== null && delivery.messageId !== messageId;
  if (delivery.state === 'DROPPED' || ofAnother) return delivery;
  return moved(delivery, 'DROPPED', now, { messageId, cause: 'rejected' });
}

/** For one that must not be mailed (any more). */
export function drop(delivery: Delivery, cause: string, now: Instant): Delivery {
  return moved(delivery, 'DROPPED', now, { cause });
}

/** When to ask a mailer again that said "not now". */
export function laterThan(now: Instant, why: 'rate' | 'quota' | undefined): Instant {
  switch (why) {
    case 'rate':
      return now + limits.sendThrottledSeconds * SECOND;
    case 'quota':
      return now + limits.sendQuotaHours * HOUR;
    case undefined:
      return now + limits.sendLaterSeconds * SECOND;
    default:
      return unreachable(why);
  }
}

function refusal({ why, detail }: Extract<SendResult, { kind: 'refused' }>): string {
  switch (why) {
    case 'sandbox':
      return 'sandbox: the mailer writes to verified addresses only';
    case 'suppressed':
      return 'suppressed by the mailer';
    case undefined:
      return `refused: ${detail}`;
    default:
      return unreachable(why);
  }
}

function claim(delivery: Delivery, owner: string, now: Instant): Delivery {
  return {
    ...moved(delivery, 'SENDING', now, { attempt: delivery.attempt + 1, cause: null }),
    owner,
    leaseUntil: now + limits.leaseSeconds * SECOND,
  };
}

function moved(
  delivery: Delivery,
  state: Delivery['state'],
  now: Instant,
  change: Partial<Pick<Delivery, 'attempt' | 'messageId' | 'cause'>>,
): Delivery {
  return { ...delivery, ...change, state, since: now, owner: null, leaseUntil: null, rev: delivery.rev + 1 };
}
