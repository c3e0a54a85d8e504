/** Words in dates of feeds: names of months in the languages that publishers write them in, and names of zones. */

/** Beginnings of month names, lower case, by month. Where two languages disagree the longer beginning is listed first. */
const months: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen', 'янв', 'ιαν', 'sty', 'led', 'ocak', 'tammi'],
  ['feb', 'fév', 'fev', 'fév', 'фев', 'φεβ', 'lut', 'úno', 'şub', 'helmi', 'fvr'],
  ['mar', 'mär', 'mrt', 'maa', 'мар', 'μαρ', 'μάρ', 'bře', 'mrz', 'már'],
  ['apr', 'abr', 'avr', 'ápr', 'апр', 'απρ', 'kwi', 'dub', 'nis', 'huhti'],
  ['may', 'mai', 'mag', 'mei', 'maj', 'máj', 'май', 'мая', 'μαϊ', 'μάι', 'μαι', 'kvě', 'touko'],
  ['jun', 'giu', 'jui', 'júni', 'июн', 'ιουν', 'ιούν', 'cze', 'haz', 'kesä'],
  ['jul', 'lug', 'juil', 'júl', 'июл', 'ιουλ', 'ιούλ', 'lip', 'tem', 'heinä'],
  ['aug', 'ago', 'aoû', 'aou', 'авг', 'αυγ', 'αύγ', 'sie', 'srp', 'ağu', 'elo'],
  ['sep', 'set', 'сен', 'σεπ', 'szept', 'wrz', 'zář', 'eyl', 'syys'],
  ['oct', 'okt', 'ott', 'out', 'окт', 'οκτ', 'paź', 'říj', 'eki', 'loka'],
  ['nov', 'ноя', 'νοε', 'νοέ', 'lis', 'kas', 'marras'],
  ['dec', 'dez', 'des', 'dic', 'déc', 'дек', 'δεκ', 'gru', 'pro', 'ara', 'joulu'],
];

const beginnings: readonly (readonly [string, number])[] = months
  .flatMap((names, index) => names.map((name) => [name, index + 1] as const))
  .sort(([a], [b]) => b.length - a.length);

/** The month (1 to 12) that one of the words names, or null. A day of the week that looks alike ("mar.") comes first. */
export function monthOf(text: string): number | null {
  const words = text.match(/[\p{Letter}\p{Mark}]{3,}/gu) ?? [];
  for (const word of words.toReversed()) {
    const found = beginnings.find(([beginning]) => word.startsWith(beginning));
    if (found !== undefined) return found[1];
  }
  return null;
}

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

/** Minutes east of Greenwich of `+0100`, `gmt+1`, `utc-05:30`, `est`, `(cet)`. 0 for none, and for one nobody knows. */
export function zoneMinutes(zone: string): number {
  const offset = /^(?:gmt|utc?|z)? ?([+-]|\u2212) ?(\d\d?)(?::?(\d\d))?(?!\d)/.exec(zone);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    if (minutes > 15 * 60) return 0;
    return offset[1] === '+' ? minutes : -minutes;
  }
  const name = /[a-z]+/.exec(zone)?.[0] ?? '';
  return (zoneHours.get(name) ?? 0) * 60;
}
