/** The fields of a form as a browser sends them: urlencoded, each name as often as it likes. */
import { limits } from '../limits.ts';

export interface Fields {
  /** The first field of the name; the empty text when there is none. */
  one(name: string): string;
  all(name: string): readonly string[];
}

/** Null when it holds more fields than any form of ours (`formFieldsMax`): they are counted before they are read. */
export function readFields(body: string): Fields | null {
  let count = 1;
  for (let at = body.indexOf('&'); at !== -1; at = body.indexOf('&', at + 1)) count += 1;
  if (count > limits.formFieldsMax) return null;
  const sent = new URLSearchParams(body);
  return { one: (name) => sent.get(name) ?? '', all: (name) => sent.getAll(name) };
}
