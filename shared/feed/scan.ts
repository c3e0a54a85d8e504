/**
 * One way through the tags of a document, keeping what says something. Decides where each entry begins and ends, which
 * elements count, and what was not as XML demands. See `repair.ts` for how often it is done.
 */
import { limits } from '../limits.ts';
import { Canon, inOrder, type Written } from './canonical.ts';
import { endTagAt, fieldTexts } from './field-text.ts';
import { type Field, fieldOf, isEntry, isRoot, Names, wrappers } from './fields.ts';
import { relationOf } from './links.ts';
import { attributesOf, nonTags, type Tag, tagAt } from './markup.ts';
import { OpenTags } from './open-tags.ts';
import type { OwnEntities } from './references.ts';
import type { PassedOver, Slicer } from './slices.ts';

/** Elements that may stand without an end tag and hold nothing. */
const voids = new Set(['enclosure', 'cloud', 'br', 'hr', 'img', 'input', 'meta']);

/** What is known of an entry as a piece of text. */
interface Slice {
  readonly fingerprint: string;
  readonly end: number;
  readonly mendingsBefore: number;
  readonly prefixesBefore: string;
}

export interface ScanOptions {
  /** Names of elements whose tags count for nothing: in this document they are left open. */
  readonly ignored: ReadonlySet<string>;
  readonly entities: OwnEntities;
  /** Null when every entry is to be read. */
  readonly slicer: Slicer | null;
}

export class Scan {
  readonly canon = new Canon();
  readonly feed: Written[] = [];
  readonly entries: string[] = [];
  /** Of each entry, in their order; null for one that is not to be passed over the next time. */
  readonly fingerprints: (string | null)[] = [];
  /** Entries that were not read because they are known, in their order. */
  readonly passedOver: PassedOver[] = [];
  /** Elements that were open when the entry or the channel around them ended. */
  readonly leftOpen = new Set<string>();
  channelSeen = false;
  cut = true;
  /** Index behind what was read. */
  end = 0;

  readonly #text: string;
  readonly #options: ScanOptions;
  readonly #names = new Names();
  readonly #readText: ReturnType<typeof fieldTexts>;
  readonly #strangers = new OpenTags();
  #root: string | null = null;
  #entry: Written[] | null = null;
  /** The entry has a `description` or a `summary`. */
  #summed = false;
  #slice: Slice | null = null;
  /** Index behind the start tag of the entry. */
  #inside = 0;
  /** Things that were not as XML demands. */
  #mendings = 0;

  constructor(text: string, options: ScanOptions) {
    this.#text = text;
    this.#options = options;
    this.#readText = fieldTexts(text, this.#names, options.entities);
  }

  get mended(): boolean {
    return this.#mendings > 0;
  }

  /** From the start tag of a root to the end of it. Once more for each root: they count as one document. */
  run(start: number): void {
    if (this.#root !== null) this.#mendings += 1;
    this.#root = null;
    this.cut = true;
    const text = this.#text;
    const behind = nonTags(text);
    for (let at = start; at >= 0 && this.cut; at = text.indexOf('<', at)) {
      const tag = tagAt(text, at);
      if (tag === null) at = behind(at);
      else at = tag.kind === 'close' ? this.#close(tag, at) : this.#open(tag, at);
      this.end = at;
    }
  }

  /** Index to go on from. */
  #open(tag: Tag, start: number): number {
    if (tag.inside.includes('xmlns:')) bindNamespaces(this.#names, tag);
    const plain = this.#names.plain(tag.name);
    if (this.#root === null) {
      this.#root = tag.name;
      this.cut = tag.kind !== 'empty';
    }
    if (isEntry(plain)) return this.#beginEntry(tag, start);
    if (isRoot(plain)) {
      this.channelSeen ||= plain === 'channel';
      this.feed.push(...this.canon.base(tag));
      return tag.end;
    }
    const field = this.#strangers.empty ? fieldOf(plain) : null;
    if (field !== null) return this.#field(field, tag);
    return voids.has(plain) || wrappers.has(plain) ? tag.end : this.#stranger(tag);
  }

  #beginEntry(tag: Tag, start: number): number {
    this.#endEntry();
    const slice = tag.kind === 'open' ? this.#sliceAt(start, tag.name.length) : null;
    const mark = slice === null ? undefined : this.#options.slicer!.known(slice.fingerprint);
    if (slice !== null && mark !== undefined) {
      this.passedOver.push({ behind: this.entries.length, fingerprint: slice.fingerprint, mark });
      return slice.end;
    }
    this.#slice = slice;
    this.#entry = this.canon.said(tag);
    this.#summed = false;
    this.#inside = tag.end;
    if (tag.kind === 'empty') this.#endEntry(tag.end, tag.end);
    return tag.end;
  }

  #sliceAt(start: number, nameChars: number): Slice | null {
    const { slicer } = this.#options;
    const end = slicer?.endOf(start, nameChars) ?? null;
    if (slicer === null || end === null) return null;
    const prefixesBefore = this.#names.bindings;
    const fingerprint = slicer.fingerprint(start, end, prefixesBefore);
    return { fingerprint, end, mendingsBefore: this.#mendings, prefixesBefore };
  }

  #field(field: Field, tag: Tag): number {
    const into = this.#entry ?? this.feed;
    // The thousandth title of one entry is not read.
    if (into.length >= limits.elementsPerEntryMax) return this.#stranger(tag);
    const attributes = attributesOf(tag);
    const href = field.name === 'link' ? attributes.get('href') : undefined;
    if (href !== undefined) {
      if (relationOf(attributes.get('rel')) !== null) into.push(this.canon.element(field, attributes, href, false));
      return this.#stranger(tag);
    }
    if (tag.kind === 'empty') return tag.end;
    const read = this.#readText(tag.name, tag.end);
    if (!read.wellFormed || !read.closed) this.#mendings += 1;
    if (read.value.trim() !== '') {
      into.push(this.canon.element(this.#lengthOf(field), attributes, read.value, read.markup));
    }
    return read.end;
  }

  /** RSS knows no `summary`: an item that has one and a `description` gives the short text first and the long one then. */
  #lengthOf(field: Field): Field {
    if (field.name !== 'summary' || field.rank > 0) return field;
    const second = this.#summed;
    this.#summed = true;
    return second ? { name: 'content', rank: 3 } : field;
  }

  #stranger(tag: Tag): number {
    if (tag.kind !== 'open') return tag.end;
    const next = this.#text.indexOf('<', tag.end);
    const closed = endTagAt(this.#text, next, tag.name);
    if (closed >= 0) return closed; // nothing but text in it: most are so
    if (!this.#options.ignored.has(tag.name)) this.#strangers.open(tag.name);
    return tag.end;
  }

  #close(tag: Tag, start: number): number {
    const plain = this.#names.plain(tag.name);
    if (tag.name === this.#root) {
      // A document may be one entry of Atom.
      if (isEntry(plain)) this.#endEntry(tag.end, start);
      else this.#endEntry();
      this.cut = false;
    } else if (isEntry(plain) || plain === 'channel') {
      if (plain === 'channel' && this.#entry !== null) this.#mendings += 1;
      this.#endEntry(tag.end, start);
    } else if (!this.#strangers.close(tag.name) && !this.#options.ignored.has(tag.name) && !wrappers.has(plain)) {
      this.#mendings += 1;
    }
    return tag.end;
  }

  /**
   * @param end index behind its end tag; null when there is none
   * @param contentEnd index of its end tag
   */
  #endEntry(end: number | null = null, contentEnd = Number.POSITIVE_INFINITY): void {
    const open = this.#strangers.clear();
    for (const name of open) this.leftOpen.add(name);
    if (this.#entry === null) return;
    if (end === null) this.#mendings += 1;
    const slice = this.#slice;
    const clean = slice !== null && slice.end === end && open.length === 0 && this.#leftNoTrace(slice);
    const elements = this.#entry;
    this.#entry = null;
    this.#slice = null;
    if (elements.length === 0 && this.#text.slice(this.#inside, contentEnd).trim() === '') return; // not even an author
    this.entries.push(inOrder(elements));
    this.fingerprints.push(clean ? slice.fingerprint : null);
    // Whether a feed has its newest entries first or last is seen later: both ends are kept.
    if (this.entries.length === 3 * limits.entriesMax) {
      this.entries.splice(limits.entriesMax, limits.entriesMax);
      this.fingerprints.splice(limits.entriesMax, limits.entriesMax);
    }
  }

  /** Nothing in the entry was mended, and no prefix bound that means something in the entries behind it. */
  #leftNoTrace({ mendingsBefore, prefixesBefore }: Slice): boolean {
    return mendingsBefore === this.#mendings && prefixesBefore === this.#names.bindings;
  }
}

function bindNamespaces(names: Names, tag: Tag): void {
  for (const [name, value] of attributesOf(tag)) if (name.startsWith('xmlns:')) names.bind(name.slice(6), value);
}
