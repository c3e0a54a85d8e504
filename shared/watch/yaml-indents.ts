/** Lines that begin in a column in which none of the lines above lets them begin. */
import type { YAMLError } from 'yaml';
import { limits } from '../limits.ts';
import type { Stumble } from './yaml-stumbles.ts';

/** A column in which lines of one list or map begin. */
interface Level {
  readonly column: number;
  readonly isDash: boolean;
}

interface Misplaced {
  readonly from: number;
  readonly to: number;
  readonly column: number;
  /** Where the lines begin that it most likely belongs to. */
  readonly meant: number;
}

/** Of the parser's errors those that a line in a wrong column causes. */
const causedByColumns = new Set<YAMLError['code']>([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'MULTILINE_IMPLICIT_KEY',
  'MISSING_CHAR',
]);

/**
 * Lines in a wrong column that the parser stumbled over, and its errors without those that come from them. Text that
 * goes on over several lines may begin anywhere, so a column alone is no flaw.
 */
export function misplacedLines(
  text: string,
  errors: readonly YAMLError[],
): { readonly lines: readonly Stumble[]; readonly others: readonly YAMLError[] } {
  const suspects = errors.filter(({ code }) => causedByColumns.has(code)).slice(0, limits.syntaxErrorsMax);
  if (suspects.length === 0) return { lines: [], others: errors };
  const lines: Stumble[] = [];
  const causes = new Set<number>();
  let told = 0;
  for (const { from, to, column, meant } of misplacedIn(text)) {
    if (from < told) continue;
    const hits = suspects.filter(({ pos }) => pos[0] <= to && pos[1] > from);
    if (hits.length === 0) continue;
    told = sectionAfter(text, from);
    for (const { pos } of hits) causes.add(pos[0]);
    const message = `this line begins in column ${column + 1}, the lines above that it belongs to in column ${meant + 1}; give them the same spaces in front`;
    lines.push({ offset: from + column, message });
  }
  const isDisplaced = displacedBy(
    text,
    lines.map(({ offset }) => offset),
  );
  return { lines, others: errors.filter(({ pos }) => !causes.has(pos[0]) && !isDisplaced(pos[0])) };
}

/** Whether a place lies behind one of these (in rising order), in the same section of the file. */
export function displacedBy(text: string, offsets: readonly number[]): (offset: number) => boolean {
  const zones: { readonly from: number; readonly to: number }[] = [];
  for (const from of offsets) {
    if (from >= (zones.at(-1)?.to ?? 0)) zones.push({ from, to: sectionAfter(text, from) });
  }
  return (offset) => zones.some(({ from, to }) => offset >= from && offset < to);
}

/** Where the next section begins: from there on, lines are in their places again. */
function sectionAfter(text: string, offset: number): number {
  const section = /^\p{L}[^\s:]*:/gmu;
  section.lastIndex = offset;
  return section.exec(text)?.index ?? text.length;
}

function misplacedIn(text: string): Misplaced[] {
  const found: Misplaced[] = [];
  let levels: Level[] = [];
  let above = '';
  for (const { 0: line, index: from } of text.matchAll(/^.*\S.*$/gm)) {
    const [, spaces = '', dashes = ''] = /^( *)((?:- +)*)/.exec(line) ?? [];
    const column = spaces.length;
    const isDash = /^-(?: |$)/.test(line.slice(column));
    const goesOn = /[,[{|>]$/.test(above);
    if (line[column] === '#' || goesOn) {
      if (goesOn) above = line.trimEnd();
      continue;
    }
    const outer = levels.filter((level) => level.column <= column);
    const closed = levels.filter((level) => level.column > column);
    const top = outer.at(-1);
    const isTooDeep = closed.length === 0 && isWhole(above) && /^(?:- |[^\s:]+:(?: |$))/.test(line.slice(column));
    const meant =
      top !== undefined && top.column < column && (closed.length > 0 || isTooDeep)
        ? likeliest(levels, column, isDash)
        : column;
    if (meant !== column) found.push({ from, to: from + line.length, column, meant });
    levels = [...levels.filter((level) => level.column < meant), { column: meant, isDash }];
    for (const { index } of dashes.matchAll(/ (?=-|$)/g)) levels.push({ column: meant + index + 1, isDash: false });
    above = line.trimEnd();
  }
  return found;
}

/** `key: value`, or the text after a dash: nothing can be nested below it. */
function isWhole(line: string): boolean {
  return /^ *(?:- +)*[^\s:#][^:]*: +[^\s#]/.test(line) && !/:$/.test(line);
}

/** Of lists for a line with a dash, of maps for others; the nearest, and of two the inner one. */
function likeliest(levels: readonly Level[], column: number, isDash: boolean): number {
  const alike = levels.filter((level) => level.isDash === isDash);
  const [best] = [...(alike.length > 0 ? alike : levels)].sort(
    (a, b) => Math.abs(a.column - column) - Math.abs(b.column - column) || b.column - a.column,
  );
  return best?.column ?? column;
}
