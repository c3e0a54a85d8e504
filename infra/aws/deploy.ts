/**
 * `npm run deploy` and `npm run diff`: checks the watch file, says what changes for people and what a month costs, and hands over to `cdk`.
 * `--watch FILE` names another file, `--yes` asks nothing; what stands behind `--` is given to `cdk` as it is.
 */
import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { localDay } from '../../shared/time.ts';
import { problemLine } from '../../shared/watch/problem.ts';
import { costSentence } from '../cost/forecast-for.ts';
import { configToDeploy } from './config-to-deploy.ts';
import { deployedNote } from './deployed-note.ts';
import { noteOf, whatChanges } from './what-changes.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { watch: { type: 'string', default: 'watch.yaml' }, yes: { type: 'boolean', default: false } },
});
const [command = 'deploy', ...toCdk] = positionals;
process.exitCode = await run();

async function run(): Promise<number> {
  const result = configToDeploy(values.watch, localDay(Date.now(), 'UTC'));
  if ('problems' in result) {
    for (const problem of result.problems) console.error(problemLine(problem));
    return 1;
  }
  const { region, stage } = result.config.deploy;
  const before = await deployedNote(region, stage);
  const isUnknown = before !== null && 'unknown' in before;
  if (isUnknown) console.log(`It is not known what is deployed (${before.unknown}); all is told as if it were new.`);
  const { sentences, takesAway } = whatChanges(isUnknown ? null : before, noteOf(result.config));
  console.log(`Stage ${stage} in ${region}. What changes for people:`);
  for (const sentence of sentences.length === 0 ? ['Nothing.'] : sentences) console.log(`  ${sentence}`);
  console.log(costSentence(result.config, region));
  if (command === 'deploy' && takesAway && !values.yes && !(await agreed())) return 1;
  const cdk = fileURLToPath(import.meta.resolve('aws-cdk/bin/cdk'));
  const { status } = spawnSync(process.execPath, [cdk, command, '-c', `watch=${values.watch}`, ...toCdk], {
    stdio: 'inherit',
  });
  return status ?? 1;
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error('Something is taken away, and nobody is here to be asked; say --yes to go on.');
    return false;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question('Something is taken away. Go on? [y/N] ');
  prompt.close();
  return /^y(?:es)?$/i.test(answer.trim());
}
