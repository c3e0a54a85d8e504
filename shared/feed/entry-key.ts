/**
 * What stays the same of an entry's name when a publisher moves to https, to another host, or puts other tracking on its
 * links. The name itself, as the publisher writes it, is in `identity.ts` and is left as it is.
 */

/**
 * The name that an entry is remembered and stored under: its id; where that is an address, without what does not make it
 * another article. `http://a.example/1?utm_source=rss` and `https://a.example/1` are one.
 */
export function entryKey(id: string): string {
  const url = webUrl(id);
  return url === null ? id : `https://${url.host}${pathOf(url)}`;
}

/**
 * A second key, for what comes under a new name: path and query of an address, without scheme, host and tracking. Alone it
 * proves nothing, for many sites have a `/?p=12`; beside an equal text it does.
 *
 * @returns null for what is no address, or the front page of a site
 */
export function pathKey(address: string): string | null {
  const url = webUrl(address);
  if (url === null) return null;
  const path = pathOf(url);
  return path === '' ? null : path;
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

function webUrl(text: string): URL | null {
  return isWebAddress(text) ? URL.parse(text) : null;
}

/** Fragments stay: some feeds tell their entries apart by nothing else. */
function pathOf({ pathname, search, hash }: URL): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && !tracking.test(parameter));
  return pathname.replace(/\/+$/, '') + (kept.length === 0 ? '' : `?${kept.join('&')}`) + hash;
}

/** Parameters that say where a reader comes from. Only names that mean nothing else anywhere. */
const tracking =
  /^(?:utm_\w+|at_(?:medium|campaign|custom\d|bbc_team|link_\w+|format|ptr_name)|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|_hs(?:enc|mi)|ocid|cmpid|xtor|wt_mc|ns_(?:campaign|mchannel|source|linkname|fee))(?:=|$)/i;
