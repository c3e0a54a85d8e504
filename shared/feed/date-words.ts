/** Words in dates of feeds: names of months in the languages that publishers write them in. */

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
