/** The address of a feed, checked before anything is sent to it. Where it leads is checked again at every connection. */
import { limits } from '../limits.ts';

/** Ports that a feed, or what it redirects to, may have without being named in `network: {allow: …}`. '': none is written. */
export const usualPorts: ReadonlySet<string> = new Set(['', '80', '443', '8080', '8443']);

/**
 * The address in its canonical spelling (host in punycode, no fragment), or one sentence on what is wrong.
 *
 * @param allow `host:port` pairs of the watch file's `network.allow`
 */
export function parseFeedUrl(
  text: string,
  allow: readonly string[],
): { readonly url: string } | { readonly problem: string } {
  if (text.length > limits.urlCharsMax) {
    return { problem: `this address has ${text.length} characters; at most ${limits.urlCharsMax} are allowed` };
  }
  if (/[\s\\\p{Cc}\p{Cf}]/u.test(text)) {
    return { problem: 'an address has no spaces, backslashes or invisible characters; copy it again from the browser' };
  }
  const url = URL.parse(text);
  if (url === null || !/^https?:\/\//i.test(text)) {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
    if (scheme !== undefined && !/^https?$/i.test(scheme))
      return { problem: `${scheme}: is not read; write an address with https://` };
    return { problem: `"${text.slice(0, 80)}" is not a web address; write it whole, with https:// in front` };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      problem:
        'this address holds a user name or password, which must not stand in this file; use a feed that needs none',
    };
  }
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  if (!usualPorts.has(url.port) && !allow.includes(`${url.hostname}:${port}`)) {
    return { problem: `port ${port} is not read; if it is meant, write network: {allow: ["${url.hostname}:${port}"]}` };
  }
  url.hash = '';
  return { url: url.href };
}
