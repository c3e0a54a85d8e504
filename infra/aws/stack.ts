/** Everything of one stage, from the watch file and the topology. No resource has a name of ours: stages stand side by side. */
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { type Alarm, AlarmStatusWidget, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Deploy } from '../../shared/watch/config.ts';
import { alarmsOf } from './alarms.ts';
import type { Deployable } from './config-to-deploy.ts';
import { noteKey } from './deployed-note.ts';
import { type Functions, functionsOf } from './functions.ts';
import { type Mail, mailOf } from './mail.ts';
import { stackName } from './output-names.ts';
import { openPages, pagesOf } from './pages.ts';
import { type Queues, queuesOf } from './queues.ts';
import type { Resources } from './rights.ts';
import { type Storage, storageOf } from './storage.ts';
import { noteOf, packNote } from './what-changes.ts';

export function watchwordStack(scope: Construct, config: Deployable): Stack {
  const { deploy } = config;
  const stack = new Stack(scope, stackName(deploy.stage), {
    env: { region: deploy.region },
    description: 'Watchword: the news alert that is silent only when there is nothing to tell',
  });
  stack.templateOptions.metadata = { [noteKey]: packNote(noteOf(config)) };
  Tags.of(stack).add('watchword', deploy.stage);
  const queues = queuesOf(stack);
  const storage = storageOf(stack, config);
  const mail = mailOf(stack, deploy, queues.queue.notices);
  const pages = pagesOf(stack);
  const webBase = deploy.web ?? pages.apiEndpoint;
  const resources: Resources = {
    tables: { news: storage.tables.news.tableArn, people: storage.tables.people.tableArn },
    queues: {
      poll: queues.queue.poll.queueArn,
      deliver: queues.queue.deliver.queueArn,
      notices: queues.queue.notices.queueArn,
    },
    keys: storage.keys.secretArn,
    history: storage.history?.arnForObjects('*') ?? null,
    historyPattern: storage.history && `<${stack.getLogicalId(storage.history.node.defaultChild as CfnBucket)}.Arn>/*`,
    mail: [mail.identityArn, mail.configurationSetArn],
    from: addressIn(config.deliver.from),
  };
  const functions = functionsOf(stack, {
    config,
    reserve: deploy.concurrency === 'reserved',
    queues,
    resources,
    settings: {
      newsTable: storage.tables.news.tableName,
      peopleTable: storage.tables.people.tableName,
      pollQueue: queues.queue.poll.queueUrl,
      deliverQueue: queues.queue.deliver.queueUrl,
      webBase,
      keysSecret: storage.keys.secretArn,
      ...(storage.history !== null && { historyBucket: storage.history.bucketName }),
      configurationSet: mail.configurationSet.configurationSetName,
    },
  });
  openPages(stack, pages, functions.web);
  const alarms = alarmsOf(stack, { config, deploy, functions, queues, pages });
  if (deploy.dashboard) dashboardOf(stack, alarms);
  for (const [name, value] of Object.entries(namesOf(queues, storage, functions)))
    new CfnOutput(stack, name, { value });
  new CfnOutput(stack, 'PagesUrl', { value: webBase });
  tellRecords(stack, mail, deploy);
  return stack;
}

/** By what name AWS knows each part, for commands that speak to a stage: `NewsTableName`, `PollQueueUrl`, `PollFunctionName`. */
function namesOf(queues: Queues, storage: Storage, functions: Functions): Readonly<Record<string, string>> {
  const named = <T>(parts: Readonly<Record<string, T>>, suffix: string, name: (part: T) => string) =>
    Object.fromEntries(
      Object.entries(parts).map(([id, part]) => [`${id[0]?.toUpperCase()}${id.slice(1)}${suffix}`, name(part)]),
    );
  return {
    ...named(storage.tables, 'TableName', ({ tableName }) => tableName),
    ...named(queues.queue, 'QueueUrl', ({ queueUrl }) => queueUrl),
    ...named(queues.deadLetters, 'DeadLettersUrl', ({ queueUrl }) => queueUrl),
    ...named(functions, 'FunctionName', ({ functionName }) => functionName),
    KeysSecretArn: storage.keys.secretArn,
    ...(storage.history !== null && { HistoryBucketName: storage.history.bucketName }),
  };
}

/** `Name <address>` or an address. */
function addressIn(from: string): string {
  return /<([^<>]*)>$/.exec(from)?.[1] ?? from;
}

function dashboardOf(stack: Stack, alarms: readonly Alarm[]): void {
  new Dashboard(stack, 'Dashboard', {
    widgets: [[new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24 })]],
  });
}

/** What its owner has to write into the domain's DNS before SES believes in the sender. */
function tellRecords(stack: Stack, { identity }: Mail, deploy: Deploy): void {
  if (identity === null) return;
  for (const [index, { name, value }] of identity.dkimRecords.entries()) {
    new CfnOutput(stack, `DnsDkim${index + 1}`, { value: `${name} CNAME ${value}` });
  }
  new CfnOutput(stack, 'DnsMailFromMx', {
    value: `${deploy.mailFrom} MX 10 feedback-smtp.${deploy.region}.amazonses.com`,
  });
  new CfnOutput(stack, 'DnsMailFromSpf', { value: `${deploy.mailFrom} TXT "v=spf1 include:amazonses.com ~all"` });
}
