/** Names of time zones, checked against the zones that this runtime knows. */
import { didYouMean } from './nearest.ts';

/** What is wrong with the name of a zone, or null. Abbreviations and offsets are refused: they do not know summer time. */
export function zoneProblem(zone: string): string | null {
  const known = Intl.supportedValuesOf('timeZone');
  if (zone === 'UTC' || known.includes(zone)) return null;
  if (/^[A-Za-z_]+\/[A-Za-z_/+-]+$/.test(zone) && !known.some((name) => name.toLowerCase() === zone.toLowerCase())) {
    // Former names (Asia/Calcutta) are not in the list and still hold.
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return null;
    } catch {}
  }
  const city = zone.replace(/^.*\//, '').replaceAll(' ', '_').toLowerCase();
  const sameCity = known.find((name) => name.toLowerCase().endsWith(`/${city}`));
  if (sameCity !== undefined) return `"${zone}" is not a time zone; did you mean "${sameCity}"?`;
  const advice = didYouMean(zone, known, 'zones');
  return `"${zone}" is not a time zone; ${advice.startsWith('did') ? advice : 'write a place, such as Europe/London, or UTC'}`;
}
