/** How the operator's pages write moments: the local time, and beside it how far away that is. */
import { html } from 'hono/html';
import { localTime } from '../../../shared/digest/local-time.ts';
import { DAY, HOUR, type Instant, iso, MINUTE } from '../../../shared/time.ts';
import type { Html } from './frame.ts';

export interface Moments {
  readonly now: Instant;
  /** `12:20`, on other days `Sun 22 Nov, 18:40` */
  at(moment: Instant): Html;
  /** `Monday 23 November 2026` */
  day(moment: Instant): string;
}

/** @param zone IANA name in which times are told */
export function momentsIn(zone: string, now: Instant): Moments {
  const time = localTime(zone, now);
  return {
    now,
    at: (moment) => html`<time datetime="${iso(moment)}">${time.nearSlot(moment)}</time>`,
    day: (moment) => time.full(moment).replace(/, [^,]*$/, ''),
  };
}

/** `4 minutes ago`, `in 18 hours`, `just now` */
export function distance(moment: Instant, now: Instant): string {
  const away = Math.abs(moment - now);
  const [size, unit] = away < HOUR ? [MINUTE, 'minute'] : away < 2 * DAY ? [HOUR, 'hour'] : [DAY, 'day'];
  const count = Math.floor(away / size);
  if (count === 0) return moment <= now ? 'just now' : 'within a minute';
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return moment <= now ? `${words} ago` : `in ${words}`;
}
