/** Where the feeds of a site are: what its pages say in their heads and links, and where feeds usually stand. */
import { Tokenizer } from 'htmlparser2';
import { limits } from '../limits.ts';
import { webAddress } from './links.ts';
import { ignoring } from './references.ts';

/**
 * Addresses of the feeds that a page names, each once: those of its `<link rel="alternate">`, in their order; where it has none, links whose
 * address looks like one.
 *
 * @param url of the page, for relative addresses
 */
export function feedLinks(html: string, url: string): readonly string[] {
  const named = new Set<string>();
  const likely = new Set<string>();
  let base = url;
  for (const { name, attributes } of tagsIn(html)) {
    const href = attributes.get('href');
    if (href === undefined) continue;
    if (name === 'base') base = webAddress(href, url) ?? url;
    const address = webAddress(
      href.replace(/^feed:(?:\/\/)?(?=\w)/i, (scheme) => (/^feed:\/\//i.test(scheme) ? 'http://' : '')),
      base,
    );
    if (address === null || address === url) continue;
    if (name === 'link' && isFeedLink(attributes)) named.add(address);
    if (name === 'a' && likelyPath.test(new URL(address).pathname)) likely.add(address);
  }
  return [...(named.size > 0 ? named : likely)].slice(0, limits.feedLinksMax);
}

/** Addresses at which feeds of most publishing systems stand, seen from a page: at the top of its host. */
export function usualFeedAddresses(url: string): readonly string[] {
  return usualPaths.map((path) => new URL(path, url).href);
}

const usualPaths = [
  '/feed',
  '/rss',
  '/rss.xml',
  '/feed.xml',
  '/atom.xml',
  '/index.xml',
  '/feed.json',
  '/feeds/posts/default',
];

const likelyPath = /\/(?:rss|atom|feeds?)(?:\.\w+|\/[\w.-]*)?\/?$|\.(?:rss|atom)$|\/(?:rss|atom|feed|index)\.xml$/i;

function isFeedLink(attributes: ReadonlyMap<string, string>): boolean {
  const rel = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/);
  if (!rel.includes('alternate') && !rel.includes('feed')) return false;
  const type = (attributes.get('type') ?? '').toLowerCase();
  return /\b(?:rss|atom|rdf)\+xml\b|\bfeed\+json\b/.test(type) || (rel.includes('feed') && type === '');
}

const told: ReadonlySet<string> = new Set(['link', 'a', 'base']);

/** A longer value is cut here, and refused as an address where that is judged. */
const longest = limits.entryLinkCharsMax + 1;

function tagsIn(html: string): { readonly name: string; readonly attributes: ReadonlyMap<string, string> }[] {
  const tags: { name: string; attributes: Map<string, string> }[] = [];
  let open: { name: string; attributes: Map<string, string> } | null = null;
  let attribute = '';
  let value = '';
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ...ignoring,
      onopentagname(start, end) {
        const name = html.slice(start, Math.min(end, start + 8)).toLowerCase();
        open = told.has(name) && tags.length < limits.pageLinksMax ? { name, attributes: new Map() } : null;
        if (open !== null) tags.push(open);
      },
      onattribname(start, end) {
        attribute = html.slice(start, Math.min(end, start + 32)).toLowerCase();
        value = '';
      },
      onattribdata(start, end) {
        if (open !== null) value += html.slice(start, Math.min(end, start + longest - value.length));
      },
      onattribentity(code) {
        if (open !== null && value.length < longest) value += String.fromCodePoint(code);
      },
      onattribend() {
        if (open !== null && open.attributes.size < limits.attributesMax && !open.attributes.has(attribute))
          open.attributes.set(attribute, value);
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return tags;
}
