/** Rights as the topology says them → the actions that the code in `shared/aws` uses, each on one resource. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionPlan, QueueName, TableName } from '../topology.ts';

/** What `shared/aws/table.ts` asks of a table. */
export const tableActions = {
  read: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'],
  write: [
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:BatchGetItem',
    'dynamodb:PutItem',
    'dynamodb:DeleteItem',
    'dynamodb:BatchWriteItem',
  ],
} as const;

/** What Lambda itself does with the role of a function that a queue feeds. */
const feedingActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** ARNs of what rights are about. */
export interface Resources {
  readonly tables: Readonly<Record<TableName, string>>;
  readonly queues: Readonly<Record<QueueName, string>>;
  readonly keys: string;
  /** Of the objects in the bucket; null where no history is kept. */
  readonly history: string | null;
  /** The same as cdk-nag writes it. */
  readonly historyPattern: string | null;
  /** The sender's identity and the configuration set: SES asks for both. */
  readonly mail: readonly string[];
  /** The only address that may be written from. */
  readonly from: string;
}

export function statementsOf({ rights, trigger }: FunctionPlan, on: Resources): readonly PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  const allow = (actions: readonly string[], resources: readonly string[]) =>
    statements.push(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  if (rights.news !== undefined) allow(tableActions[rights.news], [on.tables.news]);
  if (rights.people !== undefined) allow(tableActions[rights.people], [on.tables.people]);
  for (const queue of rights.sendsTo ?? []) allow(['sqs:SendMessage'], [on.queues[queue]]);
  if (rights.history === 'append' && on.history !== null) allow(['s3:PutObject'], [on.history]);
  if (rights.keys) allow(['secretsmanager:GetSecretValue'], [on.keys]);
  if (rights.mails) {
    statements.push(
      new PolicyStatement({
        actions: ['ses:SendRawEmail'],
        resources: [...on.mail],
        conditions: { StringEquals: { 'ses:FromAddress': on.from } },
      }),
    );
  }
  if (trigger.kind === 'queue') allow(feedingActions, [on.queues[trigger.queue]]);
  return statements;
}
