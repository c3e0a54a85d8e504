/**
 * Instants, durations and local dates: the arithmetic of time that every room shares. Pure: nobody here reads a clock,
 * callers hand in `now`.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. Names of instants end in `At`. */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `2026-11-23T07:00:00Z`, or with milliseconds where there are any. What machines and `--json` read. */
export function iso(at: Instant): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** The calendar day `2026-11-23` of an instant in a zone (IANA name). Offices are resolved by it. */
export function localDay(at: Instant, zone: string): string {
  let days = dayFormats.get(zone);
  if (days === undefined) {
    days = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    dayFormats.set(zone, days);
  }
  return days.format(at);
}

/** Making one costs a hundred times what using it does. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();
