/**
 * What `cdk` runs: watch file → stack, or every problem of the file, and nothing is synthesized. Another file than
 * watch.yaml is named by `-c watch=FILE`.
 */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { localDay } from '../../shared/time.ts';
import { problemLine } from '../../shared/watch/problem.ts';
import { configToDeploy } from './config-to-deploy.ts';
import { watchwordStack } from './stack.ts';

const app = new App();
const result = configToDeploy(app.node.tryGetContext('watch') ?? 'watch.yaml', localDay(Date.now(), 'UTC'));
if ('problems' in result) {
  for (const problem of result.problems) process.stderr.write(`${problemLine(problem)}\n`);
  process.exitCode = 1;
} else {
  watchwordStack(app, result.config);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
}
