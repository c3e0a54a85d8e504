/**
 * A mail address as somebody typed it into a form: one exact recipient, or none. Stricter than RFC 5321: no quoted local
 * part, no letters before the `@` that mail cannot carry everywhere, no address of a machine.
 */
import { domainToASCII } from 'node:url';
import { maySignUp } from '../delivery/request.ts';
import { limits } from '../limits.ts';
import type { Signup } from '../watch/config.ts';
import { listed } from '../watch/listed.ts';

const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The address with its domain in small letters and as punycode, or a sentence that says what to write. */
export function typedAddress(text: string): { readonly address: string } | { readonly problem: string } {
  const typed = text.trim();
  if (typed === '') return { problem: 'Enter your mail address.' };
  const at = typed.lastIndexOf('@');
  const local = typed.slice(0, at);
  const domain = at < 1 ? '' : domainToASCII(typed.slice(at + 1));
  const address = `${local}@${domain}`;
  const isOne = LOCAL.test(local) && DOMAIN.test(domain);
  if (!isOne || local.length > limits.addressLocalCharsMax || address.length > limits.addressCharsMax) {
    return { problem: 'This is not a mail address that we can write to. Enter one such as name@example.org.' };
  }
  return { address };
}

/** Why this address may not sign up, or null when it may. The rule is public, so to tell it gives nothing away. */
export function outsideSignup(address: string, signup: Signup): string | null {
  if (signup.kind !== 'domains' || maySignUp(address, signup)) return null;
  return `Only addresses under ${listed(signup.domains, 'or')} can subscribe here.`;
}
