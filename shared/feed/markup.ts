/**
 * Tags of documents that claim to be XML: where one ends, what it is called, which attributes it has. Forgiving, and
 * linear: no character is looked at again because of a quote or a bracket that is missing elsewhere.
 */
import { limits } from '../limits.ts';
import { decodeReferences } from './references.ts';

export interface Tag {
  /** Qualified name in lower case. */
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty';
  /** What stands between the name and the end, undigested: most tags are never asked. */
  readonly inside: string;
  /** Index behind the tag. */
  readonly end: number;
}

const nameForm = /<(\/?)([A-Za-z_][\w:.\-\u00b7-\uffff]*)/y;

/** The tag that begins at `start`, or null when that `<` begins none (`a < b`). */
export function tagAt(text: string, start: number): Tag | null {
  nameForm.lastIndex = start;
  const begun = nameForm.exec(text);
  if (begun === null) return null;
  const from = nameForm.lastIndex;
  const close = closeOf(text, from);
  const bracket = text[close] === '>';
  const inside = text.slice(from, close);
  const kind = begun[1] === '/' ? 'close' : inside.endsWith('/') ? 'empty' : 'open';
  return { name: begun[2]!.toLowerCase(), kind, inside, end: bracket ? close + 1 : close };
}

/** Index of the `>` of a tag; where it is missing, of the next `<`, or the end of the text. */
function closeOf(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === 0x3e || character === 0x3c) return at;
    at += 1;
    if (character === 0x22 || character === 0x27) {
      const rest = text.slice(at, at + limits.tagCharsMax);
      const quoted = rest.indexOf(character === 0x22 ? '"' : "'");
      if (quoted >= 0 && !isLost(rest.slice(0, quoted))) at += quoted + 1;
    }
  }
  return at;
}

/** Whether the quote before `value` was never closed, and this one belongs to another tag: the end of ours lies between. */
function isLost(value: string): boolean {
  const bracket = value.indexOf('<');
  return bracket >= 0 && value.lastIndexOf('>', bracket) >= 0;
}

const attributeForm = /([^\s=/"'<>]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

export type Attributes = ReadonlyMap<string, string>;

const noAttributes: Attributes = new Map();

/** Names in lower case; of repeated ones the first. Values with their references decoded. */
export function attributesOf(tag: Tag): Attributes {
  if (!tag.inside.includes('=')) return noAttributes;
  const found = new Map<string, string>();
  for (const [, name, double, single, bare] of tag.inside.slice(0, limits.tagCharsMax).matchAll(attributeForm)) {
    const key = name!.toLowerCase();
    if (found.size === limits.attributesMax) break;
    if (!found.has(key)) found.set(key, decodeReferences(double ?? single ?? bare ?? '').text);
  }
  return found;
}

/**
 * The first place of `needle` from an index on. Remembers what it found, and that there is none: asked for often, with
 * indexes that grow, it stays linear.
 */
export function finder(text: string, needle: string): (from: number) => number {
  let askedFrom = 0;
  let found = -2; // not looked yet
  return (from) => {
    if (found !== -2 && from >= askedFrom && (found === -1 || found >= from)) return found;
    askedFrom = from;
    found = text.indexOf(needle, from);
    return found;
  };
}

/** For a `<` that begins no tag: the index behind the comment, section or instruction, or behind the bracket. */
export function nonTags(text: string): (start: number) => number {
  const kinds = [
    { begin: '<!--', end: '-->', find: finder(text, '-->') },
    { begin: '<![CDATA[', end: ']]>', find: finder(text, ']]>') },
    { begin: '<?', end: '?>', find: finder(text, '?>') },
  ];
  return (start) => {
    const kind = kinds.find(({ begin }) => text.startsWith(begin, start));
    if (kind === undefined) return start + 1;
    const end = kind.find(start + kind.begin.length);
    return end < 0 ? start + kind.begin.length : end + kind.end.length;
  };
}
