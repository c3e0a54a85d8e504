/** The six functions as the topology says: code, rights, settings, and what calls them. */
import { join } from 'node:path';
import { AssetHashType, DockerImage, Duration, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  EventSourceMapping,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { shardsFor } from '../../shared/poll/due.ts';
import { type Setting, settingNames } from '../../shared/settings.ts';
import type { Config } from '../../shared/watch/config.ts';
import { type FunctionName, type FunctionPlan, functions, type QueueName } from '../topology.ts';
import { bundleInto, dataHash } from './bundle.ts';
import type { Queues } from './queues.ts';
import { type Resources, statementsOf } from './rights.ts';
import { tickOf } from './ticks.ts';

export interface FunctionsOptions {
  readonly config: Config;
  readonly reserve: boolean;
  readonly queues: Queues;
  readonly resources: Resources;
  /** The value of each setting in this deployment; a function is given those that its rights need. */
  readonly settings: Readonly<Partial<Record<Setting, string>>>;
}

export type Functions = Readonly<Record<FunctionName, LambdaFunction>>;

export function functionsOf(stack: Stack, options: FunctionsOptions): Functions {
  const made = (Object.keys(functions) as FunctionName[]).map((name) => [name, functionOf(stack, name, options)]);
  return Object.fromEntries(made) as Functions;
}

function functionOf(stack: Stack, name: FunctionName, options: FunctionsOptions): LambdaFunction {
  const { config, reserve, resources, settings } = options;
  const plan = functions[name];
  const id = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const logs = new LogGroup(stack, `${id}Logs`, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(stack, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logs.grantWrite(role);
  for (const statement of statementsOf(plan, resources)) role.addToPolicy(statement);
  const { historyPattern } = resources;
  if (plan.rights.history === 'append' && historyPattern !== null) {
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${historyPattern}]`,
      reason: 'Objects of a bucket can only be named by a pattern; it is this one bucket, and only adding',
    });
  }
  const made = new LambdaFunction(stack, `${id}Function`, {
    description: `Watchword: ${plan.does}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: codeOf(name, config),
    role,
    logGroup: logs,
    loggingFormat: LoggingFormat.JSON,
    timeout: Duration.seconds(plan.timeoutSeconds),
    memorySize: plan.memoryMb,
    ...(reserve && { reservedConcurrentExecutions: atOnce(name, config) }),
    environment: { ...settingsOf(plan, settings), NODE_OPTIONS: '--enable-source-maps' },
  });
  acknowledgeCalls(made);
  callOf(stack, id, name, made, role, options);
  return made;
}

/** What calls a function. */
function callOf(
  stack: Stack,
  id: string,
  name: FunctionName,
  target: LambdaFunction,
  role: Role,
  { config, queues }: FunctionsOptions,
): void {
  const { trigger } = functions[name];
  if (trigger.kind === 'tick') tickOf(stack, id, trigger, target, role, queues.deadLetters.ticks);
  if (trigger.kind === 'queue') {
    const mapping = new EventSourceMapping(stack, `${id}Messages`, {
      target,
      eventSourceArn: queues.queue[trigger.queue].queueArn,
      batchSize: trigger.batchSize,
      maxConcurrency: atOnce(name, config),
      reportBatchItemFailures: true,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'Of a queue, failed messages go to the dead letters of the queue itself',
    });
  }
}

/**
 * As many as are of use, and no more: of the poll two for each shard, since a tick may meet the rest of the one before. The
 * sum is also the most that a mistake of ours, or a flood at the pages, can cost.
 */
export function atOnce(name: FunctionName, config: Config): number {
  const { atOnceMax } = functions[name].trigger;
  return name === 'poll' ? Math.min(atOnceMax, 2 * shardsFor(config.feeds.length)) : atOnceMax;
}

function settingsOf(plan: FunctionPlan, settings: FunctionsOptions['settings']): Record<string, string> {
  const { rights, knowsPages, trigger } = plan;
  const fedBy = trigger.kind === 'queue' ? trigger.queue : null;
  const wanted: Setting[] = [
    ...(rights.news === undefined ? [] : ['newsTable' as const]),
    ...(rights.people === undefined ? [] : ['peopleTable' as const]),
    ...(rights.sendsTo ?? []).flatMap((queue) => queueSettings[queue] ?? []),
    ...(rights.history === undefined ? [] : ['historyBucket' as const]),
    // Who hears of mails has to know whose they are.
    ...(rights.mails || fedBy === 'notices' ? ['configurationSet' as const] : []),
    ...(rights.keys ? ['keysSecret' as const] : []),
    ...(knowsPages ? ['webBase' as const] : []),
  ];
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const value = settings[name];
      return value === undefined ? [] : [[settingNames[name], value]];
    }),
  );
}

/** Nobody but SES sends notices. */
const queueSettings: Readonly<Partial<Record<QueueName, Setting>>> = { poll: 'pollQueue', deliver: 'deliverQueue' };

/** Bundled in this process, without a container and without a shell; the hash is that of what came out. */
function codeOf(name: FunctionName, config: Config): Code {
  return Code.fromAsset(join(import.meta.dirname, '../../functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('never-used'),
      command: [name, dataHash(name, config)], // a bundle is made once for each source and command
      local: {
        tryBundle(folder) {
          bundleInto(folder, name, config);
          return true;
        },
      },
    },
  });
}

function acknowledgeCalls(made: LambdaFunction): void {
  Validations.of(made).acknowledge(
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'Ticks have a failure destination, messages the dead letters of their queue; pages are asked for again',
    },
    {
      id: 'Serverless-LambdaTracing',
      reason: 'X-Ray costs more than the function traced here; an id goes with each tick from log to log',
    },
  );
}
