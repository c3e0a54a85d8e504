/** The template of a watch file without bundling anything: what most checks need, in a moment. */
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template as CdkTemplate } from 'aws-cdk-lib/assertions';
import { watchwordStack } from '../../../infra/aws/stack.ts';
import { loadConfig } from '../../../infra/local/watch-file.ts';
import type { Config, Deploy } from '../../../shared/watch/config.ts';
import type { Template } from './template.ts';

const cdkJson = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8'));

/** The shipped watch file. */
export function shippedConfig(): Config & { readonly deploy: Deploy } {
  const read = loadConfig('watch.yaml', '2026-11-23');
  if (!('config' in read) || read.config.deploy === undefined)
    throw new Error('the shipped watch file can be deployed');
  return { ...read.config, deploy: read.config.deploy };
}

export function templateOf(config: Config): Template {
  process.env.CDK_VALIDATION = 'false'; // four seconds; the real command validates
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } });
  return CdkTemplate.fromStack(watchwordStack(app, config)).toJSON() as Template;
}
