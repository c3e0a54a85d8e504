/** A mistake in the watch file, told so that its author can mend it: where, what is wrong, what to write instead. */

export interface Problem {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** `watches.3.any.0`; '' for the file as a whole. */
  readonly path: string;
  /** One sentence or two, without a line break. */
  readonly message: string;
}

/** Steps from the top of the file to a value: keys, and indexes of lists. */
export type Path = readonly (string | number)[];

/** A problem whose place is still a path, or, where YAML itself stumbled, an offset in the text. */
export interface Flaw {
  readonly path: Path;
  readonly message: string;
  /** The key of the last step is wrong, not its value. */
  readonly onKey?: boolean;
  readonly offset?: number;
}

/** `watch.yaml:12:7: watches.3.any.0: what is wrong, what to write instead` */
export function problemLine(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  return problem.path === '' ? `${place}: ${problem.message}` : `${place}: ${problem.path}: ${problem.message}`;
}
