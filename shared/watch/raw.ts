/** Looking into a file that may have any shape: what is not there, or is of another kind, is simply absent. */
import type { Path } from './problem.ts';
import type { Raw } from './yaml-source.ts';

export function rawAt(value: Raw, path: Path): Raw {
  let here: Raw = value;
  for (const step of path) {
    if (Array.isArray(here) && typeof step === 'number') here = here[step] ?? null;
    else if (isRawMap(here) && Object.hasOwn(here, step)) here = here[step] ?? null;
    else return null;
  }
  return here;
}

export function isRawMap(value: Raw): value is { readonly [key: string]: Raw } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a list with their paths; none when it is no list. */
export function rawItems(value: Raw, path: Path): { readonly item: Raw; readonly path: Path }[] {
  const list = rawAt(value, path);
  return Array.isArray(list) ? list.map((item: Raw, at) => ({ item, path: [...path, at] })) : [];
}

/** The text at a path, or null. */
export function rawText(value: Raw, path: Path): string | null {
  const text = rawAt(value, path);
  return typeof text === 'string' ? text : null;
}
