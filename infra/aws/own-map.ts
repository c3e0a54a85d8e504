/**
 * A bundle's source map, cut down to our own sources: a line of ours is what somebody looks for in a stack, and the
 * packages' lines would be most of what is shipped. Format: ECMA-426, "Source map format".
 */

interface SourceMap {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/**
 * @param json of a map whose sources of packages lie in `node_modules`
 * @returns the map in which they are not named, and their places lead nowhere
 */
export function ownMap(json: string): string {
  const map = JSON.parse(json) as SourceMap;
  const kept = map.sources.map((source) => !/(?:^|\/)node_modules\//.test(source));
  const numbers = new Map(kept.flatMap((keep, index) => (keep ? [index] : [])).map((index, number) => [index, number]));
  const before = { source: 0, line: 0, column: 0 };
  const written = { source: 0, line: 0, column: 0 };
  const lines = map.mappings.split(';').map((line) => {
    let column = 0;
    let writtenColumn = 0;
    let leadsNowhere = true;
    const segments: string[] = [];
    for (const segment of line === '' ? [] : line.split(',')) {
      const [columns = 0, source, sourceLine = 0, sourceColumn = 0] = numbersOf(segment);
      column += columns;
      if (source !== undefined) {
        before.source += source;
        before.line += sourceLine;
        before.column += sourceColumn;
      }
      const number = source === undefined ? undefined : numbers.get(before.source);
      if (number === undefined && leadsNowhere) continue;
      leadsNowhere = number === undefined;
      const places =
        number === undefined
          ? []
          : [number - written.source, before.line - written.line, before.column - written.column];
      if (number !== undefined) Object.assign(written, before, { source: number });
      segments.push([column - writtenColumn, ...places].map(textOf).join(''));
      writtenColumn = column;
    }
    return segments.join(',');
  });
  return JSON.stringify({
    ...map,
    sources: map.sources.filter((_, index) => kept[index]),
    names: [],
    mappings: lines.join(';'),
  });
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const bitsOf = new Map([...digits].map((digit, value) => [digit, value]));

/** Base 64 numbers of variable length: five bits a digit, the lowest first, the sign the lowest of all. */
function numbersOf(segment: string): number[] {
  const numbers: number[] = [];
  let shift = 0;
  let value = 0;
  for (const digit of segment) {
    const bits = bitsOf.get(digit) ?? 0;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    shift = 0;
    value = 0;
  }
  return numbers;
}

function textOf(number: number): string {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const bits = rest & 31;
    rest >>>= 5;
    text += digits[rest > 0 ? bits | 32 : bits];
  } while (rest > 0);
  return text;
}
