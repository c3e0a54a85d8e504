/**
 * Every watch against every entry, in one pass over its texts: what may be there is proposed by hashes and proved by
 * letters. It finds what `matcherOf` finds, line by line and place by place, some thousand times as fast.
 *
 * The work for an entry is linear in its length, whatever the number of watches: what it proposes beside what is there is
 * rare. Where a text was made to propose much, the reference reads it whole, once; and of more places than
 * `limits.placesPerEntryMax` no more than one of each watch is told, and `onCut` is called.
 */
import { isInScope } from './answer.ts';
import type { Watch } from './config.ts';
import { type Artifact, artifactOf } from './engine/artifact.ts';
import { Found, matchesOf } from './engine/found.ts';
import { byReference, byWatch, watchAt, wordsFrom } from './engine/line-record.ts';
import { Proposer } from './engine/proposer.ts';
import { isUnsure, prove } from './engine/quick-line.ts';
import { Reading } from './engine/reading.ts';
import { watchNumbered } from './engine/watch-texts.ts';
import { WholeWatches } from './engine/whole-watches.ts';
import { Windows } from './engine/windows.ts';
import { familyOf } from './forms.ts';
import type { EntryContext, EntryText, Matcher, WatchMatch } from './match.ts';
import { remembered } from './remembered.ts';
import { termsRead } from './rule.ts';
import type { Term } from './term.ts';

/**
 * @param bytes of `compile`; used where they lie, and not to be written to
 * @returns a matcher whose watches have no examples: they were tried before
 * @throws an error in one sentence when the bytes are damaged, or of another version
 */
export function engineOf(bytes: Uint8Array): Matcher {
  return new Engine(artifactOf(bytes));
}

class Engine implements Matcher {
  readonly #artifact: Artifact;
  readonly #reading = new Reading();
  readonly #proposer: Proposer;
  readonly #windows: Windows;
  readonly #whole: WholeWatches;
  readonly #found = new Found();
  readonly #terms: (line: string) => Term = termsRead();
  /** Watches that were needed once. */
  readonly #watches: (Watch | undefined)[];
  readonly #numbers = new Map<Watch, number>();
  /** Watches of the entry that are to be asked whole. */
  readonly #asked = new Set<number>();

  constructor(artifact: Artifact) {
    this.#artifact = artifact;
    this.#watches = new Array(artifact.watchPlaces.length - 1);
    this.#proposer = new Proposer(artifact, this.#reading);
    this.#windows = new Windows(this.#reading, remembered(familyOf));
    this.#whole = new WholeWatches(this.#reading, this.#proposer, this.#windows, (number) => this.#watch(number));
  }

  match(entry: EntryText, { feed, day }: EntryContext): WatchMatch[] {
    this.#found.clear();
    this.#windows.clear();
    if (this.#asked.size > 0) this.#asked.clear();
    this.#reading.read(entry);
    this.#proposer.propose(this.#take);
    for (const number of this.#artifact.always) this.#asked.add(number);
    const matches: WatchMatch[] = [];
    if (this.#found.size > 0) this.#tellFound(feed, matches);
    if (this.#asked.size === 0) return matches;
    this.#tellAsked(feed, day, matches);
    return matches.length < 2 ? matches : matches.sort((a, b) => this.#numberOf(a.watch) - this.#numberOf(b.watch));
  }

  #tellFound(feed: EntryContext['feed'], matches: WatchMatch[]): void {
    this.#found.forEach((number, places) => {
      const watch = this.#watch(number);
      if (isInScope(watch, feed)) matches.push({ watch, matches: matchesOf(places, watch.any ?? [], this.#reading) });
    });
  }

  #tellAsked(feed: EntryContext['feed'], day: string, matches: WatchMatch[]): void {
    this.#whole.clear(day);
    for (const number of this.#asked) {
      const watch = this.#watch(number);
      const found = isInScope(watch, feed) ? this.#whole.answer(number) : null;
      if (found?.kind === 'fired') matches.push({ watch, matches: found.matches });
    }
  }

  #watch(number: number): Watch {
    const known = this.#watches[number];
    if (known !== undefined) return known;
    const watch = watchNumbered(this.#artifact, number);
    this.#watches[number] = watch;
    this.#numbers.set(watch, number);
    return watch;
  }

  #numberOf(watch: Watch): number {
    return this.#numbers.get(watch) ?? 0;
  }

  /** A line that may stand at a word: proves it. */
  readonly #take = (at: number, first: number, last: number, isJoined: boolean): void => {
    const { lines } = this.#artifact;
    const reading = this.#reading;
    const watch = watchAt(lines, at);
    const how = lines[at + 4]!;
    const proof = how & 3;
    if (proof === byWatch) {
      this.#asked.add(watch);
      return;
    }
    if (!this.#found.hasRoom(watch)) return;
    const line = lines[at + 3]!;
    if (!isJoined && proof !== byReference) {
      const start = reading.start(this.#proposer.wordsBack(first, how >>> 2));
      const until = reading.until[reading.field(start)]!;
      const end = prove(reading, start, until, lines, at + wordsFrom, lines[at + wordsFrom - 1]!);
      if (end > 0) this.#found.add(watch, line, start, end);
      if (end !== isUnsure) return;
    }
    const term = this.#terms(this.#watch(watch).any?.[line] ?? '');
    for (const place of this.#windows.placesAt(term, first, last))
      this.#found.add(watch, line, place.first, place.after);
  };
}
