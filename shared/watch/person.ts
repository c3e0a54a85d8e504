/** The short ways to name a person, and when somebody holds an office. */
import { limits } from '../limits.ts';
import { DAY } from '../time.ts';
import type { Holder } from './config.ts';

/** Before a surname, with or without a dot. */
export const titles = ['mr', 'mrs', 'ms', 'miss', 'dr', 'sir', 'dame', 'lord', 'lady', 'baroness', 'baron'] as const;

const afterNames = /^(?:jr|sr|junior|senior|ii|iii|iv)\.?$/i;

/** The last name with the small words that belong to it: `van Dyke`, `von der Leyen`; not what follows it: `Jr`. */
export function surnameOf(name: string): string {
  const words = name.trim().split(/\s+/);
  while (words.length > 2 && afterNames.test(words.at(-1) ?? '')) words.pop();
  let from = words.length - 1;
  while (from > 1 && /^\p{Ll}/u.test(words[from - 1] ?? '')) from--;
  return words.slice(from).join(' ');
}

/** Whether a holder's time includes a local day; news of the days after still name who has just left. */
export function holdsOn({ from, to }: Holder, day: string): boolean {
  if (from !== null && day < from) return false;
  return to === null || Date.parse(day) <= Date.parse(to) + limits.holderGraceDays * DAY;
}
