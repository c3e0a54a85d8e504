/** Zones as dates of feeds name them: offsets, the abbreviations of RFC 822 and of other parts, names of the tz database. */
import type { Instant } from '../time.ts';

/** RFC 822's names, and those of other zones where publishers write them; in hours. */
const zoneHours: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ ut: 0, utc: 0, gmt: 0, z: 0, wet: 0, west: 1, bst: 1, cet: 1, met: 1, mez: 1, cest: 2, mest: 2, mesz: 2 },
    ...{ eet: 2, sast: 2, eest: 3, msk: 3, msd: 4, pkt: 5, ist: 5.5, ict: 7, wib: 7, hkt: 8, sgt: 8, awst: 8, jst: 9 },
    ...{ kst: 9, acst: 9.5, acdt: 10.5, aest: 10, aedt: 11, nzst: 12, nzdt: 13, art: -3, brt: -3, adt: -3, ndt: -2.5 },
    ...{ nst: -3.5, ast: -4, at: -4, clt: -4, edt: -4, et: -5, est: -5, cdt: -5, ct: -6, cst: -6, mdt: -6, mt: -7 },
    ...{ mst: -7, pdt: -7, pt: -8, pst: -8, akdt: -8, akst: -9, hst: -10 },
  }),
);

/**
 * Minutes east of Greenwich of `+0100`, `gmt+1`, `utc-05:30`, `est`, `(cet)`, `america/los_angeles`. 0 for none, for one
 * that nobody knows, and for an offset that no place on Earth has.
 *
 * @param zone as it is written, lower case
 * @param local what the clock of that zone shows, counted as if it were UTC
 */
export function minutesEast(zone: string, local: Instant): number {
  const trimmed = zone.replace(/^[\s,:]+/, '');
  const offset = offsetForm.exec(trimmed);
  if (offset !== null) {
    const minutes = (Number(offset[2]) * 60 + Number(offset[3] ?? 0)) * (offset[1] === '+' ? 1 : -1);
    return minutes < -12 * 60 || minutes > 14 * 60 ? 0 : minutes;
  }
  const place = /[a-z]+\/[a-z_/]+/.exec(trimmed)?.[0];
  if (place !== undefined) return minutesOfPlace(place, local);
  const name = /[a-z]+/.exec(trimmed)?.[0] ?? '';
  return (zoneHours.get(name) ?? 0) * 60;
}

const offsetForm = /^(?:gmt|utc?|z)? ?-?([+-]|\u2212) ?(\d\d?)(?::?(\d\d))?(?!\d)/;

/** By the tz database of the runtime. Within an hour of a change of clocks it may be the other side's. */
function minutesOfPlace(place: string, local: Instant): number {
  const format = formatOf(place);
  if (format === null) return 0;
  return offsetAt(format, local - offsetAt(format, local) * 60_000);
}

function formatOf(place: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: place, timeZoneName: 'longOffset' });
  } catch {
    return null; // no such place
  }
}

function offsetAt(format: Intl.DateTimeFormat, at: Instant): number {
  const written = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(written) ?? [];
  const east = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -east : east;
}
