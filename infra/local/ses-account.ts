/**
 * What SES lets an account send, and how it says no. Its quotas count recipients, over one second and over 24 hours:
 * https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
 */
import { limits } from '../../shared/limits.ts';
import { DAY, type Instant, SECOND } from '../../shared/time.ts';
import type { Envelope } from './outbox.ts';

export interface Refusal {
  /** Of SES: `MessageRejected`, `Throttling`, … */
  readonly code: string;
  readonly message: string;
}

export interface SesAccountOptions {
  /** Addresses and domains that may send; everyone when left out. */
  readonly verified?: readonly string[];
  /** As each account begins: it mails only who is verified, and little. */
  readonly sandbox?: true;
  /** Recipients; as many as come when left out, in the sandbox its own. */
  readonly sendsPerSecondMax?: number;
  readonly sendsPerDayMax?: number;
}

/**
 * Asked before each mail; null lets it pass, and counts it.
 *
 * @returns a question that remembers what it let pass
 */
export function sesAccount(options: SesAccountOptions): (envelope: Envelope, now: Instant) => Refusal | null {
  const { sandbox = false } = options;
  const verified = options.verified ?? (sandbox ? [] : null);
  const perSecond = options.sendsPerSecondMax ?? (sandbox ? limits.sandboxSendsPerSecondMax : Infinity);
  const perDay = options.sendsPerDayMax ?? (sandbox ? limits.sandboxSendsPerDayMax : Infinity);
  const isUnknown = (address: string) => verified?.some((identity) => covers(identity, address)) === false;
  /** When each recipient was let pass, oldest first, of a day at most. */
  let passed: Instant[] = [];

  return ({ source, destinations }, now) => {
    // The mailbox simulator takes mail of every account, and its mail counts for no quota of a day.
    const readers = destinations.filter((address) => !address.toLowerCase().endsWith('@simulator.amazonses.com'));
    const unknown = [source, ...(sandbox ? readers : [])].filter(isUnknown);
    if (unknown.length > 0) return notVerified(unknown);
    passed = passed.filter((at) => at > now - DAY);
    if (passed.length + readers.length > perDay) return throttled('Daily message quota exceeded.');
    const inLastSecond = passed.filter((at) => at > now - SECOND).length;
    if (inLastSecond + readers.length > perSecond) return throttled('Maximum sending rate exceeded.');
    if (perSecond < Infinity || perDay < Infinity) passed.push(...readers.map(() => now));
    return null;
  };
}

function notVerified(addresses: readonly string[]): Refusal {
  const which = `The following identities failed the check in region LOCAL: ${addresses.join(', ')}`;
  return { code: 'MessageRejected', message: `Email address is not verified. ${which}` };
}

const throttled = (message: string): Refusal => ({ code: 'Throttling', message });

/** @param identity an address or a domain */
function covers(identity: string, written: string): boolean {
  const address = (/<([^<>]+)>\s*$/.exec(written)?.[1] ?? written).toLowerCase();
  return address === identity.toLowerCase() || address.endsWith(`@${identity.toLowerCase()}`);
}
