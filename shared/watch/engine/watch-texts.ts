/** Watches as short as they can be written, and back: what a watch does not say is not kept. */
import { idOf } from '../../id.ts';
import type { Watch } from '../config.ts';
import { type Artifact, isPlainWatch } from './artifact.ts';
import { wordsFrom } from './line-record.ts';
import { wordsOfLine } from './quick-line.ts';

/** All but a name and lines. */
const silent = {
  any: null,
  all: null,
  near: null,
  atLeast: null,
  person: null,
  office: null,
  none: [],
  in: null,
  feeds: null,
  noisy: false,
  examples: { match: [], noMatch: [] },
} as const satisfies Partial<Watch>;

/** Examples are for trying a watch out before it is compiled. */
export function textOf(watch: Watch): string {
  const isSaid = ([key, value]: readonly [string, unknown]) => {
    if (key === 'examples' || value === null || value === false) return false;
    if (key === 'id') return value !== idOf('watch', watch.name);
    return key !== 'none' || watch.none.length > 0;
  };
  return JSON.stringify(Object.fromEntries(Object.entries(watch).filter(isSaid)));
}

/** Whether a watch is its name as its one line, and nothing else. */
export function isOneLine(watch: Watch): boolean {
  const { id, name, any, all, near, atLeast, person, office, none, in: where, feeds, noisy } = watch;
  if (any?.length !== 1 || any[0] !== name || none.length > 0 || noisy) return false;
  return (all ?? near ?? atLeast ?? person ?? office ?? where ?? feeds) === null && id === idOf('watch', name);
}

/** The watch of a number, without its examples. */
export function watchNumbered({ watchPlaces, watchTexts, lines }: Artifact, number: number): Watch {
  const place = watchPlaces[number] ?? 0;
  if (place >= isPlainWatch) {
    const record = place - isPlainWatch;
    const name = wordsOfLine(lines, record + wordsFrom, lines[record + wordsFrom - 1] ?? 0);
    return watchNamed(name, { any: [name] });
  }
  let end = number + 1;
  while ((watchPlaces[end] ?? 0) >= isPlainWatch) end++;
  const said = JSON.parse(Buffer.from(watchTexts.subarray(place, watchPlaces[end])).toString('utf8')) as Partial<Watch>;
  return watchNamed(said.name ?? '', said);
}

function watchNamed(name: string, said: Partial<Watch>): Watch {
  return { ...silent, id: said.id ?? idOf('watch', name), name, ...said };
}
