/**
 * Watchword's matching and what else there is, on the same texts with the same terms in one run. `npm run bench:match`
 *
 *   --quick           a minute: fewer rounds, at most 10,000 terms
 *   --corpus FILE     real articles in place of invented ones, `{"title": …, "body": …}` a line
 *   --sizes 10,1000   numbers of terms
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { coldStarts } from './cold-starts.ts';
import { Comparison } from './comparison.ts';
import { corpusOf, inventedCorpus } from './corpus.ts';
import { goalsTable } from './goals.ts';
import { groundOf } from './ground.ts';
import { figure } from './table.ts';
import { hostile, lengthsAndLetters } from './variations.ts';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, corpus: { type: 'string' }, sizes: { type: 'string' } },
});
const { quick } = options;
const sizes = options.sizes?.split(',').map(Number) ?? [10, 1_000, 10_000, ...(quick ? [] : [100_000, 1_000_000])];

console.log(
  `${cpus()[0]?.model.trim()}, ${cpus().length} cores; Node ${process.version}; ${new Date().toISOString()}; ` +
    `load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
);
const corpus = options.corpus === undefined ? inventedCorpus(quick ? 4_000_000 : 13_200_000) : corpusOf(options.corpus);
const bytes = corpus.odd.reduce(
  (sum, { title, body }) => sum + Buffer.byteLength(title) + Buffer.byteLength(body) + 1,
  0,
);
console.log(
  `Texts: ${corpus.about}: ${corpus.odd.length.toLocaleString('en-GB')} articles, ${figure(bytes / 1e6)} MB; terms are drawn from as many others.`,
);
console.log(
  'MB/s: UTF-8 per second of CPU time of the one thread that matches, best / median of the rounds; contenders take turns. Compile is CPU time, too;\n' +
    'held: what stays once it is ready; peak: the most the process ever had, texts included. Agreement: distinct terms an article, on the texts in\n' +
    'the plainest spelling (ASCII, small letters, one space between words, no possessive), where every way means the same;\n' +
    'of full rules on the texts as they are.',
);

const folder = mkdtempSync(join(tmpdir(), 'watchword-match-'));
try {
  const ground = groundOf(folder, corpus, quick);
  const comparison = new Comparison(ground);
  const { measured } = comparison;
  for (const size of sizes) await comparison.terms('sparse', size);
  for (const size of sizes.filter((each) => each >= 10_000 && each <= 100_000)) await comparison.terms('dense', size);
  for (const size of quick ? [1_000] : [1_000, 10_000, 100_000]) await comparison.rules(size);
  await lengthsAndLetters(ground, measured);
  await hostile(ground, measured);
  coldStarts(ground, measured);
  console.log(`\n## Goals\n\n${goalsTable(measured)}`);
  if (comparison.disagreements > 0) {
    console.log(`\n${comparison.disagreements} counts differ that should not.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
