/**
 * New feeds into the text of a watch file. Only what is new is written; every other character, comments and line ends
 * included, stays what and where it was: the file is its author's, and its diff is read by people.
 */
import { type Document, isMap, isScalar, isSeq, type Pair, parseDocument, stringify, type YAMLSeq } from 'yaml';
import { isTab } from './yaml-stumbles.ts';

export interface NewFeed {
  /** As `parseFeedUrl` returns it. */
  readonly url: string;
  readonly name: string | null;
  readonly tags: readonly string[];
}

/**
 * @param text the whole file, without a byte order mark
 * @param feeds at least one, none of them in the file yet
 * @returns the text with the feeds behind those that are there; or, where the file is written in a way that has no place for
 *   them, one sentence on what to do
 */
export function withFeeds(
  text: string,
  feeds: readonly NewFeed[],
): { readonly text: string } | { readonly problem: string } {
  const doc = parseDocument(text, {
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'error',
    keepSourceTokens: true,
  });
  if (doc.errors.length > 0) {
    const why = isTab(doc.errors[0]!) ? 'a tab stands where spaces must' : 'it is not valid YAML';
    return { problem: `${why}: see what watchword check says, and put that right first` };
  }
  if (doc.contents === null) return { text: appended(text, feeds) };
  if (!isMap(doc.contents))
    return { problem: 'it has no sections, so there is no place for feeds; see the starter watch.yaml' };
  const section = doc.contents.items.find(({ key }) => isScalar(key) && key.value === 'feeds');
  if (section === undefined) {
    return doc.contents.flow
      ? { problem: 'it is written in { } as a whole; write feeds: [] into it first' }
      : { text: appended(text, feeds) };
  }
  return intoSection(text, doc, section, feeds);
}

function intoSection(text: string, doc: Document, { key, value }: Pair, feeds: readonly NewFeed[]) {
  if (isSeq(value) && value.items.length > 0) {
    return { text: value.flow ? intoBrackets(text, value, feeds) : belowLast(text, value, feeds) };
  }
  const isBlock = isMap(doc.contents) && !doc.contents.flow;
  if (isSeq(value) && value.flow) {
    const [start, end] = value.range ?? [0, 0];
    const isBare = text.slice(start, end).replace(/\s/g, '') === '[]';
    if (isBare && isBlock) {
      return { text: spliced(text, text.slice(0, start).trimEnd().length, end, inLines(text, feeds, '  ').trimEnd()) };
    }
    // In empty brackets a comment may stand.
    return { text: spliced(text, end - 1, end - 1, feeds.map(inBrackets).join(', ')) };
  }
  if (isBlock && (value === null || (isScalar(value) && value.source === '')) && isScalar(key)) {
    return { text: afterLine(text, key.range?.[1] ?? 0, feeds, '  ') };
  }
  return { problem: 'what stands under feeds: is no list; see what watchword check says, and put that right first' };
}

/** A file without the section gets it at its end. */
function appended(text: string, feeds: readonly NewFeed[]): string {
  const line = lineEnd(text);
  const separated = text === '' || text.endsWith('\n') ? text : `${text}${line}`;
  return `${separated}${separated.trim() === '' ? '' : line}feeds:${inLines(text, feeds, '  ')}`;
}

/** Behind the last line of the last entry, whatever comments follow. */
function belowLast(text: string, list: YAMLSeq, feeds: readonly NewFeed[]): string {
  const tokens = list.srcToken?.type === 'block-seq' ? list.srcToken.items.flatMap(({ start }) => start) : [];
  const dash = tokens.findLast(({ type }) => type === 'seq-item-ind')?.offset ?? 0;
  const indent = /[ \t]*$/.exec(text.slice(0, dash))?.[0] ?? '';
  return afterLine(text, Math.max(dash, lastEnd(list)), feeds, indent);
}

/** Where the last value that is written in a list or map ends. */
function lastEnd(node: unknown): number {
  if (isSeq(node) && !node.flow) return lastEnd(node.items.at(-1));
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    return Math.max(lastEnd(last?.key), lastEnd(last?.value));
  }
  return rangeOf(node)?.[1] ?? 0;
}

function afterLine(text: string, offset: number, feeds: readonly NewFeed[], indent: string): string {
  const end = text.slice(offset).search(/\r?\n|$/) + offset;
  return spliced(text, end, end, inLines(text, feeds, indent).replace(/\r?\n$/, ''));
}

/** Each feed in a line of its own, the first line end included. */
function inLines(text: string, feeds: readonly NewFeed[], indent: string): string {
  const line = lineEnd(text);
  return `${line}${feeds.map((feed) => `${indent}- ${inBrackets(feed)}${line}`).join('')}`;
}

/** Behind the last entry: on its line, or, where each has one of its own, on lines like it. */
function intoBrackets(text: string, list: YAMLSeq, feeds: readonly NewFeed[]): string {
  const end = rangeOf(list.items.at(-1))?.[1] ?? 0;
  const start = rangeOf(list.items.at(-1))?.[0] ?? 0;
  const [, indent] = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, start)) ?? [];
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  const written = feeds.map(inBrackets);
  if (indent === undefined) return spliced(text, end, end + comma, `, ${written.join(', ')}${comma > 0 ? ',' : ''}`);
  const line = lineEnd(text);
  const lines = written.map((each) => `${line}${indent}${each}`).join(',');
  const behind = end + comma + (/^[ \t]*(?:#[^\r\n]*)?/.exec(text.slice(end + comma))?.[0].length ?? 0);
  return `${text.slice(0, end)},${text.slice(end + comma, behind)}${lines}${comma > 0 ? ',' : ''}${text.slice(behind)}`;
}

function spliced(text: string, from: number, to: number, piece: string): string {
  return `${text.slice(0, from)}${piece}${text.slice(to)}`;
}

function rangeOf(node: unknown): readonly [number, number, number] | null {
  const range: unknown = typeof node === 'object' && node !== null ? Reflect.get(node, 'range') : null;
  return Array.isArray(range) ? (range as [number, number, number]) : null;
}

function lineEnd(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** As it stands in a list in brackets, and so in any list: an address, or a map in braces. */
function inBrackets({ url, name, tags }: NewFeed): string {
  const feed =
    name === null && tags.length === 0
      ? url
      : { url, ...(name === null ? {} : { name }), ...(tags.length === 0 ? {} : { tags }) };
  return stringify([feed], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim().slice(1, -1);
}
