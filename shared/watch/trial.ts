/** A watch tried out before anything depends on it: on its own examples, and on the headlines of an ordinary day. */
import { limits } from '../limits.ts';
import type { Watch } from './config.ts';
import { type Match, matcherOf } from './match.ts';
import type { Flaw, Path } from './problem.ts';
import { sampleHeadlines } from './sample-headlines.ts';

/**
 * Finds out where a watch fires in a text, on a day, whatever the feed. The text is taken as a title, or as the text of an
 * entry where the watch looks only there.
 */
export function trialOf(watch: Watch, day: string): (text: string) => readonly Match[] {
  const matcher = matcherOf([watch]);
  const inBody = watch.in === 'body' || watch.atLeast?.in === 'body';
  return (text) => {
    const entry = { title: watch.in === 'body' ? null : text, summary: inBody ? text : null, content: null };
    return matcher.match(entry, { feed: null, day }).flatMap(({ matches }) => matches);
  };
}

/** Examples that do not hold: which line fired, or what was missing. */
export function exampleFlaws(watch: Watch, path: Path, day: string): Flaw[] {
  const fires = trialOf(watch, day);
  const { match, noMatch } = watch.examples;
  const missed = match.flatMap((text, at): Flaw[] =>
    fires(text).length > 0
      ? []
      : [
          {
            path: [...path, 'examples', 'match', at],
            message: `the watch does not find this example: ${missing(watch, text, day)}`,
          },
        ],
  );
  const found = noMatch.flatMap((text, at): Flaw[] => {
    const first = fires(text)[0];
    if (first === undefined) return [];
    const message = `the watch finds this example: "${first.line}" fired on "${first.text}"; narrow that line, or add one under none`;
    return [{ path: [...path, 'examples', 'no_match', at], message }];
  });
  return [...missed, ...found];
}

/** Each group of the watch alone: the first that does not hold is what was missing. */
function missing(watch: Watch, text: string, day: string): string {
  const alone: Watch = {
    ...watch,
    any: null,
    all: null,
    near: null,
    atLeast: null,
    person: null,
    office: null,
    none: [],
  };
  const parts: [string, Watch][] = [];
  if (watch.any !== null) parts.push(['nothing of any fired', { ...alone, any: watch.any }]);
  for (const [at, group] of (watch.all ?? []).entries()) {
    parts.push([`nothing of group ${at + 1} of all fired`, { ...alone, any: group }]);
  }
  if (watch.near !== null)
    parts.push([`its groups do not stand within ${watch.near.within} words`, { ...alone, near: watch.near }]);
  if (watch.atLeast !== null)
    parts.push([`fewer than ${watch.atLeast.count} lines of at_least fired`, { ...alone, atLeast: watch.atLeast }]);
  if (watch.person !== null)
    parts.push([`${watch.person.name} is not named in full`, { ...alone, person: watch.person }]);
  if (watch.office !== null)
    parts.push([`neither a title nor who holds the office on ${day} is named`, { ...alone, office: watch.office }]);
  for (const [what, part] of parts)
    if (trialOf(part, day)(text).length === 0) return `${what}; add a line, or mend the example`;
  const stopper = watch.none.length === 0 ? undefined : trialOf({ ...alone, any: watch.none }, day)(text)[0];
  if (stopper !== undefined)
    return `"${stopper.line}" under none takes it away; make that line longer, or mend the example`;
  return 'nothing fired; add a line, or mend the example';
}

/** Which of the sample headlines each watch finds, as a title or as a text. */
export function sampleFinds(watches: readonly Watch[], day: string): ReadonlyMap<Watch, readonly string[]> {
  const matcher = matcherOf(watches);
  const found = new Map<Watch, string[]>(watches.map((watch) => [watch, []]));
  for (const headline of sampleHeadlines) {
    const entry = { title: headline, summary: headline, content: null };
    for (const { watch } of matcher.match(entry, { feed: null, day })) found.get(watch)?.push(headline);
  }
  return found;
}

/** A watch that would find nearly everything, and does not say that this is meant. */
export function noisyFlaws(watch: Watch, path: Path, found: readonly string[]): Flaw[] {
  const percent = (100 * found.length) / sampleHeadlines.length;
  if (watch.noisy || percent <= limits.noisyPercent) return [];
  const message = `finds ${percent.toFixed(1)} % of ordinary headlines, such as "${found[0]}"; make its lines longer, or write noisy: ok`;
  return [{ path, message }];
}
