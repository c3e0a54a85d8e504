/** Which addresses of a feed a reader may follow: absolute http(s) ones, whatever the feed wrote. */
import { limits } from '../limits.ts';

/**
 * An address as a feed writes it → an absolute http(s) address, or null (the entry is shown unlinked).
 *
 * @param base what a relative address is relative to; null when nothing is known, and then only absolute ones count
 */
export function webAddress(written: string, base: string | null): string | null {
  const trimmed = written.trim();
  if (trimmed === '' || trimmed.length > limits.entryLinkCharsMax) return null;
  const address = URL.parse(trimmed, base ?? undefined);
  if (address === null || (address.protocol !== 'http:' && address.protocol !== 'https:')) return null;
  // The standard lets quotes stand in a host; no host has any.
  if (!/^[a-z0-9._:[\]-]+$/.test(address.host)) return null;
  // An address that needs no mending is kept letter by letter: readers compare it with what the publisher shows.
  return plainAddress.test(trimmed) ? trimmed : address.href;
}

/** Absolute, ASCII, and without a character that could end an attribute. */
const plainAddress = /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:[/?#][!#-;=?-[\]_a-z~%]*)?$/;

/**
 * What a link is to its entry, by its `rel` (RFC 4287, section 4.2.7.2: none means alternate). Null for replies,
 * enclosures, hubs and editors' addresses: those lead somewhere else.
 */
export function relationOf(rel: string | undefined): 'alternate' | 'self' | null {
  const name = (rel ?? '').trim().toLowerCase().replace(registry, '');
  if (name === '' || name === 'alternate') return 'alternate';
  return name === 'self' ? 'self' : null;
}

/** Names of relations may be written as addresses in IANA's registry. */
const registry = /^https?:\/\/www\.iana\.org\/assignments\/relation\//;
