/**
 * Every watch against every entry, in one pass over its texts: what may be there is proposed by hashes and proved by
 * letters. It finds what `matcherOf` finds, line by line and place by place, some hundred to two thousand times as fast.
 *
 * The work for an entry is linear in its length, whatever the number of watches: what it proposes beside what is there is
 * rare. Where a text was made to propose much, the reference reads it whole, once; and beyond `limits.placesPerEntryMax`
 * places no more than one of each watch is told, and `leftOut` says so.
 */
import { isInScope } from './answer.ts';
import type { Watch } from './config.ts';
import { type Artifact, artifactOf } from './engine/artifact.ts';
import { Found } from './engine/found.ts';
import { byFamily, byReference, byWatch, needsAt, watchAt, wordsFrom } from './engine/line-record.ts';
import { Proposer } from './engine/proposer.ts';
import { hasSign, isOdd, isOneSigned, isUnsure, prove } from './engine/quick-line.ts';
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
  /** Of each watch that was needed once: itself, and, if one line is all there is to say of it, that line. */
  readonly #known: (Watch | string | undefined)[];
  readonly #numbers = new Map<Watch, number>();
  /** Watches that the entry may have and that are to be asked whole; where their needs are, -1 for those that have none. */
  readonly #asked = new Map<number, number>();

  constructor(artifact: Artifact) {
    this.#artifact = artifact;
    this.#known = new Array(2 * artifact.watchPlaces.length);
    this.#proposer = new Proposer(artifact, this.#reading);
    this.#windows = new Windows(this.#reading, remembered(familyOf));
    this.#whole = new WholeWatches(this.#reading, this.#proposer, this.#windows, (number) => this.#watch(number));
  }

  get leftOut(): boolean {
    return this.#found.isCut;
  }

  match(entry: EntryText, { feed, day }: EntryContext): WatchMatch[] {
    this.#found.clear();
    this.#windows.clear();
    if (this.#asked.size > 0) this.#asked.clear();
    this.#reading.read(entry);
    this.#proposer.propose(this.#take);
    for (const number of this.#artifact.always) this.#asked.set(number, -1);
    const matches: WatchMatch[] = [];
    if (this.#found.count > 0) this.#tellFound(feed, matches);
    if (this.#asked.size === 0) return matches;
    this.#tellAsked(feed, day, matches);
    return matches.length < 2 ? matches : matches.sort((a, b) => this.#numberOf(a.watch) - this.#numberOf(b.watch));
  }

  #tellFound(feed: EntryContext['feed'], matches: WatchMatch[]): void {
    const found = this.#found;
    const reading = this.#reading;
    const places = found.inOrder();
    for (let first = 0; first < places.length; ) {
      const number = found.watches[places[first]!]!;
      let after = first + 1;
      while (after < places.length && found.watches[places[after]!] === number) after++;
      const watch = this.#watch(number);
      const line = this.#known[2 * number + 1];
      // A watch of one line, for all feeds, is told without being looked at.
      if (line !== undefined && after === first + 1) {
        matches.push({ watch, matches: [found.match(places[first]!, line as string, reading)] });
      } else if (isInScope(watch, feed)) {
        matches.push({ watch, matches: found.matches(places.slice(first, after), watch.any ?? [], reading) });
      }
      first = after;
    }
  }

  #tellAsked(feed: EntryContext['feed'], day: string, matches: WatchMatch[]): void {
    this.#whole.clear(day);
    for (const [number, needs] of this.#asked) {
      if (needs >= 0 && !this.#whole.mayHold(this.#artifact.needs, needs)) continue;
      const watch = this.#watch(number);
      const found = isInScope(watch, feed) ? this.#whole.answer(number) : null;
      if (found?.kind === 'fired') matches.push({ watch, matches: found.matches });
    }
  }

  #watch(number: number): Watch {
    const known = this.#known[2 * number];
    if (known !== undefined) return known as Watch;
    const watch = watchNumbered(this.#artifact, number);
    this.#known[2 * number] = watch;
    if (watch.feeds === null && watch.any?.length === 1) this.#known[2 * number + 1] = watch.any[0];
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
      this.#asked.set(watch, needsAt(lines, at));
      return;
    }
    if (!this.#found.hasRoom(watch)) return;
    const line = lines[at + 3]!;
    if (!isJoined && proof !== byReference) {
      const start = reading.start(this.#proposer.wordsBack(first, how >>> 2));
      const end = proof === byFamily ? this.#ofFamily(first, start) : this.#prove(at + wordsFrom, start);
      if (end > 0) this.#found.add(watch, line, start, end);
      if (end !== isUnsure) return;
    }
    const term = this.#terms(this.#watch(watch).any?.[line] ?? '');
    if (!isJoined && isOneSigned(term) && !hasSign(reading, first, reading.start(first))) return;
    for (const place of this.#windows.placesAt(term, first, last)) {
      this.#found.add(watch, line, place.first, place.after);
    }
  };

  #ofFamily(word: number, start: number): number {
    return isOdd(this.#reading.units, start) ? isUnsure : (this.#reading.ends[word] ?? 0);
  }

  #prove(words: number, start: number): number {
    const { lines } = this.#artifact;
    const until = this.#reading.until[this.#reading.field(start)] ?? 0;
    return prove(this.#reading, start, until, lines, words, lines[words - 1] ?? 0);
  }
}
