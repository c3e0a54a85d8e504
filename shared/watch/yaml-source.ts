/**
 * The text of a watch file as plain values, and where each of them stands. YAML's own guesses are switched off
 * (failsafe schema): every scalar stays the text that was written, and what YAML would do silently becomes a flaw.
 * Reading goes on after a syntax error, so that one stray bracket does not hide the other mistakes.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml';
import { limits } from '../limits.ts';
import type { Flaw, Path } from './problem.ts';
import { mendCuts } from './yaml-cuts.ts';
import { displacedBy, misplacedLines } from './yaml-indents.ts';
import { isTab, type Stumble, stumbles } from './yaml-stumbles.ts';

/** A value as written. Null: nothing was written after the key. Maps have no prototype, so any key is only a key. */
export type Raw = string | null | readonly Raw[] | { readonly [key: string]: Raw };

export interface YamlSource {
  readonly value: Raw;
  /** What YAML stumbled over, or would have changed silently. */
  readonly flaws: readonly Flaw[];
  /** Line and column (1-based) of a flaw; of the nearest value around it when nothing was written there. */
  place(flaw: Flaw): { readonly line: number; readonly column: number };
  /** Whether this may only be wrong because a line above it, in the same section, is in a wrong column. */
  isDisplaced(flaw: Flaw): boolean;
  /** Whether the scalar at this path was written without quotes. */
  plain(path: Path): boolean;
}

interface Spot {
  readonly key: number;
  readonly value: number;
  readonly plain: boolean;
}

/** Never throws, whatever the text. */
export function readYaml(written: string): YamlSource {
  // Lines of old Macs end in what this parser takes for white space.
  const text = written.replace(/\r(?!\n)/g, '\n');
  const lines = new LineCounter();
  const { mended, cuts } = mendCuts(text);
  const doc = parseDocument(mended, {
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
  const tabs = doc.errors.filter(isTab);
  const misplaced = misplacedLines(text, tabs.length > 0 ? [] : doc.errors);
  const isDisplaced = displacedBy(text, [
    ...tabs.map(({ pos }) => pos[0]),
    ...misplaced.lines.map(({ offset }) => offset),
  ]);
  const marks = [
    ...cuts,
    ...misplaced.lines,
    ...walk.flaws.filter(({ offset }) => tabs.length === 0 && !isDisplaced(offset)),
  ];
  const errors = tabs.length > 0 ? tabs : misplaced.others;
  return {
    value,
    flaws: [...marks, ...stumbles(doc.contents, errors, text, marks)]
      .slice(0, limits.syntaxErrorsMax)
      .map((flaw) => ({ path: pathAt(spots, flaw.offset), ...flaw })),
    place(flaw) {
      const offset = flaw.offset ?? offsetOf(spots, flaw);
      const { line, col } = lines.linePos(offset);
      return { line: Math.max(1, line), column: Math.max(1, col) };
    },
    isDisplaced: (flaw) => isDisplaced(flaw.offset ?? offsetOf(spots, flaw)),
    plain: (path) => spots.get(JSON.stringify(path))?.plain ?? false,
  };
}

/** The path of what begins at an offset, or last before it. */
function pathAt(spots: ReadonlyMap<string, Spot>, offset: number): Path {
  let best = '[]';
  let nearestAt = -1;
  for (const [path, { key, value }] of spots) {
    const begins = value <= offset ? value : key;
    if (begins <= offset && begins >= nearestAt) [best, nearestAt] = [path, begins];
  }
  return JSON.parse(best);
}

function offsetOf(spots: ReadonlyMap<string, Spot>, flaw: Flaw): number {
  for (let path = flaw.path; ; path = path.slice(0, -1)) {
    const spot = spots.get(JSON.stringify(path));
    if (spot !== undefined) return flaw.onKey === true && path.length === flaw.path.length ? spot.key : spot.value;
    if (path.length === 0) return 0;
  }
}

const curlySentence =
  'YAML reads these curly quotes as part of the text; write straight ones (") in their place, or none';

/** Quotes of a word processor around a single value. Around a line that is looked for, or a headline, they do no harm. */
function isCurly(text: string, path: Path): boolean {
  const isLine = typeof path.at(-1) === 'number' && path[0] !== 'digests';
  return !isLine && /^(?:[“”„].*[“”]|[‘’‚].*[‘’])$/s.test(text);
}

const keySentence = 'a key must be a plain word; put it in quotes if it is meant as text';

/** Values, their places, and the marks of YAML (`*alias`, `&anchor`, `!tag`) that the language has no use for. */
function walker(text: string, spots: Map<string, Spot>) {
  const flaws: Stumble[] = [];
  function raw(node: Node | null, path: Path, keyAt: number): Raw {
    const plain = isScalar(node) && node.type === 'PLAIN';
    const nothing = node === null || (plain && node.source === '');
    const offset = nothing ? keyAt : (node.range?.[0] ?? keyAt);
    spots.set(JSON.stringify(path), { key: keyAt, value: offset, plain });
    if (path.length > limits.watchFileDepthMax) {
      flaws.push({ path, offset, message: 'is nested too deep; no part of a watch file goes so deep' });
      return null;
    }
    if (isAlias(node)) {
      const written = `*${node.source}`;
      flaws.push({
        path,
        offset,
        message: `YAML reads ${written} as a reference to another place; write it without the *`,
      });
      return written;
    }
    markFlaws(node, path, offset);
    if (plain && isCurly(node.source ?? '', path)) flaws.push({ path, offset, message: curlySentence });
    if (isScalar(node)) return nothing ? null : String(node.value ?? '');
    if (isSeq<ParsedNode>(node))
      return node.items.map((item, at) => raw(item, [...path, at], item?.range?.[0] ?? offset));
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const map: Record<string, Raw> = Object.create(null);
      for (const { key, value } of node.items) {
        const at = key.range?.[0] ?? offset;
        markFlaws(key, path, at);
        if (isScalar(key)) map[String(key.value)] = raw(value, [...path, String(key.value)], at);
        else flaws.push({ path, offset: at, message: keySentence });
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
