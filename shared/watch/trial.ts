/** A watch tried out before anything depends on it: on its own examples, and on the headlines of an ordinary day. */
import { assert } from '../assert.ts';
import { limits } from '../limits.ts';
import { compile } from './compile.ts';
import type { Watch } from './config.ts';
import { engineOf } from './engine.ts';
import { type Explanation, explainerOf } from './explainer.ts';
import type { EntryContext, EntryText } from './match.ts';
import type { Flaw, Path } from './problem.ts';
import { sampleHeadlines } from './sample-headlines.ts';

/** Watches on trial, all at once, by the engine that will run them. */
export interface Trial {
  /** Examples of the watch of a number that do not hold: which line fired, or what was missing. */
  exampleFlaws(number: number, path: Path): Flaw[];
  /** Which of the sample headlines the watch of a number finds, as a title or as a text. */
  sample(number: number): readonly string[];
}

/** @param day on which offices are looked at */
export function trialOf(watches: readonly Watch[], day: string): Trial {
  const context = { feed: null, day };
  // Two watches may have one name, and so one id, until that is mended.
  const engine = engineOf(compile(watches.map((watch, number) => ({ ...watch, id: `${number}` }))));
  const numbers = (entry: EntryText) => new Set(engine.match(entry, context).map(({ watch }) => Number(watch.id)));
  const sample = watches.map((): string[] => []);
  for (const headline of sampleHeadlines) {
    for (const number of numbers({ title: headline, summary: headline, content: null })) sample[number]?.push(headline);
  }
  return {
    sample: (number) => sample[number] ?? [],
    exampleFlaws(number, path) {
      const watch = watches[number];
      assert(watch !== undefined, 'a watch on trial has a number');
      const { match, noMatch } = watch.examples;
      const finds = (text: string) => numbers(exampleEntry(watch, text)).has(number);
      const missed = match.flatMap((text, at): Flaw[] => {
        if (finds(text)) return [];
        const told = explained(watch, text, context);
        const why = told.kind === 'missed' ? told.missing : 'it is not found';
        const message = `the watch does not find this example: ${why}; mend the watch, or the example`;
        return [{ path: [...path, 'examples', 'match', at], message }];
      });
      const found = noMatch.flatMap((text, at): Flaw[] => {
        if (!finds(text)) return [];
        const told = explained(watch, text, context);
        const first = told.kind === 'fired' ? told.matches[0] : undefined;
        const message = `the watch finds this example: "${first?.line}" fired on "${first?.text}"; narrow that line, or add one under none`;
        return [{ path: [...path, 'examples', 'no_match', at], message }];
      });
      return [...missed, ...found];
    },
  };
}

/** An example is taken as a title, or as the text of an entry where the watch looks only there. */
function exampleEntry(watch: Watch, text: string): EntryText {
  const inBody = watch.in === 'body' || watch.atLeast?.in === 'body';
  return { title: watch.in === 'body' ? null : text, summary: inBody ? text : null, content: null };
}

function explained(watch: Watch, text: string, context: EntryContext): Explanation {
  const [explanation] = explainerOf([watch])(exampleEntry(watch, text), context);
  assert(explanation !== undefined, 'a watch is explained');
  return explanation;
}

/** A watch that would find nearly everything, and does not say that this is meant. */
export function noisyFlaws(watch: Watch, path: Path, found: readonly string[]): Flaw[] {
  const percent = (100 * found.length) / sampleHeadlines.length;
  if (watch.noisy || percent <= limits.noisyPercent) return [];
  const message = `finds ${percent.toFixed(1)} % of ordinary headlines, such as "${found[0]}"; make its lines longer, or write noisy: ok`;
  return [{ path, message }];
}
