/** Mail addresses in the watch file: one address, said plainly, that no header or list can be smuggled into. */
import { domainToASCII } from 'node:url';
import { z } from 'zod';

/** Controls, line breaks and characters that turn the direction of writing. */
const hidden = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** The address with its domain in small letters and as punycode, or one sentence on what is wrong. */
export function parseAddress(text: string): { readonly address: string } | { readonly problem: string } {
  const shown = JSON.stringify(text.slice(0, 80));
  if (hidden.test(text))
    return { problem: `${shown} holds a line break or an invisible character; write the address again by hand` };
  if (/[<>]/.test(text)) return { problem: `${shown} is a name with an address; write the address alone` };
  if (text.includes('"')) return { problem: `${shown} holds quotation marks; use an address without them` };
  if (/[,;\s]/.test(text))
    return { problem: `${shown} is not one address; write each as an entry of its own, without spaces` };
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (/[^\x20-\x7e]/.test(local)) {
    return { problem: `${shown} has a letter before the @ that mail cannot carry; use an address in plain letters` };
  }
  const address = `${local}@${domainToASCII(text.slice(at + 1))}`;
  if (at < 1 || local.length > 64 || address.length > 254 || !z.email().safeParse(address).success) {
    return { problem: `${shown} is not a mail address; write one such as press@example.org` };
  }
  return { address };
}

/** The sender, `Name <address>` or an address; the name may be in quotes. */
export function parseSender(text: string): { readonly from: string } | { readonly problem: string } {
  const [, name, inner] = /^\s*"?([^"<>]*?)"?\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  if (name === undefined || inner === undefined) {
    const alone = parseAddress(text);
    return 'problem' in alone ? { problem: `${alone.problem}, or Name <press@example.org>` } : { from: alone.address };
  }
  if (hidden.test(name))
    return { problem: 'the name holds a line break or an invisible character; write it again by hand' };
  const parsed = parseAddress(inner);
  if ('problem' in parsed) return parsed;
  return { from: name === '' ? parsed.address : `${name} <${parsed.address}>` };
}

/** A domain in small letters and as punycode, or null when it is none. */
export function parseDomain(text: string): string | null {
  const domain = domainToASCII(text);
  return z.email().safeParse(`a@${domain}`).success ? domain : null;
}
