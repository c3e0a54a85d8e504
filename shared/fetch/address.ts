/** Which addresses may be reached: a list of what is public, not of what is private, because the latter never ends. */
import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address (as text, IPv6 without brackets) is globally reachable unicast. Addresses that carry an IPv4
 * address (mapped, NAT64, 6to4) are as reachable as the one they carry. False for whatever is not an address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
  if (!(parsed instanceof ipaddr.IPv6)) return false;
  const carried = carriedIpv4(parsed);
  if (carried !== null) return carried.range() === 'unicast';
  // Global unicast is 2000::/3 so far (IANA); within it the ranges with a purpose of their own are left out.
  return parsed.parts[0]! >> 13 === 1 && parsed.range() === 'unicast' && !parsed.match(documentation);
}

/** RFC 9637. */
const documentation: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('3fff::'), 20];

function carriedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const bytes = address.toByteArray();
  const [mapped, nat64, sixToFour] = [
    address.isIPv4MappedAddress(),
    address.match(nat64Prefix),
    address.match(sixPrefix),
  ];
  if (mapped || nat64) return new ipaddr.IPv4(bytes.slice(12));
  return sixToFour ? new ipaddr.IPv4(bytes.slice(2, 6)) : null;
}

/** RFC 6052 and RFC 3056. */
const nat64Prefix: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];
const sixPrefix: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2002::'), 16];
