/** The template of a watch file without bundling anything: what most checks need, in a moment. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Template as CdkTemplate } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { configToDeploy, type Deployable } from '../../../infra/aws/config-to-deploy.ts';
import { watchwordStack } from '../../../infra/aws/stack.ts';
import type { Template } from './template.ts';

/** The flags of `cdk.json`, which only the command reads by itself. */
export const cdkContext = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8')).context;

/** Validation takes four seconds; the real command does it. */
process.env.CDK_VALIDATION = 'false';

/** The shipped watch file. */
export function shippedConfig(): Deployable {
  const read = configToDeploy('watch.yaml', '2026-11-23');
  if ('problems' in read) throw new Error('the shipped watch file cannot be deployed');
  return read.config;
}

export function templateOf(config: Deployable): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'watchword-template-'));
  try {
    const app = new App({ outdir, context: { ...cdkContext, 'aws:cdk:bundling-stacks': [] } });
    return CdkTemplate.fromStack(watchwordStack(app, config)).toJSON() as Template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What cdk-nag finds, without what is acknowledged; the real command holds the shipped file against CloudFormation's rules too. */
export function findingsIn(config: Deployable): readonly string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'watchword-findings-'));
  const exitCode = process.exitCode;
  try {
    const app = new App({ outdir, context: { ...cdkContext, 'aws:cdk:bundling-stacks': [] } });
    watchwordStack(app, config);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
    app.synth();
    const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
      pluginReports: { violations: { ruleName: string }[] }[];
    };
    return pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
  } finally {
    process.exitCode = exitCode; // which findings set
    rmSync(outdir, { recursive: true });
  }
}
