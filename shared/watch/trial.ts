/** A watch tried out before anything depends on it: on its own examples, and on the headlines of an ordinary day. */
import { assert } from '../assert.ts';
import { limits } from '../limits.ts';
import { compile } from './compile.ts';
import type { Watch } from './config.ts';
import { engineOf } from './engine.ts';
import { type Explanation, explainerOf } from './explainer.ts';
import type { Flaw, Path } from './problem.ts';
import { sampleHeadlines } from './sample-headlines.ts';

/**
 * Explains what a watch makes of a text, on a day, whatever the feed. The text is taken as a title, or as the text of an
 * entry where the watch looks only there.
 */
function trialOf(watch: Watch, day: string): (text: string) => Explanation {
  const explain = explainerOf([watch]);
  const inBody = watch.in === 'body' || watch.atLeast?.in === 'body';
  return (text) => {
    const entry = { title: watch.in === 'body' ? null : text, summary: inBody ? text : null, content: null };
    const [explanation] = explain(entry, { feed: null, day });
    assert(explanation !== undefined, 'a watch is explained');
    return explanation;
  };
}

/** Examples that do not hold: which line fired, or what was missing. */
export function exampleFlaws(watch: Watch, path: Path, day: string): Flaw[] {
  const trial = trialOf(watch, day);
  const { match, noMatch } = watch.examples;
  const missed = match.flatMap((text, at): Flaw[] => {
    const told = trial(text);
    if (told.kind === 'fired') return [];
    const message = `the watch does not find this example: ${told.missing}; mend the watch, or the example`;
    return [{ path: [...path, 'examples', 'match', at], message }];
  });
  const found = noMatch.flatMap((text, at): Flaw[] => {
    const told = trial(text);
    const first = told.kind === 'fired' ? told.matches[0] : undefined;
    if (first === undefined) return [];
    const message = `the watch finds this example: "${first.line}" fired on "${first.text}"; narrow that line, or add one under none`;
    return [{ path: [...path, 'examples', 'no_match', at], message }];
  });
  return [...missed, ...found];
}

/** Which of the sample headlines each watch finds, as a title or as a text. */
export function sampleFinds(watches: readonly Watch[], day: string): ReadonlyMap<Watch, readonly string[]> {
  const matcher = engineOf(compile(watches));
  const found = new Map<string, string[]>(watches.map(({ id }) => [id, []]));
  for (const headline of sampleHeadlines) {
    const entry = { title: headline, summary: headline, content: null };
    for (const { watch } of matcher.match(entry, { feed: null, day })) found.get(watch.id)?.push(headline);
  }
  return new Map(watches.map((watch) => [watch, found.get(watch.id) ?? []]));
}

/** A watch that would find nearly everything, and does not say that this is meant. */
export function noisyFlaws(watch: Watch, path: Path, found: readonly string[]): Flaw[] {
  const percent = (100 * found.length) / sampleHeadlines.length;
  if (watch.noisy || percent <= limits.noisyPercent) return [];
  const message = `finds ${percent.toFixed(1)} % of ordinary headlines, such as "${found[0]}"; make its lines longer, or write noisy: ok`;
  return [{ path, message }];
}
