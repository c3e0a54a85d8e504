/** Which URLs may be asked for, before anything is connected: scheme, authority, port, name. */
import { limits } from '../limits.ts';
import { usualPorts } from '../watch/feed-url.ts';
import { isAddress, isPublicAddress } from './address.ts';

export type Target =
  | {
      readonly kind: 'target';
      readonly url: URL;
      /** Listed by the operator: neither its port nor its address is judged. */
      readonly exempt: boolean;
    }
  /** `detail` is a sentence for people, without internal detail. */
  | { readonly kind: 'refused'; readonly detail: string };

/** What an operator says of targets. */
export interface Exceptions {
  /** `host:port` pairs that are exempt; IPv6 hosts in brackets. */
  readonly allow: readonly string[];
  /** Where this installation's own pages are: read as a feed, they would tell of themselves. */
  readonly own?: string | undefined;
}

/** Judges a URL as it was written, before any parser has smoothed it: `http://inside\@public` is two hosts to two parsers. */
export function targetOf(written: string, { allow, own }: Exceptions): Target {
  const refused = (detail: string): Target => ({ kind: 'refused', detail });
  if (written.length > limits.urlCharsMax)
    return refused(`The address is longer than ${limits.urlCharsMax} characters.`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\u0000-\u0020\u007f\\]/.test(written)) return refused('The address contains a character that none may have.');
  const url = URL.parse(written);
  if (url === null) return refused('This is not an address.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refused('Only http and https addresses are read.');
  if (!/^https?:\/\/[^/?#]+/i.test(written)) return refused('This is not an address.');
  if (/^[^/]*\/\/[^/?#]*@/.test(written)) return refused('An address with a user name or password is not read.');

  if (own !== undefined && hostOf(url) === hostOf(new URL(own))) return refused("These are Watchword's own pages.");
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (allow.includes(`${url.hostname}:${port}`)) return { kind: 'target', url, exempt: true };
  if (!usualPorts.has(url.port)) return refused(`Port ${url.port} is not one that feeds are read from.`);
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return refused(privateNetwork);
  if (isAddress(host) && !isPublicAddress(host)) return refused(privateNetwork);
  return { kind: 'target', url, exempt: false };
}

/** With its port, without the dot that a name may end in. */
function hostOf({ hostname, port }: URL): string {
  return `${hostname.replace(/\.$/, '')}:${port}`;
}

/** Says as little about the network behind it as about any other. */
export const privateNetwork = 'The address is not on the public internet.';
