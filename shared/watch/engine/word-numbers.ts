/** Which word of its field a place begins and ends with, as the reference counts them: `near` asks how many lie between. */
import type { Occurrence } from '../find.ts';
import { ampersands, apostrophes } from './quick-line.ts';
import { fieldsInOrder, type Reading } from './reading.ts';
import type { Windows } from './windows.ts';

/** Words of a field in order, in units of the entry. */
interface Words {
  readonly starts: number[];
  readonly ends: number[];
}

const stop = 46;

export class WordNumbers {
  readonly #reading: Reading;
  readonly #windows: Windows;
  readonly #known = new Map<string, Words>();

  constructor(reading: Reading, windows: Windows) {
    this.#reading = reading;
    this.#windows = windows;
  }

  /** For another entry. */
  clear(): void {
    this.#known.clear();
  }

  /** @param place with `first` and `after` in units of the entry @returns the same place, with these in words */
  numbered(place: Occurrence): Occurrence {
    const { starts, ends } = this.#words(place.field);
    return { ...place, first: countUntil(ends, place.first), after: countUntil(starts, place.after - 1) };
  }

  #words(field: Occurrence['field']): Words {
    const known = this.#known.get(field) ?? this.#count(fieldsInOrder.indexOf(field));
    this.#known.set(field, known);
    return known;
  }

  #count(field: number): Words {
    const reading = this.#reading;
    if (!reading.isCareful) return countPlainly(reading, field);
    const from = reading.from[field]!;
    const { words } = this.#windows.whole(field).tokens;
    return { starts: words.map(({ start }) => from + start), ends: words.map(({ end }) => from + end) };
  }
}

/** How many of rising numbers are at most so large. */
function countUntil(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For a text without signs that need care: a word is a stretch of letters, but for possessives, initials and `&`. */
function countPlainly(reading: Reading, field: number): Words {
  const { units } = reading;
  const words: Words = { starts: [], ends: [] };
  let [at, isInitials] = [reading.from[field]!, false];
  for (let word = reading.firstWord(field); word < reading.count; word++) {
    const [start, end] = [reading.start(word), reading.ends[word]!];
    if (start >= reading.until[field]!) break;
    const before = words.ends.length - 1;
    const isLetter = end - start === 1 && /\p{L}/u.test(String.fromCharCode(units[start]!));
    const endBefore = words.ends[before] ?? -1;
    const isOwner = isLetter && (units[start]! | 32) === 0x73 && apostrophes.has(units[start - 1]!);
    if (isOwner && (start - 1 === endBefore || (isInitials && start - 2 === endBefore && units[endBefore] === stop))) {
      at = end;
      continue;
    }
    for (; at < start; at++) if (ampersands.has(units[at]!)) addWord(words, at, at + 1);
    const goesOn = isLetter && isInitials && units[start - 1] === stop && start - 1 === words.ends.at(-1);
    if (goesOn) words.ends[words.ends.length - 1] = end;
    else addWord(words, start, end);
    isInitials = isLetter;
    at = end;
  }
  for (; at < reading.until[field]!; at++) if (ampersands.has(units[at]!)) addWord(words, at, at + 1);
  return words;
}

function addWord({ starts, ends }: Words, start: number, end: number): void {
  starts.push(start);
  ends.push(end);
}
