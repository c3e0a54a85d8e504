/**
 * Signed links: a token lets whoever holds it do one action for one subscriber, and nothing else. It is read without a
 * look into any table, and it does not expire by time: an unsubscribe link must work as long as the mail is kept.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an unsubscribe link is for. */
export interface UnsubscribeClaim {
  readonly subscriber: string;
  readonly digest: string;
  /** The consent it can end. */
  readonly version: number;
}

const action = 'u1';

/** At most 70 characters of base64url and dots: it stands in a mail header. */
export function unsubscribeToken(claim: UnsubscribeClaim, key: string): string {
  const body = `${action}.${claim.subscriber}.${claim.digest}.${claim.version}`;
  return `${body}.${signature(body, key)}`;
}

/** The claim of a token that was signed with this key, or null for anything else. */
export function readUnsubscribeToken(token: string, key: string): UnsubscribeClaim | null {
  const [kind, subscriber, digest, version, signed, ...more] = token.split('.');
  if (kind !== action || !subscriber || !digest || !version || !signed || more.length > 0) return null;
  const expected = Buffer.from(signature(`${kind}.${subscriber}.${digest}.${version}`, key));
  const given = Buffer.from(signed);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return { subscriber, digest, version: Number(version) };
}

/** 128 bits of HMAC-SHA-256: enough against guessing, short enough for a header line. */
function signature(body: string, key: string): string {
  return createHmac('sha256', key).update(body).digest('base64url').slice(0, 22);
}
