/** Which hits are asked for: read from an address, written into one, and held against what is known. */
import { limits } from '../../../shared/limits.ts';
import { foldedForm } from '../../../shared/watch/fold.ts';
import type { HitLine } from './hit-index.ts';

/** Null or '' asks for all. */
export interface HitFilter {
  /** Id of a watch. */
  readonly watch: string | null;
  /** Id of a feed. */
  readonly outlet: string | null;
  /** Local days in the zone of the watch file, both included. */
  readonly from: string | null;
  readonly to: string | null;
  /** As they were typed. Each of them must occur. */
  readonly words: string;
}

export const allHits: HitFilter = { watch: null, outlet: null, from: null, to: null, words: '' };

/** @returns the filter, and what of the address is not understood, as sentences; that part is left out of the filter */
export function filterOf(query: Readonly<Record<string, string>>): {
  readonly filter: HitFilter;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const said = (name: string) => (query[name]?.trim() ? (query[name] ?? '').trim() : null);
  const day = (name: 'from' | 'to') => {
    const text = said(name);
    if (text === null || isDay(text)) return text;
    problems.push(`“${text.slice(0, 40)}” is not a day: write it like 2026-11-23.`);
    return null;
  };
  const words = (said('words') ?? '').slice(0, limits.searchCharsMax);
  const filter = { watch: said('watch'), outlet: said('outlet'), from: day('from'), to: day('to'), words };
  if (filter.from !== null && filter.to !== null && filter.from > filter.to) {
    problems.push('The first day comes after the last one.');
  }
  return { filter, problems };
}

/** The address of what is filtered so: `/hits?watch=…`. */
export function addressOf(path: string, filter: HitFilter, more: Readonly<Record<string, string>> = {}): string {
  const said = Object.entries({ ...filter, ...more }).filter(([, value]) => value);
  const query = new URLSearchParams(said as [string, string][]).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** In the order of the lines. */
export function matching(lines: readonly HitLine[], { watch, outlet, from, to, words }: HitFilter): readonly HitLine[] {
  const wanted = foldedForm(words).split(/\s+/u).filter(Boolean);
  return lines.filter(
    (line) =>
      (watch === null || line.watch === watch) &&
      (outlet === null || line.feed === outlet) &&
      (from === null || line.day >= from) &&
      (to === null || line.day <= to) &&
      wanted.every((word) => line.words.includes(word)),
  );
}

/** Whether the filter leaves anything out. */
export function isNarrow(filter: HitFilter): boolean {
  return addressOf('', filter) !== '';
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
