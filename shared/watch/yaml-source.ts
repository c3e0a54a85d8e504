/**
 * The text of a watch file as plain values, and where each of them stands. YAML's own guesses are switched off
 * (failsafe schema): every scalar stays the text that was written, and what YAML would do silently becomes a flaw.
 * Reading goes on after a syntax error, so that one stray bracket does not hide the other mistakes.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { limits } from '../limits.ts';
import type { Flaw, Path } from './problem.ts';
import { syntaxSentence } from './yaml-sentence.ts';

/** A value as written. Null: nothing was written after the key. Maps have no prototype, so any key is only a key. */
export type Raw = string | null | readonly Raw[] | { readonly [key: string]: Raw };

export interface YamlSource {
  readonly value: Raw;
  /** What YAML stumbled over, or would have changed silently. */
  readonly flaws: readonly Flaw[];
  /** Line and column (1-based) of a flaw; of the nearest value around it when nothing was written there. */
  place(flaw: Flaw): { readonly line: number; readonly column: number };
  /** Whether the scalar at this path was written without quotes. */
  plain(path: Path): boolean;
}

interface Spot {
  readonly key: number;
  readonly value: number;
  readonly plain: boolean;
}

/** Never throws, whatever the text. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const doc = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    strict: true,
    uniqueKeys: true,
    logLevel: 'error',
  });
  const spots = new Map<string, Spot>();
  const walk = walker(text, spots);
  const value = walk.raw(doc.contents, [], 0);
  const cuts = cutsOf(text);
  return {
    value,
    flaws: [...cuts, ...walk.flaws, ...stumbles(doc, text, [...cuts, ...walk.flaws])],
    place(flaw) {
      const offset = flaw.offset ?? offsetOf(spots, flaw);
      const { line, col } = lines.linePos(offset);
      return { line: Math.max(1, line), column: Math.max(1, col) };
    },
    plain: (path) => spots.get(JSON.stringify(path))?.plain ?? false,
  };
}

/** The parser's own errors, one a place, without those that only follow from a mark already told of. */
function stumbles(doc: Document.Parsed, text: string, marks: readonly Flaw[]): Flaw[] {
  const found = new Map<number, Flaw>();
  for (const error of doc.errors.slice(0, limits.syntaxErrorsMax)) {
    const at = error.pos[0];
    const open = openedAt(doc.contents, text, error);
    const told = marks.some(({ offset = -1 }) => offset === at || (open !== null && open < offset && offset < at));
    const offset = open ?? at;
    if (!told && !found.has(offset)) {
      found.set(offset, { path: [], offset, message: syntaxSentence(error, text, open !== null) });
    }
  }
  return [...found.values()];
}

function offsetOf(spots: ReadonlyMap<string, Spot>, flaw: Flaw): number {
  for (let path = flaw.path; ; path = path.slice(0, -1)) {
    const spot = spots.get(JSON.stringify(path));
    if (spot !== undefined) return flaw.onKey === true && path.length === flaw.path.length ? spot.key : spot.value;
    if (path.length === 0) return 0;
  }
}

/** Values, their places, and the marks of YAML (`*alias`, `&anchor`, `!tag`) that the language has no use for. */
function walker(text: string, spots: Map<string, Spot>) {
  const flaws: Flaw[] = [];
  function raw(node: Node | null, path: Path, keyAt: number): Raw {
    const offset = node?.range?.[0] ?? keyAt;
    const plain = isScalar(node) && node.type === 'PLAIN';
    spots.set(JSON.stringify(path), { key: keyAt, value: offset, plain });
    if (path.length > limits.watchFileDepthMax) {
      flaws.push({ path, offset, message: 'is nested too deep; no part of a watch file goes so deep' });
      return null;
    }
    if (isAlias(node)) {
      const written = `*${node.source}`;
      flaws.push({ path, offset, message: `YAML reads ${written} as a reference; put it in quotes: "${written}"` });
      return written;
    }
    markFlaws(node, path, offset);
    if (isScalar(node)) return plain && node.source === '' ? null : String(node.value ?? '');
    if (isSeq<ParsedNode>(node))
      return node.items.map((item, at) => raw(item, [...path, at], item?.range?.[0] ?? offset));
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const map: Record<string, Raw> = Object.create(null);
      for (const { key, value } of node.items) {
        const at = key.range?.[0] ?? offset;
        if (isScalar(key)) map[String(key.value)] = raw(value, [...path, String(key.value)], at);
        else
          flaws.push({
            path,
            offset: at,
            message: 'a key must be a plain word; put it in quotes if it is meant as text',
          });
      }
      return map;
    }
    return null;
  }
  function markFlaws(node: Node | null, path: Path, nodeAt: number): void {
    if (node === null || (anchorOf(node) === undefined && node.tag === undefined)) return;
    const sign = anchorOf(node) === undefined ? '!' : '&';
    const offset = Math.max(0, text.lastIndexOf(sign, nodeAt));
    const written = text.slice(offset, isScalar(node) ? node.range?.[1] : nodeAt).trim();
    flaws.push({
      path,
      offset,
      message: `YAML reads ${sign} as a mark of its own; put the text in quotes: "${written}"`,
    });
  }
  return { raw, flaws };
}

function anchorOf(node: Node | null): string | undefined {
  return node !== null && 'anchor' in node ? (node.anchor as string | undefined) : undefined;
}

/** Tokens of the lexer that stand for no character of the source: document, end of a broken bracket, scalar. */
const lexerMarks = new Set(['\u0002', '\u0018', '\u001f']);

/**
 * Values that YAML cut at ` #`. A comment that begins with a space, `# like this`, is meant as one; `news #climate` and
 * `[#climate]` are not.
 */
function cutsOf(text: string): Flaw[] {
  const flaws: Flaw[] = [];
  let offset = 0;
  let lineStart = 0;
  for (const token of new Lexer().lex(text)) {
    if (lexerMarks.has(token)) continue;
    const before = text.slice(lineStart, offset);
    if (/^#[^\s#!-]/.test(token) && /\S/.test(before)) {
      const tag = /^#[^\s,\]}]*/.exec(token)?.[0] ?? token;
      const value = /[^\s,[\]{}:"'-][^,[\]{}:"']*$/.exec(before)?.[0].trim() ?? '';
      const whole = `${value} ${tag}`.trim();
      flaws.push({
        path: [],
        offset,
        message: `YAML reads everything from ${tag} on as a comment; put the text in quotes: "${whole}" (a comment has a space after its #)`,
      });
    }
    const lastBreak = token.lastIndexOf('\n');
    if (lastBreak !== -1) lineStart = offset + lastBreak + 1;
    offset += token.length;
  }
  return flaws;
}

/** Where the innermost bracket or quote was opened that this error says is not closed; null when it says another thing. */
function openedAt(contents: Node | null, text: string, error: YAMLError): number | null {
  const end = error.pos[0];
  const quote = error.code === 'MISSING_CHAR' && error.message.includes('quote');
  if (!quote && error.code !== 'BAD_INDENT') return null;
  let found: number | null = null;
  visit(contents, {
    Scalar(_key, { range, type }) {
      if (quote && type !== 'PLAIN' && range && range[0] < end && range[1] >= end) found = range[0];
    },
    Collection(_key, { range, flow }) {
      if (quote || flow !== true || !range || range[0] >= end) return;
      if (text[range[1] - 1] !== (text[range[0]] === '[' ? ']' : '}')) found = Math.max(found ?? 0, range[0]);
    },
  });
  return found;
}
