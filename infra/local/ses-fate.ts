/**
 * What becomes of a mail that is kept here: told by the name of its mailbox, as SES's mailbox simulator does it.
 * https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
import type { BounceCause, SesEventKind } from './ses-event.ts';

/** One event, and how long after the mail was taken SES would know of it. */
export interface Foretold {
  readonly kind: SesEventKind;
  readonly afterSeconds: number;
  /** Of bounces only. */
  readonly bounce?: BounceCause;
}

const send: Foretold = { kind: 'Send', afterSeconds: 0 };
const delivery: Foretold = { kind: 'Delivery', afterSeconds: 0 };
const bounce = (cause: BounceCause): Foretold => ({ kind: 'Bounce', afterSeconds: 0, bounce: cause });

/** By the part before the `@`, at any domain: nobody is mailed from here. Also under the names that SES gives them. */
const fates: ReadonlyMap<string, readonly Foretold[]> = new Map([
  ['bounce', [send, bounce('no such mailbox')]],
  ['softbounce', [send, bounce('mailbox full')]],
  ['complain', [send, delivery, { kind: 'Complaint', afterSeconds: 0 }]],
  ['complaint', [send, delivery, { kind: 'Complaint', afterSeconds: 0 }]],
  // Ten minutes: sooner than a send whose fate is unknown is tried again, and within what a queue can hold back.
  ['slow', [send, { kind: 'DeliveryDelay', afterSeconds: 0 }, { kind: 'Delivery', afterSeconds: 600 }]],
  ['suppressed', [send, bounce('suppressed')]],
  ['suppressionlist', [send, bounce('suppressed')]],
  ['reject', [send, { kind: 'Reject', afterSeconds: 0 }]],
  ['ooto', [send, delivery, bounce('automatic answer')]],
]);

/**
 * In the order in which SES would tell it. `bounce+label@` is as `bounce@`, whatever the case.
 *
 * @param destinations of the mail; the first that has a fate of its own decides
 */
export function fateOf(destinations: readonly string[]): readonly Foretold[] {
  for (const address of destinations) {
    const [, mailbox = ''] = /^([^@+]+)(?:\+[^@]*)?@[^@]+$/.exec(address) ?? [];
    const fate = fates.get(mailbox.toLowerCase());
    if (fate !== undefined) return fate;
  }
  return [send, delivery];
}

/** What queues may make of events: each twice, and the last first. */
export function doubledAndReversed<T>(events: readonly T[]): readonly T[] {
  return events.flatMap((event) => [event, event]).toReversed();
}
