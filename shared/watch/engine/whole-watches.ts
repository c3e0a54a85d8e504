/**
 * Watches that are more than lines of which one is enough. When their rarest group may stand in an entry, the others are
 * looked for, and only if all are there the groups themselves decide: by the very code of the reference, to which places
 * are handed that were found by the engine.
 */
import { type Answer, answerOf } from '../answer.ts';
import type { Watch } from '../config.ts';
import type { Occurrence } from '../find.ts';
import type { Looked } from '../group.ts';
import { type Rule, ruleOf, termsRead } from '../rule.ts';
import { LinePlaces } from './line-places.ts';
import type { Proposer } from './proposer.ts';
import { fieldsInOrder, type Reading } from './reading.ts';
import type { Windows } from './windows.ts';
import { WordNumbers } from './word-numbers.ts';

export class WholeWatches {
  readonly #watchNumbered: (number: number) => Watch;
  readonly #read = termsRead();
  readonly #known: (Rule | undefined)[] = [];
  readonly #places: LinePlaces;
  readonly #numbers: WordNumbers;
  readonly #reading: Reading;
  #day = '';

  constructor(reading: Reading, proposer: Proposer, windows: Windows, watchNumbered: (number: number) => Watch) {
    this.#reading = reading;
    this.#watchNumbered = watchNumbered;
    this.#places = new LinePlaces(reading, proposer, windows);
    this.#numbers = new WordNumbers(reading, windows);
  }

  /** For another entry. */
  clear(day: string): void {
    this.#day = day;
    this.#places.clear();
    this.#numbers.clear();
  }

  /**
   * Quickly, and with a yes for some watches that do not hold.
   *
   * @param needs see `needNumbers`, from a place on
   */
  mayHold(needs: Int32Array, from: number): boolean {
    let at = from;
    for (let groups = needs[at++]!; groups > 0; groups--) {
      let has = false;
      for (let numbers = needs[at++]!; numbers > 0; numbers--) has = this.#places.presence.mayHave(needs[at++]!) || has;
      if (!has) return false;
    }
    return true;
  }

  answer(number: number): Answer {
    const rule = this.#rule(number);
    return answerOf(rule, rule.watch.near === null ? this.#plainly : this.#counted);
  }

  #rule(number: number): Rule {
    const known = this.#known[number];
    if (known !== undefined) return known;
    const rule = ruleOf(this.#watchNumbered(number), this.#read);
    this.#known[number] = rule;
    return rule;
  }

  readonly #textOf = ({ start, end, field }: Occurrence): string => {
    const from = this.#reading.from[fieldsInOrder.indexOf(field)] ?? 0;
    return this.#reading.text(from + start, from + end);
  };

  /** Who does not count words needs no numbers of them: places say which comes first by their units. */
  readonly #plainly: Looked = this.#looked((places) => places);
  readonly #counted: Looked = this.#looked((places) => places.map((place) => this.#numbers.numbered(place)));

  #looked(numbered: (places: readonly Occurrence[]) => readonly Occurrence[]): Looked {
    const day = () => this.#day;
    return {
      get day() {
        return day();
      },
      placesOf: (term) => numbered(this.#places.of(term)),
      textOf: (place) => this.#textOf(place),
    };
  }
}
