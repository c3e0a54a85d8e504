/** What a stack tells of itself, so that commands find by the name of a stage what CloudFormation gave names of its own. */
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { Functions } from './functions.ts';
import { outputNames } from './output-names.ts';
import type { Queues } from './queues.ts';
import type { Storage } from './storage.ts';

interface Told {
  readonly storage: Storage;
  readonly queues: Queues;
  readonly functions: Functions;
  readonly webBase: string;
  readonly region: string;
}

export function tellOutputs(stack: Stack, { storage, queues, functions, webBase, region }: Told): void {
  const { queue, deadLetters } = queues;
  const values: Readonly<Record<keyof typeof outputNames, string>> = {
    pages: webBase,
    region,
    news: storage.tables.news.tableName,
    people: storage.tables.people.tableName,
    keys: storage.keys.secretArn,
    dispatch: functions.dispatch.functionName,
    digest: functions.digest.functionName,
    pollQueue: queue.poll.queueUrl,
    deliverQueue: queue.deliver.queueUrl,
    noticesQueue: queue.notices.queueUrl,
    pollDeadLetters: deadLetters.poll.queueUrl,
    deliverDeadLetters: deadLetters.deliver.queueUrl,
    noticesDeadLetters: deadLetters.notices.queueUrl,
    ticksDeadLetters: deadLetters.ticks.queueUrl,
  };
  for (const [name, value] of Object.entries(values)) {
    new CfnOutput(stack, outputNames[name as keyof typeof outputNames], { value });
  }
}
