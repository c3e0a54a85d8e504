/** Where a redirect leads, and whether it may be followed. The address itself is judged by `http.ts`, as any other. */

export type NextHop =
  | { readonly kind: 'hop'; readonly url: string }
  | { readonly kind: 'refused'; readonly why: 'bad answer' | 'not allowed'; readonly detail: string };

/** @param location the header as Node hands it over: bytes as latin1 characters */
export function nextHop(from: string, location: string | undefined): NextHop {
  const written = Buffer.from(location ?? '', 'latin1')
    .toString('utf8')
    .trim();
  if (written === '') return { kind: 'refused', why: 'bad answer', detail: 'The server redirects to nowhere.' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\u0000-\u001f\u007f\\]/.test(written)) {
    return { kind: 'refused', why: 'not allowed', detail: 'The server redirects to an address that none may have.' };
  }
  // A name before the host, even an empty one, is no part of a publisher's address; parsing it would lose the empty one.
  if (/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*@/i.test(written)) {
    return { kind: 'refused', why: 'not allowed', detail: 'The server redirects to an address with a user name.' };
  }
  const here = new URL(from);
  const there = URL.parse(written, from);
  if (there === null)
    return { kind: 'refused', why: 'bad answer', detail: 'The server redirects to what is no address.' };
  if (here.protocol === 'https:' && there.protocol === 'http:' && here.hostname !== there.hostname) {
    return { kind: 'refused', why: 'not allowed', detail: 'The server redirects to another one without encryption.' };
  }
  there.hash = '';
  return { kind: 'hop', url: there.href };
}
