/**
 * A feed as publishers write it → one small XML document that every strict parser reads: only what we want to know, each
 * name spelt one way, texts in CDATA, tags balanced. One pass; a second one when tags were left open. See `fields.ts`
 * for the vocabulary, `xml-feed.ts` for what is made of it.
 */
import { limits } from '../limits.ts';
import { aboutElement, assembled, baseElement, element, type XmlFormat } from './canonical.ts';
import { fieldTexts } from './field-text.ts';
import { type Field, fieldOf, Names, wrappers } from './fields.ts';
import { attributesOf, finder, type Tag, tagAt } from './markup.ts';
import { forbidden } from './references.ts';

export interface Repaired {
  readonly format: XmlFormat;
  readonly xml: string;
  /** Something was not as XML demands. */
  readonly mended: boolean;
  /** The document ended before its root did. An entry that was half there is left out. */
  readonly cut: boolean;
}

/** Null when there is no root element of a feed. Of more than twice `limits.entriesMax` entries the middle is left out. */
export function repair(source: string): Repaired | null {
  const text = source.replace(forbidden, '');
  const root = rootOf(text);
  if (root === null) return null;
  const first = new Scan(text, new Set());
  first.run(root.start);
  let last = first;
  if (first.leftOpen.size > 0) {
    last = new Scan(text, first.leftOpen);
    last.run(root.start);
  }
  if (root.format === 'rdf' && !last.channelSeen && last.entries.length === 0) return null;
  const mended = last.mended || last !== first || root.junkBefore || text.length !== source.length;
  return { format: root.format, xml: assembled(root.format, last.feed, last.entries), mended, cut: last.cut };
}

interface Root {
  readonly format: XmlFormat;
  readonly start: number;
  readonly junkBefore: boolean;
}

const rootForm = /<(?:[\w-]+:)?(rss|rdf|feed|channel)(?=[\s>/])/gi;
const formats: Readonly<Record<string, XmlFormat>> = { rss: 'rss', channel: 'rss', rdf: 'rdf', feed: 'atom' };

/** The first element that may be a feed's. A page that begins as HTML is a page, whatever it shows further down. */
function rootOf(text: string): Root | null {
  rootForm.lastIndex = 0;
  const found = rootForm.exec(text);
  if (found === null) return null;
  const before = text.slice(0, found.index);
  if (/<(?:!doctype\s+html|html)[\s>]/i.test(before)) return null;
  const prolog = before.trimStart();
  const junkBefore = prolog !== '' && !/^<[?!]/.test(prolog);
  return { format: formats[found[1]!.toLowerCase()]!, start: found.index, junkBefore };
}

/** Elements that may stand without an end tag and hold nothing. */
const voids = new Set(['enclosure', 'cloud', 'br', 'hr', 'img', 'input', 'meta']);

/** One way through the tags of a document, keeping what says something. */
class Scan {
  readonly feed: string[] = [];
  readonly entries: string[] = [];
  /** Elements that were open when the entry or the channel around them ended. */
  readonly leftOpen = new Set<string>();
  channelSeen = false;
  mended = false;
  cut = true;

  readonly #text: string;
  readonly #ignored: ReadonlySet<string>;
  readonly #names = new Names();
  readonly #readText: ReturnType<typeof fieldTexts>;
  readonly #strangers = new OpenTags();
  #root: string | null = null;
  #entry: string[] | null = null;

  /** @param ignored names of elements whose tags count for nothing: in this document they are left open */
  constructor(text: string, ignored: ReadonlySet<string>) {
    this.#text = text;
    this.#ignored = ignored;
    this.#readText = fieldTexts(text, this.#names);
  }

  run(start: number): void {
    const text = this.#text;
    const behind = nonTags(text);
    for (let at = start; at >= 0 && this.cut; at = text.indexOf('<', at)) {
      const tag = tagAt(text, at);
      if (tag === null) at = behind(at);
      else at = tag.kind === 'close' ? this.#close(tag) : this.#open(tag);
    }
  }

  /** Index to go on from. */
  #open(tag: Tag): number {
    if (tag.inside.includes('xmlns:')) bindNamespaces(this.#names, tag);
    const plain = this.#names.plain(tag.name);
    if (this.#root === null) {
      this.#root = tag.name;
      this.cut = tag.kind !== 'empty';
    } else if (plain === 'item' || plain === 'entry') {
      this.#endEntry();
      this.#entry = aboutElement(tag);
      if (tag.kind === 'empty') this.#endEntry(true);
      return tag.end;
    }
    if (roots.has(plain)) {
      this.channelSeen ||= plain === 'channel';
      this.feed.push(...baseElement(tag));
      return tag.end;
    }
    const field = this.#strangers.empty ? fieldOf(plain) : null;
    if (field !== null) return this.#field(field, tag);
    if (!voids.has(plain) && !wrappers.has(plain)) this.#stranger(tag);
    return tag.end;
  }

  #field(field: Field, tag: Tag): number {
    const whole = this.#entry ?? this.feed;
    // A thousand titles of one entry are read past, and cost no more than that.
    const into = whole.length < limits.elementsPerEntryMax ? whole : [];
    const href = field.name === 'link' ? attributesOf(tag).get('href') : undefined;
    if (href !== undefined) {
      into.push(element(field, tag, href, false));
      this.#stranger(tag);
      return tag.end;
    }
    if (tag.kind === 'empty') return tag.end;
    const read = this.#readText(tag.name, tag.end);
    if (!read.wellFormed || !read.closed) this.mended = true;
    if (read.value.trim() !== '') into.push(element(field, tag, read.value, read.markup));
    return read.end;
  }

  #stranger(tag: Tag): void {
    if (tag.kind === 'open' && !this.#ignored.has(tag.name)) this.#strangers.open(tag.name);
  }

  #close(tag: Tag): number {
    const plain = this.#names.plain(tag.name);
    if (tag.name === this.#root) {
      this.#endEntry();
      this.cut = false;
    } else if (plain === 'item' || plain === 'entry' || plain === 'channel') {
      if (plain === 'channel' && this.#entry !== null) this.mended = true;
      this.#endEntry(true);
    } else if (!this.#strangers.close(tag.name) && !this.#ignored.has(tag.name) && !wrappers.has(plain)) {
      this.mended = true;
    }
    return tag.end;
  }

  /** @param said whether its end tag is there */
  #endEntry(said = false): void {
    for (const name of this.#strangers.clear()) this.leftOpen.add(name);
    if (this.#entry === null) return;
    if (!said) this.mended = true;
    this.entries.push(this.#entry.join(''));
    this.#entry = null;
    // Whether a feed has its newest entries first or last is seen later: both ends are kept.
    if (this.entries.length === 3 * limits.entriesMax) this.entries.splice(limits.entriesMax, limits.entriesMax);
  }
}

const roots = new Set(['rss', 'rdf:rdf', 'rdf', 'feed', 'channel']);

/** Elements that are none of ours and are open now. */
class OpenTags {
  readonly #names: string[] = [];
  readonly #counts = new Map<string, number>();

  get empty(): boolean {
    return this.#names.length === 0;
  }

  open(name: string): void {
    this.#names.push(name);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Closes the innermost one of this name and all in it. False when none is open. */
  close(name: string): boolean {
    if (!this.#counts.get(name)) return false;
    for (let last = this.#names.pop(); last !== undefined; last = this.#names.pop()) {
      this.#counts.set(last, this.#counts.get(last)! - 1);
      if (last === name) break;
    }
    return true;
  }

  /** Closes all; their names. */
  clear(): readonly string[] {
    this.#counts.clear();
    return this.#names.splice(0);
  }
}

/** For a `<` that begins no tag: the index behind the comment, section or instruction, or behind the bracket. */
function nonTags(text: string): (start: number) => number {
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

function bindNamespaces(names: Names, tag: Tag): void {
  for (const [name, value] of attributesOf(tag)) if (name.startsWith('xmlns:')) names.bind(name.slice(6), value);
}
