/**
 * A deployment on this machine: the stack is synthesized for the recorded feeds, and what comes out is taken as it is, the
 * template for its resources and settings, the assets for its code.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Deployable } from '../../../../infra/aws/config-to-deploy.ts';
import { stackName } from '../../../../infra/aws/output-names.ts';
import { watchwordStack } from '../../../../infra/aws/stack.ts';
import { drainQueue } from '../../../../infra/local/queue-poller.ts';
import { seedsConfig } from '../../../../infra/local/seeds-config.ts';
import { type FunctionName, functions as functionNames } from '../../../../infra/topology.ts';
import { dynamoTable } from '../../../../shared/aws/table.ts';
import type { Config } from '../../../../shared/watch/config.ts';
import { deployOf } from '../../../../shared/watch/deploy-shape.ts';
import type { Table, WholeTable } from '../../../../shared/world.ts';
import { assetHashOf } from '../synthesized.ts';
import { type Found, resourcesOf, type Template } from '../template.ts';
import { type RunningFunction, runFunction } from './lambda-runtime.ts';
import { type LocalAccount, openAccount } from './local-account.ts';

export interface Deployment {
  readonly config: Config;
  readonly account: LocalAccount;
  readonly functions: Readonly<Record<FunctionName, RunningFunction>>;
  readonly news: Table;
  readonly people: WholeTable;
  /** What the stack tells of itself, as far as it is made here. */
  readonly outputs: Readonly<Record<string, string>>;
  /** By the names that CloudFormation gave them. */
  readonly byId: ReadonlyMap<string, RunningFunction>;
  /** Runs the function of a schedule, with what the schedule says to it. */
  tick(name: FunctionName, at: string): Promise<unknown>;
  /** Hands a function all that waits in its queue, as its event source mapping would. */
  drain(name: FunctionName): Promise<{ readonly processed: number; readonly failed: number }>;
  /** The queue that a function is fed by. */
  queueUrlOf(name: FunctionName): string;
  close(): Promise<void>;
}

/**
 * @param folder an empty one
 * @param feedsPort where the recorded feeds are served
 */
export async function deployHere(folder: string, feedsPort: number): Promise<Deployment> {
  const config = { ...seedsConfig(feedsPort), deploy };
  const { template, assets } = synthesize(config, join(folder, 'cdk.out'));
  const account = await openAccount(template, join(folder, 'mail'));
  const names = Object.keys(functionNames) as FunctionName[];
  const started = await Promise.all(
    names.map(async (name) => {
      const has = functionIn(template, name).has as unknown as FunctionProperties;
      const own = Object.entries(has.Environment.Variables).map(([key, value]) => [key, account.localValue(value)]);
      const running = await runFunction({
        name,
        folder: join(assets, `asset.${assetHashOf(template, name)}`),
        handler: has.Handler,
        timeoutSeconds: has.Timeout,
        memoryMb: has.MemorySize,
        environment: { ...Object.fromEntries(own), ...account.endpoints },
      });
      return [name, running] as const;
    }),
  );
  const functions = Object.fromEntries(started) as Deployment['functions'];
  const tableNamed = (id: string) => {
    const table = resourcesOf(template, 'AWS::DynamoDB::GlobalTable').find((found) => found.id.startsWith(id));
    return dynamoTable(account.clients.dynamodb, account.localValue({ Ref: table?.id }));
  };
  const mappingOf = (name: FunctionName) => {
    const target = functionIn(template, name).id;
    const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(
      ({ has }) => has as unknown as Mapping,
    );
    const mapping = mappings.find(({ FunctionName }) => FunctionName.Ref === target);
    if (mapping === undefined) throw new Error(`no queue leads to ${name}`);
    return { url: account.localValue({ Ref: mapping.EventSourceArn['Fn::GetAtt'][0] }), batchSize: mapping.BatchSize };
  };
  return {
    config,
    account,
    functions,
    news: tableNamed('News'),
    people: tableNamed('People'),
    outputs: outputsOf(template, account),
    byId: new Map(started.map(([name, running]) => [functionIn(template, name).id, running])),
    tick(name, at) {
      const { id } = functionIn(template, name);
      const targets = resourcesOf(template, 'AWS::Scheduler::Schedule').map(({ has }) => has.Target as ScheduleTarget);
      const target = targets.find(({ Arn }) => Arn['Fn::GetAtt'][0] === id);
      if (target === undefined) throw new Error(`no schedule runs ${name}`);
      return functions[name].invoke(JSON.parse(target.Input.replace('<aws.scheduler.scheduled-time>', at)));
    },
    drain(name) {
      const handler = (event: unknown) => functions[name].invoke(event) as never;
      return drainQueue({ ...mappingOf(name), handler, atOnceMax: 1, log: failLoudly });
    },
    queueUrlOf: (name) => mappingOf(name).url,
    async close() {
      await Promise.all(Object.values(functions).map((running) => running.close()));
      await account.close();
    },
  };
}

/** The records of the sender's domain, which only SES could tell, are left out. */
function outputsOf(template: Template, account: LocalAccount): Readonly<Record<string, string>> {
  const told = Object.entries(template.Outputs ?? {}).filter(([name]) => !name.startsWith('Dns'));
  return Object.fromEntries(told.map(([name, { Value }]) => [name, account.localValue(Value)]));
}

const deploy = deployOf({ region: 'eu-west-2', alarms_to: 'ops@example.org' }, 'Watchword <alerts@example.org>');

interface FunctionProperties {
  readonly Handler: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
}

interface Mapping {
  readonly FunctionName: { readonly Ref: string };
  readonly EventSourceArn: { readonly 'Fn::GetAtt': readonly [string, 'Arn'] };
  readonly BatchSize: number;
}

interface ScheduleTarget {
  readonly Arn: { readonly 'Fn::GetAtt': readonly [string, 'Arn'] };
  readonly Input: string;
}

const failLoudly = {
  info: () => {},
  error(event: string, fault: unknown) {
    throw new Error(event, { cause: fault });
  },
};

/** Without CloudFormation's own checks, which take longer than all else and are made where the stack is tested. */
function synthesize(config: Deployable, outdir: string): { readonly template: Template; readonly assets: string } {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { readonly context: Record<string, unknown> };
  process.env.CDK_VALIDATION = 'false';
  const app = new App({ outdir, context });
  watchwordStack(app, config);
  app.synth();
  const file = `${stackName(config.deploy.stage)}.template.json`;
  return { template: JSON.parse(readFileSync(join(outdir, file), 'utf8')) as Template, assets: outdir };
}

function functionIn(template: Template, name: FunctionName): Found {
  const id = `${name[0]?.toUpperCase()}${name.slice(1)}Function`;
  const found = resourcesOf(template, 'AWS::Lambda::Function').find((each) => each.id.startsWith(id));
  if (found === undefined) throw new Error(`the template has no function ${name}`);
  return found;
}
