/** The time zones that a person can choose from. */

/** IANA names in the order of the alphabet, by what stands before the first stroke; `UTC` first. */
export function zonesByRegion(): ReadonlyMap<string, readonly string[]> {
  byRegion ??= Map.groupBy(
    ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/') && !zone.startsWith('Etc/'))],
    (zone) => zone.split('/')[0] ?? zone,
  );
  return byRegion;
}

let byRegion: ReadonlyMap<string, readonly string[]> | null = null;

/** Whether this machine can tell times in the zone: what a browser names may be newer or older than our list. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    // An offset is understood too, but is no zone: it knows no summer.
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}
