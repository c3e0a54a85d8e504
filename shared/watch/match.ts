/** Which watches an entry matches, by which of their lines, and where. */

export type TextField = 'title' | 'summary' | 'content';

/** One place where one line of a watch fired. */
export interface Match {
  /** The line as written in the watch file. */
  readonly line: string;
  readonly field: TextField;
  /** `[start, end)` in UTF-16 units of the field's plain text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
