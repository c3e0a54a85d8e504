/**
 * When an issue is for. A slot is a function of schedule, zone and now: it needs no memory, so a tick that comes twice
 * or late names the same slot. The only user of Temporal: a wrong hour twice a year is what a date library is for.
 */
import { Temporal } from 'temporal-polyfill';
import { assert, unreachable } from '../assert.ts';
import { limits } from '../limits.ts';
import { HOUR, type Instant, iso, MINUTE } from '../time.ts';
import type { Schedule } from '../watch/config.ts';

/** The local date and time that an issue is for. */
export interface Slot {
  /** `2026-11-23T07:00` in the digest's zone; UTC with a `Z` for schedules that have no local times. */
  readonly id: string;
  /** The instant at which it falls due. */
  readonly at: Instant;
}

/**
 * The latest slot at or before `now`.
 *
 * Each listed local time has one slot on each local day of the zone's calendar: a time that the clocks skip falls due at
 * the first valid instant after it, one that they repeat at its first.
 *
 * @param zone IANA name; one that this machine's data does not know counts as UTC
 */
export function latestSlot(when: Schedule, zone: string, now: Instant): Slot {
  switch (when.kind) {
    case 'at once':
      return slotInUtc(Math.floor(now / MINUTE) * MINUTE);
    case 'hourly':
      return slotInUtc(Math.floor(now / HOUR) * HOUR);
    case 'times': {
      const known = zoneOrUtc(zone);
      const today = localDate(known, now);
      // From tomorrow on: where the clocks go back over midnight, a slot of tomorrow's date can lie in the past.
      for (let days = 1; days >= -limits.slotSearchDays; days--) {
        const slot = slotsOn(today.add({ days }), when, known).findLast(({ at }) => at <= now);
        if (slot !== undefined) return slot;
      }
      throw new Error(NO_SLOT);
    }
    default:
      return unreachable(when);
  }
}

/** The first slot after `now`; everything else as for {@link latestSlot}. */
export function nextSlot(when: Schedule, zone: string, now: Instant): Slot {
  switch (when.kind) {
    case 'at once':
      return slotInUtc(Math.floor(now / MINUTE) * MINUTE + MINUTE);
    case 'hourly':
      return slotInUtc(Math.floor(now / HOUR) * HOUR + HOUR);
    case 'times': {
      const known = zoneOrUtc(zone);
      const today = localDate(known, now);
      for (let days = 0; days <= limits.slotSearchDays; days++) {
        const slot = slotsOn(today.add({ days }), when, known).find(({ at }) => at > now);
        if (slot !== undefined) return slot;
      }
      throw new Error(NO_SLOT);
    }
    default:
      return unreachable(when);
  }
}

/**
 * The first instant of a local day, also where the clocks skip its midnight.
 *
 * @param day `2026-11-23`
 * @param zone as for {@link latestSlot}
 */
export function startOfDay(day: string, zone: string): Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime(zoneOrUtc(zone)).epochMilliseconds;
}

/** The zone itself, or `UTC` when this machine's time zone data does not know it. */
export function zoneOrUtc(zone: string): string {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}

/** A checked schedule lists at least one day and one time. */
const NO_SLOT = 'Broken invariant: a schedule has a slot in every fortnight';

type Times = Extract<Schedule, { kind: 'times' }>;

/** The slots of one local day in rising order; none on a weekday that is not listed and on a date that the zone left out. */
function slotsOn(day: Temporal.PlainDate, when: Times, zone: string): Slot[] {
  if (!when.days.includes(day.dayOfWeek)) return [];
  if (!day.toZonedDateTime(zone).toPlainDate().equals(day)) return [];
  return when.times.map((time) => {
    const local = day.toPlainDateTime(time);
    return { id: local.toString({ smallestUnit: 'minute' }), at: firstInstantOf(local, zone) };
  });
}

function firstInstantOf(local: Temporal.PlainDateTime, zone: string): Instant {
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(local)) return first.epochMilliseconds;
  // In a gap, 'earlier' reads the time by the offset after it and so lands before it: the next change is the gap's end.
  const gapEnd = first.getTimeZoneTransition('next');
  assert(gapEnd !== null, `clocks skip ${local.toString()} in ${zone}, so they change after it`);
  return gapEnd.epochMilliseconds;
}

function localDate(zone: string, at: Instant): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
}

function slotInUtc(at: Instant): Slot {
  return { id: iso(at).replace(/:\d\dZ$/, 'Z'), at };
}
