/** Feeds of an OPML file, as feed readers export them, and back. Folders become tags, and tags folders. */
import { Parser } from 'htmlparser2';
import { limits } from '../limits.ts';

export interface OpmlFeed {
  readonly url: string;
  readonly name: string | null;
  readonly tags: readonly string[];
}

/** The feeds in their order, a feed that stands in several folders once with all of them; or why it cannot be read. */
export function parseOpml(text: string): { readonly feeds: readonly OpmlFeed[] } | { readonly problem: string } {
  const feeds = new Map<string, OpmlFeed>();
  /** Open outlines: the name of a folder, null for a feed. */
  const open: (string | null)[] = [];
  let isOpml = false;
  let whole = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'opml') isOpml = true;
        if (name !== 'outline') return;
        const said = (attributes.text || attributes.title || '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
        const called = said.slice(0, limits.nameCharsMax);
        const url = attributes.xmlUrl?.trim();
        open.push(url ? null : called);
        if (!url) return;
        const folders = open.filter((folder) => folder !== null && folder !== '') as string[];
        const before = feeds.get(url);
        const tags = [...new Set([...(before?.tags ?? []), ...folders])];
        feeds.set(url, { url, name: before?.name ?? (called === '' ? null : called), tags });
      },
      onclosetag(name, implied) {
        if (name === 'opml') whole = !implied;
        if (name === 'outline') open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  if (!isOpml) return { problem: 'is not an OPML file; export one from your feed reader' };
  if (!whole) return { problem: 'ends before it is complete; export it again' };
  if (feeds.size === 0) return { problem: 'has no feeds in it; each is an <outline xmlUrl="https://…"/>' };
  return { feeds: [...feeds.values()] };
}

/**
 * OPML 2.0. Read again it gives the same feeds in the same order: feeds that stand together share the folders of the tags
 * that they begin with, so a folder may come twice.
 */
export function opmlOf(feeds: readonly OpmlFeed[]): string {
  const lines: string[] = [];
  let open: readonly string[] = [];
  const closeTo = (depth: number) => {
    for (let at = open.length; at > depth; at--) lines.push(`${indent(at)}</outline>`);
    open = open.slice(0, depth);
  };
  for (const { url, name, tags } of feeds) {
    const shared = tags.findIndex((tag, at) => tag !== open[at]);
    closeTo(shared === -1 ? tags.length : shared);
    for (const tag of tags.slice(open.length)) {
      open = [...open, tag];
      lines.push(`${indent(open.length)}<outline text="${escaped(tag)}">`);
    }
    const text = name === null ? '' : ` text="${escaped(name)}" title="${escaped(name)}"`;
    lines.push(`${indent(open.length + 1)}<outline type="rss"${text} xmlUrl="${escaped(url)}"/>`);
  }
  closeTo(0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head><title>Feeds</title></head>',
    '  <body>',
    ...lines,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function indent(depth: number): string {
  return '  '.repeat(depth + 1);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
