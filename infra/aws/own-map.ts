/**
 * A bundle's source map, cut down to our own sources: a line of ours is what somebody looks for in a stack, and the
 * packages' lines would be most of what is shipped. Format: ECMA-426, "Source map format".
 */

interface SourceMap {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/** A place in the bundle, and where it comes from; null where nobody needs to know. */
interface Place {
  readonly column: number;
  readonly from: readonly [source: number, line: number, column: number] | null;
}

/**
 * @param json of a map whose sources of packages lie in `node_modules`
 * @returns the map in which they are not named, and their places lead nowhere
 */
export function ownMap(json: string): string {
  const map = JSON.parse(json) as SourceMap;
  const own = map.sources.filter((source) => !/(?:^|\/)node_modules\//.test(source));
  const numbers = map.sources.map((source) => own.indexOf(source));
  const lines = placesOf(map.mappings).map((line) =>
    line
      .map(({ column, from }): Place => {
        const number = from === null ? -1 : (numbers[from[0]] ?? -1);
        return { column, from: from === null || number < 0 ? null : [number, from[1], from[2]] };
      })
      // Of a stretch that leads nowhere, only its beginning says anything.
      .filter(({ from }, index, all) => from !== null || (all[index - 1]?.from ?? null) !== null),
  );
  return JSON.stringify({ ...map, sources: own, names: [], mappings: mappingsOf(lines) });
}

/** Every number is written as the difference to the one before: of columns within a line, of all else within the map. */
function placesOf(mappings: string): readonly (readonly Place[])[] {
  const last: [number, number, number] = [0, 0, 0];
  return mappings.split(';').map((line) => {
    let at = 0;
    return (line === '' ? [] : line.split(',')).map((segment) => {
      const [columns = 0, ...from] = numbersOf(segment);
      at += columns;
      if (from.length === 0) return { column: at, from: null };
      for (const index of [0, 1, 2] as const) last[index] += from[index] ?? 0;
      return { column: at, from: [...last] };
    });
  });
}

function mappingsOf(lines: readonly (readonly Place[])[]): string {
  let last: Place['from'] = [0, 0, 0];
  const written = lines.map((line) => {
    let at = 0;
    const segments = line.map(({ column, from }) => {
      const numbers = [
        column - at,
        ...(from === null ? [] : from.map((number, index) => number - (last?.[index] ?? 0))),
      ];
      at = column;
      last = from ?? last;
      return numbers.map(textOf).join('');
    });
    return segments.join(',');
  });
  return written.join(';');
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
