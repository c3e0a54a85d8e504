/**
 * Signed links: a token lets whoever holds it do one action for one subscriber, and nothing else. It is read without a
 * look into any table, and it does not expire by time: an unsubscribe link must work as long as the mail is kept. What ends
 * it is a newer consent, by its version.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** One key that links are signed with. */
export interface TokenKey {
  /** Up to four small letters and digits: it stands in every token, so that a key can be told from the one after it. */
  readonly id: string;
  readonly secret: string;
}

/** What a deployment keeps secret. */
export interface Keys {
  /** Signs new links. */
  readonly current: TokenKey;
  /** Still read: the one before, so that a key can be changed without ending the links in mails already sent. */
  readonly previous: TokenKey | null;
  /** What subscribers are named by (`subscriberId`); never changed, or nobody would be known any more. */
  readonly identity: string;
}

/** What a link is for. */
export type Action = 'confirm' | 'preferences' | 'unsubscribe' | 'export' | 'issue';

export interface Claim {
  readonly action: Action;
  /** Whose link it is. Of an issue in the browser: the edition that it belongs to. */
  readonly subject: string;
  /** The digest that an unsubscribe link ends; null for all of them, and for other actions. */
  readonly digest: string | null;
  /** The consent that it belongs to. Of an issue in the browser: its number. */
  readonly version: number;
}

const letters: Readonly<Record<Action, string>> = {
  confirm: 'c',
  preferences: 'p',
  unsubscribe: 'u',
  export: 'x',
  issue: 'i',
};

/** At most 80 characters of base64url and dots: it stands in a mail header. */
export function tokenOf(claim: Claim, keys: Pick<Keys, 'current'>): string {
  const { id, secret } = keys.current;
  const body = [`${letters[claim.action]}2`, id, claim.subject, claim.digest ?? '', claim.version].join('.');
  return `${body}.${signature(body, secret)}`;
}

/** The claim of a token for this very action that was signed with one of the keys, or null for anything else. */
export function readToken(action: Action, token: string, keys: Pick<Keys, 'current' | 'previous'>): Claim | null {
  if (action === 'unsubscribe' && token.startsWith(`${formerKind}.`)) return readFormer(token, keys);
  const [kind, id, subject, digest, version, signed, ...more] = token.split('.');
  if (kind !== `${letters[action]}2` || !id || !subject || digest === undefined || !version || !signed) return null;
  const key = [keys.current, keys.previous].find((known) => known?.id === id);
  if (!key || more.length > 0) return null;
  if (!isSigned([kind, id, subject, digest, version].join('.'), signed, key)) return null;
  return { action, subject, digest: digest === '' ? null : digest, version: Number(version) };
}

/** Unsubscribe links of the first Watchword, which named no key. They are in mails that people keep. */
const formerKind = 'u1';

function readFormer(token: string, keys: Pick<Keys, 'current' | 'previous'>): Claim | null {
  const [kind, subject, digest, version, signed, ...more] = token.split('.');
  if (!subject || !digest || !version || !signed || more.length > 0) return null;
  const body = [kind, subject, digest, version].join('.');
  const isOurs = [keys.current, keys.previous].some((key) => key !== null && isSigned(body, signed, key));
  return isOurs ? { action: 'unsubscribe', subject, digest, version: Number(version) } : null;
}

function isSigned(body: string, signed: string, { secret }: TokenKey): boolean {
  const [expected, given] = [Buffer.from(signature(body, secret)), Buffer.from(signed)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** 128 bits of HMAC-SHA-256: enough against guessing, short enough for a header line. */
function signature(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url').slice(0, 22);
}
