/**
 * A feed as publishers write it → one small XML document that every strict parser reads: only what we want to know, each
 * name spelt one way, long texts held aside, tags balanced. One pass; a second one when tags were left open. See
 * `fields.ts` for the vocabulary, `xml-feed.ts` for what is made of it.
 */
import { limits } from '../limits.ts';
import { assembled, type XmlFormat } from './canonical.ts';
import { ownEntities } from './references.ts';
import { Scan, type ScanOptions } from './scan.ts';
import { type PassedOver, Slicer, type Slices } from './slices.ts';

export interface Repaired {
  readonly format: XmlFormat;
  readonly xml: string;
  /** Texts that `xml` names by number. */
  readonly held: readonly string[];
  /** Of each entry in `xml`; null for one that is not to be passed over the next time. */
  readonly fingerprints: readonly (string | null)[];
  /** Entries that are not in `xml` because they are known. */
  readonly passedOver: readonly PassedOver[];
  /** Something was not as XML demands. */
  readonly mended: boolean;
  /** The document ended before its root did. An entry that was half there is left out. */
  readonly cut: boolean;
}

/**
 * Null when there is no root element of a feed. Of more than twice `limits.entriesMax` entries the middle is left out.
 *
 * @param text as `decode` makes it
 * @param known entries that need not be read again; null when nobody asks
 */
export function repair(text: string, known: Slices | null): Repaired | null {
  const root = rootOf(text);
  if (root === null) return null;
  const entities = ownEntities(text.slice(0, root.start));
  const surroundings = `${root.format} ${JSON.stringify([...entities])}`;
  const slicer = known === null ? null : new Slicer(text, known, surroundings);
  const first = scanned(text, root.start, { ignored: new Set(), entities, slicer });
  const again = first.leftOpen.size > 0;
  const last = again ? scanned(text, root.start, { ignored: first.leftOpen, entities, slicer: null }) : first;
  const { entries, fingerprints, passedOver, cut } = last;
  if (root.format === 'rdf' && !last.channelSeen && entries.length + passedOver.length === 0) return null;
  const mended = last.mended || again || root.junkBefore;
  const xml = assembled(root.format, last.feed, entries);
  return { format: root.format, xml, held: last.canon.held, fingerprints, passedOver, mended, cut };
}

function scanned(text: string, start: number, options: ScanOptions): Scan {
  const scan = new Scan(text, options);
  scan.run(start);
  // Some files hold one document behind the other.
  for (let next = nextRoot(text, scan); next !== null; next = nextRoot(text, scan)) scan.run(next);
  return scan;
}

/** Where another document begins behind the one that was read. */
function nextRoot(text: string, scan: Scan): number | null {
  if (scan.cut || scan.end >= text.length || scan.entries.length > limits.entriesMax) return null;
  anotherRoot.lastIndex = scan.end;
  return anotherRoot.exec(text)?.index ?? null;
}

const anotherRoot = /(?<=^|[\s>])<(?:rss|rdf:RDF|feed)(?=\s[^<>]*>|>)/g;

interface Root {
  readonly format: XmlFormat;
  readonly start: number;
  readonly junkBefore: boolean;
}

const rootForm = /<(?:[\w-]+:)?(rss|rdf|feed|channel)(?=[\s>/])/gi;
/** RFC 4287, section 4: an entry may be a document of its own. */
const entryAlone = /<(?:[\w-]+:)?(entry)(?=\s)[^<>]{0,2000}?=\s*["']http:\/\/www\.w3\.org\/2005\/Atom["']/i;
const formats: Readonly<Record<string, XmlFormat>> = {
  rss: 'rss',
  channel: 'rss',
  rdf: 'rdf',
  feed: 'atom',
  entry: 'atom',
};

/** The first element that may be a feed's. A page that begins as HTML is a page, whatever it shows further down. */
function rootOf(text: string): Root | null {
  const found = firstRoot(text) ?? entryAlone.exec(text);
  if (found === null) return null;
  const before = text.slice(0, found.index);
  if (/<(?:html|head|body)[\s>]/i.test(before)) return null;
  const prolog = before.trimStart();
  const junkBefore = prolog !== '' && !/^<[?!]/.test(prolog);
  return { format: formats[found[1]!.toLowerCase()]!, start: found.index, junkBefore };
}

/** Not one that a comment only tells of. */
function firstRoot(text: string): RegExpExecArray | null {
  rootForm.lastIndex = 0;
  for (let found = rootForm.exec(text); found !== null; found = rootForm.exec(text)) {
    const comment = text.lastIndexOf('<!--', found.index);
    const end = comment < 0 ? -1 : text.indexOf('-->', comment + 4);
    if (end < found.index) return found;
    rootForm.lastIndex = end;
  }
  return null;
}
