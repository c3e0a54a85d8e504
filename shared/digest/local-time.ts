/** How a mail writes times: in the digest's zone, British, as short as can be told. */
import type { Instant } from '../time.ts';
import { zoneOrUtc } from './slot.ts';

export interface LocalTime {
  /** `Monday 23 November 2026, 07:00` */
  full(at: Instant): string;
  /** `Sun 22 Nov, 18:40` */
  short(at: Instant): string;
  /** `18:40` on the day of the slot, else as `short`. */
  nearSlot(at: Instant): string;
}

/** @param zone IANA name; an unknown one counts as UTC, as for the slot itself */
export function localTime(zone: string, slotAt: Instant): LocalTime {
  const timeZone = zoneOrUtc(zone);
  const partsBy = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
    return (at: Instant) => Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  };
  const long = partsBy({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const brief = partsBy({ weekday: 'short', day: 'numeric', month: 'short' });
  const clock = partsBy({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

  const time = (at: Instant) => `${clock(at).hour}:${clock(at).minute}`;
  const day = (at: Instant) => `${brief(at).weekday} ${brief(at).day} ${brief(at).month}`;
  const short = (at: Instant) => `${day(at)}, ${time(at)}`;
  return {
    full(at) {
      const { weekday, day: ofMonth, month, year } = long(at);
      return `${weekday} ${ofMonth} ${month} ${year}, ${time(at)}`;
    },
    short,
    nearSlot: (at) => (day(at) === day(slotAt) ? time(at) : short(at)),
  };
}
