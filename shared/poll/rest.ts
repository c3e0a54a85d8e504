/**
 * How a publisher wants to be asked: what headers and documents say about it, brought within our bounds. One value for
 * all of `max-age`, `Expires`, `ttl`, `skipHours`, `skipDays` and the syndication module; Retry-After is an instant and
 * stands beside it (`notBeforeAt`).
 */
import type { Pace } from '../feed/entry.ts';
import { limits } from '../limits.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../time.ts';

export interface Rest {
  /** HTTP's word: not sooner than so long after a look; 0 for none. */
  readonly freshMinutes: number;
  /** The document's own word on its rhythm; an operator's word counts more. 0 for none. */
  readonly advisedMinutes: number;
  /** Hours of the day in UTC in which it wants no visit. Never all of them. */
  readonly skipHours: readonly number[];
  /** Days of the week in UTC, 0 is Sunday. Never all of them. */
  readonly skipDays: readonly number[];
}

const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * @param freshSeconds as the answer's headers say; null for nothing
 * @param pace as the document says; null for nothing
 * @returns null when all of that asks for nothing. A wish for no visit at all is taken for a mistake.
 */
export function restOf(freshSeconds: number | null, pace: Pace | null): Rest | null {
  const skipHours = [...new Set(pace?.skipHours ?? [])];
  const skipDays = [...new Set(pace?.skipDays.map((day) => dayNames.indexOf(day.toLowerCase())) ?? [])];
  const rest: Rest = {
    freshMinutes: freshMinutes(freshSeconds),
    advisedMinutes: Math.min(Math.max(pace?.ttlMinutes ?? 0, pace?.updateMinutes ?? 0), limits.restHoursMax * 60),
    skipHours: skipHours.length < 24 ? skipHours : [],
    skipDays: skipDays.length < 7 ? skipDays : [],
  };
  const { advisedMinutes } = rest;
  const asksNothing = rest.freshMinutes + advisedMinutes + rest.skipHours.length + rest.skipDays.length === 0;
  return asksNothing ? null : rest;
}

/** Whole minutes within our bounds; nothing where it is less than our own clock. */
export function freshMinutes(freshSeconds: number | null): number {
  const minutes = Math.min(Math.ceil((freshSeconds ?? 0) / 60), limits.restHoursMax * 60);
  return minutes < limits.tickMinutes ? 0 : minutes;
}

/**
 * Whether it wants no visit at this time. After each whole day of that one look is taken all the same.
 *
 * @param intervalMinutes of the feed: the one look comes with its next slot
 */
export function isSkipped(rest: Rest | null, at: Instant, intervalMinutes: number): boolean {
  if (rest === null || rest.skipHours.length + rest.skipDays.length === 0) return false;
  let since = at - (at % HOUR);
  if (!isSilent(rest, since)) return false;
  const longest = at - 7 * DAY;
  while (since > longest && isSilent(rest, since - HOUR)) since -= HOUR;
  const silentFor = at - since;
  const day = limits.restHoursMax * HOUR;
  return silentFor < day || silentFor % day >= intervalMinutes * MINUTE;
}

function isSilent({ skipHours, skipDays }: Rest, at: Instant): boolean {
  const date = new Date(at);
  return skipHours.includes(date.getUTCHours()) || skipDays.includes(date.getUTCDay());
}
