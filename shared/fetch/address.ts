/** Which addresses may be reached: a list of what is public, not of what is private, because the latter never ends. */
import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address (as text, IPv6 without brackets) is globally reachable unicast, by IANA's special-purpose
 * registries. Addresses that stand for an IPv4 address (mapped, NAT64) are as reachable as the one they stand for. False
 * for whatever is not an address in its plain spelling.
 */
export function isPublicAddress(address: string): boolean {
  if (!isAddress(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
  if (!(parsed instanceof ipaddr.IPv6)) return false;
  if (parsed.isIPv4MappedAddress() || parsed.match(nat64Prefix)) {
    return new ipaddr.IPv4(parsed.toByteArray().slice(12)).range() === 'unicast';
  }
  // Global unicast is 2000::/3 so far; within it the ranges with a purpose of their own are left out: documentation,
  // benchmarks, and the tunnels 6to4 and Teredo, which lead to an address inside of the address.
  return parsed.parts[0]! >> 13 === 1 && parsed.range() === 'unicast';
}

/**
 * Whether this is an IP address as sockets print it. `127.1`, `0x7f.1` and `010.0.0.1` are none: to another parser they
 * might be another address, or a name to look up. Neither is `::8.8.8.8`, which this parser takes for a mapped one.
 */
export function isAddress(text: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return true;
  return ipaddr.IPv6.isValid(text) && !text.includes('%') && !/^::\d+\./.test(text);
}

/** RFC 6052. */
const nat64Prefix: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];
