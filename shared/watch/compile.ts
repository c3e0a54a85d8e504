/**
 * Watches → what the engine runs on, in one stretch of bytes: at synth for a deployment, at the start on this machine.
 *
 * Every line that must be there is anchored where it is rarest; of a watch of several groups one group is anchored, the
 * rarest, and the rest is asked when it is found.
 */

import type { Watch } from './config.ts';
import { type Anchor, anchorsOf, familyNumber, hashesIn, type Key, wordNumber } from './engine/anchor.ts';
import { bytesOf, isPlainWatch } from './engine/artifact.ts';
import { byFamily, byReference, byWatch, Lines, linesMax, needsBytes, quickly } from './engine/line-record.ts';
import { isAnyOnly, needNumbers, needsOf } from './engine/needs.ts';
import { filterOf, tableOfNumbers } from './engine/number-table.ts';
import { Popularity } from './engine/popularity.ts';
import { isOneFamily, quickLine } from './engine/quick-line.ts';
import { isOneLine, textOf } from './engine/watch-texts.ts';
import { linesOfWatch, termsRead } from './rule.ts';
import type { Term } from './term.ts';

/**
 * @param watches checked: a line that is no term is a bug, and thrown
 * @returns an artifact for `engineOf`: the same watches make the same bytes
 */
export function compile(watches: readonly Watch[]): Uint8Array {
  const read = termsRead();
  const popularity = new Popularity();
  const anchorings = new Map<Term, readonly Anchor[]>();
  const vocabulary: number[] = [];
  const anchored = new Anchored(read);
  for (const watch of watches) {
    for (const line of linesOfWatch(watch)) {
      const term = read(line);
      if (anchorings.has(term)) continue;
      const anchors = anchorsOf(term);
      anchorings.set(term, anchors);
      for (const { keys } of anchors) popularity.count(keys);
      for (const { keys } of anchors) anchored.know(keys);
      vocabulary.push(...hashesIn(term).map(wordNumber));
    }
  }
  const best = (line: string): Anchor | null => popularity.rarest(anchorings.get(read(line)) ?? []);
  for (const [number, watch] of watches.entries()) {
    const isSimple = isAnyOnly(watch) && (watch.any?.length ?? 0) <= linesMax;
    const group = rarestGroup(watch, best);
    if (group === null) {
      anchored.always.push(number);
      continue;
    }
    const needs = isSimple ? null : anchored.need(watch, best);
    for (const [line, anchor] of group.entries()) anchored.add(number, watch, line, anchor, needs);
  }
  return bytesOf({
    ...anchored.sections(watches),
    vocabulary: filterOf(Int32Array.from(vocabulary), vocabulary.length < 2 ** 17 ? 8 : 4),
  });
}

/** One anchor for each line of the group that is rarest of all; null when none can be anchored. */
function rarestGroup(watch: Watch, best: (line: string) => Anchor | null): ReadonlyMap<string, Anchor> | null {
  let rarest: { readonly share: number; readonly anchors: ReadonlyMap<string, Anchor> } | null = null;
  for (const lines of needsOf(watch)) {
    const anchors = new Map<string, Anchor>();
    let share = 0;
    for (const line of lines) {
      const anchor = best(line);
      if (anchor === null) break;
      anchors.set(line, anchor);
      share += anchor.share;
    }
    const isWhole = anchors.size === new Set(lines).size;
    if (isWhole && (rarest === null || share < rarest.share)) rarest = { share, anchors };
  }
  return rarest?.anchors ?? null;
}

/** A small filter can afford to say no more often. */
const sizedFilter = (numbers: readonly number[]): Int32Array =>
  filterOf(Int32Array.from(numbers), numbers.length < 2 ** 14 ? 32 : 16);

function proofOf(term: Term, quick: readonly number[] | null) {
  if (quick !== null) return quickly;
  return isOneFamily(term) ? byFamily : byReference;
}

/** The anchored lines of all watches, as they come together. */
class Anchored {
  readonly always: number[] = [];
  readonly #read: (line: string) => Term;
  readonly #lines = new Lines();
  readonly #numbers: number[] = [];
  readonly #values: number[] = [];
  readonly #needs: number[] = [];
  readonly #asked = { word: [] as number[], pair: [] as number[], beginning: [] as number[] };
  readonly #families = new Map<string, number>();
  /** Where the line of a watch begins that is nothing but this line. */
  readonly #plain = new Map<number, number>();

  constructor(read: (line: string) => Term) {
    this.#read = read;
  }

  /** @returns where what the watch needs is said */
  need(watch: Watch, anchorOf: (line: string) => Anchor | null): number {
    const place = this.#needs.length;
    this.#needs.push(
      ...needNumbers(watch, (line) => {
        const keys = anchorOf(line)?.keys;
        if (keys === undefined || keys.some(({ kind }) => kind === 'beginning')) return null;
        return keys.map((key) => (key.kind === 'family' ? this.#familyNumber(key.family) : key.number));
      }),
    );
    return place;
  }

  /** @param needs where what the watch needs is said; null when the line is enough */
  add(number: number, watch: Watch, line: string, anchor: Anchor, needs: number | null): void {
    const quick = needs === null ? quickLine(this.#read(line)) : null;
    const places = new Map<number, number>();
    for (const key of anchor.keys) {
      const wordsBefore = key.kind === 'family' ? 0 : key.at;
      const record =
        places.get(wordsBefore) ??
        this.#lines.add({
          watch: number,
          line: needs === null ? (watch.any?.indexOf(line) ?? 0) : 0,
          proof: needs === null ? proofOf(this.#read(line), quick) : byWatch,
          wordsBefore: quick === null ? 0 : wordsBefore,
          words: quick === null ? 0 : this.#read(line).steps.length,
          wordBytes: quick ?? (needs === null ? [] : needsBytes(needs)),
        });
      places.set(wordsBefore, record);
      this.#numbers.push(this.#numberOf(key));
      this.#values.push(record);
      if (quick !== null && line === watch.name && /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/.test(line))
        this.#plain.set(number, record);
    }
  }

  /** Families and beginnings of any line, anchored or not: a watch that is asked whole looks for them, too. */
  know(keys: readonly Key[]): void {
    for (const key of keys) if (key.kind === 'family' || key.kind === 'beginning') this.#numberOf(key);
  }

  #numberOf(key: Key): number {
    if (key.kind !== 'family') {
      this.#asked[key.kind].push(key.number);
      return key.number;
    }
    return this.#familyNumber(key.family);
  }

  #familyNumber(name: string): number {
    const family = this.#families.get(name) ?? this.#families.size;
    this.#families.set(name, family);
    return familyNumber(family);
  }

  sections(watches: readonly Watch[]) {
    const text = new TextEncoder();
    const texts: Uint8Array[] = [];
    const watchPlaces = new Uint32Array(watches.length + 1);
    let at = 0;
    for (const [number, watch] of watches.entries()) {
      const line = this.#plain.get(number);
      if (line !== undefined && isOneLine(watch)) {
        watchPlaces[number] = line + isPlainWatch;
        continue;
      }
      const bytes = text.encode(textOf(watch));
      texts.push(bytes);
      watchPlaces[number] = at;
      at += bytes.length;
    }
    watchPlaces[watches.length] = at;
    return {
      ...tableOfNumbers(Int32Array.from(this.#numbers), Uint32Array.from(this.#values)),
      words: sizedFilter(this.#asked.word),
      pairs: sizedFilter(this.#asked.pair),
      beginnings: sizedFilter(this.#asked.beginning),
      watchPlaces,
      needs: Int32Array.from(this.#needs),
      always: Uint32Array.from(this.always),
      lines: this.#lines.bytes(),
      watchTexts: Buffer.concat(texts),
      families: text.encode([...this.#families.keys()].join('\n')),
    };
  }
}
